import { dns1035Label, dnsSubdomain } from '../../../../kube/names';
import type { CheckedField } from '../../checked-field';
import { show } from '../../error-body';
import { reviewVersions, webhookClient } from '../hooks/webhook-client';
import type { KindRule } from '../kind-rule';
import { definitionSchema } from './definition-schema';
import { selectableFields } from './selectable-fields';
import { jsonText } from '../../../../manifest/json-text';

const COLUMN_TYPES = ['boolean', 'date', 'integer', 'number', 'string'];
const COLUMN_FORMATS = ['int32', 'int64', 'float', 'double', 'byte', 'date', 'date-time', 'password'];
const APPROVED = 'api-approved.kubernetes.io';

/** @source k8s.io/apiextensions-apiserver pkg/apis/apiextensions/validation/validation.go ValidateCustomResourceDefinition 1.36 */
export const customResourceDefinition: KindRule = {
  kind: 'apiextensions.k8s.io/CustomResourceDefinition',
  about: 'Names, versions, columns, subresources, conversion, and structural schemas.',
  check(object) {
    const [name, spec] = [object.child('metadata').child('name'), object.child('spec')];
    const [group, names] = [spec.child('group'), spec.child('names')];
    const expected = `${names.child('plural').text}.${group.text}`;
    if (name.text !== expected) name.invalid(`must be spec.names.plural+"."+spec.group: ${show(expected)}`);
    groupName(group, object.child('metadata').child('annotations').key(APPROVED));
    const scope = spec.child('scope');
    if (scope.needs()) scope.mustBeOneOf(['Cluster', 'Namespaced']);
    if (spec.child('preserveUnknownFields').isTrue)
      spec.child('preserveUnknownFields').invalid('must be false');
    resourceNames(names);
    versions(spec, object.child('status').child('storedVersions'));
    conversion(spec.child('conversion'));
  },
};

/**
 * Groups in the domains of Kubernetes need approval (KEP-1111).
 *
 * @source k8s.io/apiextensions-apiserver pkg/apis/apiextensions/validation/validation.go validateAPIApproval 1.36
 * @source k8s.io/apiextensions-apiserver pkg/apihelpers/helpers.go GetAPIApprovalState 1.36
 */
function groupName(group: CheckedField, approval: CheckedField): void {
  if (!group.needs()) return;
  if (group.must(dnsSubdomain) && !group.text.includes('.'))
    group.invalid('must be a domain with at least one dot');
  if (!/(^|\.)(k8s|kubernetes)\.io$/.test(group.text)) return;
  if (!approval.isSet || approval.text === '')
    approval.required('must be set for groups in a domain of Kubernetes');
  else if (!/^unapproved/.test(approval.text) && !/^[a-z][a-z0-9+.-]*:\/\/[^/]/i.test(approval.text)) {
    approval.invalid('must be the URL of the approval, or begin with "unapproved"');
  }
}

/**
 * The server defaults the singular and the list kind.
 *
 * @source k8s.io/apiextensions-apiserver pkg/apis/apiextensions/validation/validation.go ValidateCustomResourceDefinitionNames 1.36
 */
function resourceNames(names: CheckedField): void {
  const [plural, singular, kind, listKind] = ['plural', 'singular', 'kind', 'listKind'].map((name) =>
    names.child(name),
  ) as [CheckedField, CheckedField, CheckedField, CheckedField];
  const asSingular = singular.text === '' ? singular.holding(kind.text.toLowerCase()) : singular;
  const asList = listKind.text === '' && kind.text !== '' ? listKind.holding(`${kind.text}List`) : listKind;
  for (const field of [plural, asSingular, kind, asList]) {
    if (!field.needs()) continue;
    const isKind = field.name === 'kind' || field.name === 'listKind';
    field.must((text) => dns1035Label(isKind ? text.toLowerCase() : text));
  }
  if (kind.text !== '' && kind.text === asList.text) asList.invalid('must not be the kind itself');
  for (const list of ['shortNames', 'categories']) {
    for (const item of names.child(list).items) item.must(dns1035Label);
  }
}

/** @source k8s.io/apiextensions-apiserver pkg/apis/apiextensions/validation/validation.go validateCustomResourceDefinitionSpec, validateCustomResourceDefinitionVersion 1.36 */
function versions(spec: CheckedField, stored: CheckedField): void {
  const list = spec.child('versions');
  const items = list.items;
  const [seen, first] = [new Set<string>(), items[0]];
  for (const version of items) {
    const name = version.child('name');
    name.must(dns1035Label);
    seen.add(name.text);
    // The server stores the name of the first version twice.
    if (version === first && name.text !== '') spec.child('version').holding(name.value).must(dns1035Label);
    deprecationWarning(version);
    if (!version.child('schema').child('openAPIV3Schema').isSet)
      version.child('schema').child('openAPIV3Schema').required();
  }
  if (seen.size < items.length) list.invalid('must have different names');
  const storage = items.filter((version) => version.child('storage').isTrue);
  if (storage.length !== 1) list.invalid('must have one version with storage: true');
  if (storage.length === 0) stored.invalid('must have the version that is stored');
  const hasStatus = items.some((version) => version.child('subresources').child('status').isSet);
  for (const { part, at, owner } of partsOf(spec, 'schema', 'validation')) {
    const withStatus = owner === undefined ? hasStatus : owner.child('subresources').child('status').isSet;
    definitionSchema(at.child('openAPIV3Schema').holding(part.child('openAPIV3Schema').value), withStatus);
  }
  for (const { at, owner = first } of partsOf(spec, 'selectableFields'))
    if (owner !== undefined) selectableFields(at, owner.child('schema').child('openAPIV3Schema'));
  for (const { at } of partsOf(spec, 'additionalPrinterColumns')) for (const item of at.items) column(item);
  for (const { at } of partsOf(spec, 'subresources')) scale(at);
}

