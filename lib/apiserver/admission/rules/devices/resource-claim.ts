import type { CheckedField } from '../../checked-field';
import type { KindRule } from '../kind-rule';
import { templateMeta } from '../meta';
import { deviceConfiguration } from './configuration';
import { fullAttributeName, isWithin, requestName, unique } from './names';
import { deviceRequest } from './requests';

const MOST = 32;
const NOT_ASKED =
  'What CEL selectors may cost or bind, and whether adminAccess is for a namespace that allows it.';

/** @source k8s.io/kubernetes pkg/apis/resource/validation/validation.go ValidateResourceClaim, validateResourceClaimSpec 1.36 */
export const resourceClaim: KindRule = {
  kind: 'resource.k8s.io/ResourceClaim',
  about: 'Requests for devices, constraints between them, configuration.',
  beyond: NOT_ASKED,
  check: (object) => deviceClaim(object.child('spec').child('devices')),
};

/** @source k8s.io/kubernetes pkg/apis/resource/validation/validation.go ValidateResourceClaimTemplate, validateResourceClaimTemplateSpec 1.36 */
export const resourceClaimTemplate: KindRule = {
  kind: 'resource.k8s.io/ResourceClaimTemplate',
  about: 'Metadata and spec of the claims that are made from it.',
  beyond: NOT_ASKED,
  check(object) {
    const spec = object.child('spec');
    templateMeta(spec.child('metadata'));
    deviceClaim(spec.child('spec').child('devices'));
  },
};

/** Names of requests, each with the names of its alternatives. */
type Requests = ReadonlyMap<string, ReadonlySet<string>>;

/** @source k8s.io/kubernetes pkg/apis/resource/validation/validation.go validateDeviceClaim 1.36 */
function deviceClaim(field: CheckedField): void {
  const [requests, constraints, config] = [
    field.child('requests'),
    field.child('constraints'),
    field.child('config'),
  ];
  const known: Requests = new Map(
    requests.items.map((request) => [request.child('name').text, alternatives(request)]),
  );
  if (isWithin(requests, MOST)) {
    for (const request of requests.items) deviceRequest(request);
    unique(requests, (request) => request.child('name').text);
  }
  if (isWithin(constraints, MOST)) for (const each of constraints.items) constraint(each, known);
  if (!isWithin(config, MOST)) return;
  for (const each of config.items) {
    references(each.child('requests'), known);
    deviceConfiguration(each);
  }
}

function alternatives(request: CheckedField): ReadonlySet<string> {
  return new Set(request.child('firstAvailable').items.map((each) => each.child('name').text));
}

/** @source k8s.io/kubernetes pkg/apis/resource/validation/validation.go validateDeviceConstraint 1.36 */
function constraint(field: CheckedField, known: Requests): void {
  references(field.child('requests'), known);
  const [match, distinct] = [field.child('matchAttribute'), field.child('distinctAttribute')];
  if (match.isSet) fullAttributeName(match);
  else if (distinct.isSet) fullAttributeName(distinct);
  else if (field.isOn('DRAConsumableCapacity'))
    field.required('must have matchAttribute or distinctAttribute');
  else match.required();
}

/**
 * Names of requests, or of one of their alternatives: `gpu`, `gpu/large`.
 *
 * @source k8s.io/kubernetes pkg/apis/resource/validation/validation.go validateRequestNameRef 1.36
 */
function references(list: CheckedField, known: Requests): void {
  if (!isWithin(list, MOST)) return;
  for (const reference of list.items) {
    const [request = '', alternative, ...more] = reference.text.split('/');
    const found = known.get(request);
    const isKnown = found !== undefined && (alternative === undefined || found.has(alternative));
    if (more.length === 0) {
      for (const part of [request, alternative]) if (part !== undefined) requestName(reference.holding(part));
    }
    if (!isKnown || more.length > 0)
      reference.invalid('must be the name of a request, or of a request and an alternative');
  }
  unique(list, (reference) => reference.text);
}