/**
 * A part of each version, and the path of its errors: the server stores parts that are equal in all versions once, in
 * fields that are not in the v1 API.
 */
function partsOf(
  spec: CheckedField,
  name: string,
  shared = name,
): { part: CheckedField; at: CheckedField; owner?: CheckedField }[] {
  const all = spec.child('versions').items.map((owner) => ({ part: owner.child(name), owner }));
  const [first] = all;
  if (first === undefined) return [];
  const same = jsonText(first.part.value);
  if (!all.every(({ part }) => jsonText(part.value) === same)) {
    return all.map(({ part, owner }) => ({ part, at: part, owner }));
  }
  return [{ part: first.part, at: spec.child(shared).holding(first.part.value) }];
}

const LONGEST_WARNING = 256;
/** The characters that are printable in Go. */
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]*$/u;

/** @source k8s.io/apiextensions-apiserver pkg/apis/apiextensions/validation/validation.go validateDeprecationWarning 1.36 */
function deprecationWarning(version: CheckedField): void {
  const warning = version.child('deprecationWarning');
  if (!warning.isSet) return;
  if (!version.child('deprecated').isTrue)
    return warning.invalid('must not be set unless deprecated is true');
  if (Buffer.byteLength(warning.text) > LONGEST_WARNING)
    warning.invalid(`must be at most ${LONGEST_WARNING} bytes long`);
  if (warning.text === '') warning.invalid('must not be empty');
  if (!PRINTABLE.test(warning.text)) warning.invalid('must be printable characters');
}

/** @source k8s.io/apiextensions-apiserver pkg/apis/apiextensions/validation/validation.go ValidateCustomResourceColumnDefinition 1.36 */
function column(field: CheckedField): void {
  const [name, type, format] = [field.child('name'), field.child('type'), field.child('format')];
  // The server uses the Go name of the field.
  const path = field.child('JSONPath').holding(field.child('jsonPath').value);
  name.needs();
  if (type.needs() && !COLUMN_TYPES.includes(type.text))
    type.invalid(`must be one of ${COLUMN_TYPES.join(', ')}`);
  if (format.text !== '' && !COLUMN_FORMATS.includes(format.text)) {
    format.invalid(`must be one of ${COLUMN_FORMATS.join(', ')}`);
  }
  if (path.needs()) jsonPath(path);
}

/** @source k8s.io/apiextensions-apiserver pkg/apis/apiextensions/validation/validation.go validateSimpleJSONPath 1.36 */
function jsonPath(field: CheckedField): boolean {
  if (field.text.startsWith('.')) return true;
  field.invalid('must begin with a dot');
  return false;
}

/** @source k8s.io/apiextensions-apiserver pkg/apis/apiextensions/validation/validation.go ValidateCustomResourceDefinitionSubresources 1.36 */
function scale(subresources: CheckedField): void {
  const scale = subresources.child('scale');
  if (!scale.isSet) return;
  for (const [name, roots] of [
    ['specReplicasPath', ['.spec.']],
    ['statusReplicasPath', ['.status.']],
    ['labelSelectorPath', ['.spec.', '.status.']],
  ] as const) {
    const path = scale.child(name);
    if (name === 'labelSelectorPath' ? path.text === '' : !path.needs()) continue;
    if (jsonPath(path) && !roots.some((root) => path.text.startsWith(root))) {
      path.invalid(`must be a path below ${roots.join(' or ')}`);
    }
  }
}

/** @source k8s.io/apiextensions-apiserver pkg/apis/apiextensions/validation/validation.go validateCustomResourceConversion 1.36 */
function conversion(field: CheckedField): void {
  if (!field.isSet) return;
  const [strategy, webhook] = [field.child('strategy'), field.child('webhook')];
  if (strategy.needs()) strategy.mustBeOneOf(['None', 'Webhook']);
  const client = webhook.child('clientConfig');
  const versions = webhook.child('conversionReviewVersions');
  // In the server's paths, the two fields of `webhook` are one level up.
  const [at, list] = [
    field.child('webhookClientConfig').holding(client.value),
    field.child('conversionReviewVersions').holding(versions.value),
  ];
  if (strategy.text === 'Webhook') {
    if (at.isSet) webhookClient(at);
    else at.required('must be set when the strategy is Webhook');
    reviewVersions(list);
    return;
  }
  if (at.isSet) at.forbidden('must not be set unless the strategy is Webhook');
  if (list.size > 0) list.forbidden('must not be set unless the strategy is Webhook');
}
