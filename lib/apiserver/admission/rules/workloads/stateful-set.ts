import { dnsLabel } from '../../../../kube/names';
import type { CheckedField } from '../../checked-field';
import { claimSpec } from '../claims';
import type { KindRule } from '../kind-rule';
import { podTemplate, podTemplateMeta } from '../pod/pod-spec';
import { alwaysRunning, isReadable, mustSelect, requiredSelector } from './controller';
import { statefulSetRollout } from './rollout';

const RETENTION = ['Retain', 'Delete'];

/** In older releases, the server accepted the StatefulSet, and its pods and claims were rejected. */
const PODS_VALIDATED = '1.34';

/** @source k8s.io/kubernetes pkg/apis/apps/validation/validation.go ValidateStatefulSet, ValidateStatefulSetSpec, validateVolumeClaimTemplates 1.36 */
export const statefulSet: KindRule = {
  kind: 'apps/StatefulSet',
  about: 'Selector and template, claims of its pods, ordinals, update strategy.',
  check(object) {
    const spec = object.child('spec');
    const management = spec.child('podManagementPolicy');
    if (!['OrderedReady', 'Parallel'].includes(management.text))
      management.invalid('must be OrderedReady or Parallel');
    updateStrategy(spec.child('updateStrategy'));
    const retention = spec.child('persistentVolumeClaimRetentionPolicy');
    if (retention.isSet) {
      for (const name of ['whenDeleted', 'whenScaled']) retention.child(name).mustBeOneOf(RETENTION);
    }
    if (spec.since(PODS_VALIDATED)) {
      for (const template of spec.child('volumeClaimTemplates').items) claimSpec(template.child('spec'));
    }

    for (const name of ['replicas', 'minReadySeconds']) spec.child(name).mustBeAtLeast(0);
    spec.child('ordinals').child('start').mustBeAtLeast(0);
    const serviceName = spec.child('serviceName');
    if (serviceName.text !== '' && serviceName.since('1.33')) serviceName.must(dnsLabel);

    const selector = spec.child('selector');
    requiredSelector(selector);
    const template = spec.child('template');
    if (isReadable(selector)) {
      mustSelect(selector, template);
      if (spec.since(PODS_VALIDATED)) podTemplate(asPodsHaveIt(template, spec.child('volumeClaimTemplates')));
      else podTemplateMeta(template);
    } else selector.invalid('invalid label selector');
    alwaysRunning(template);
  },
};

/** @source k8s.io/kubernetes pkg/apis/apps/validation/validation.go ValidateStatefulSetSpec 1.36 */
function updateStrategy(strategy: CheckedField): void {
  const [type, rollout] = [strategy.child('type').text, strategy.child('rollingUpdate')];
  if (type === 'RollingUpdate') statefulSetRollout(rollout);
  else if (type !== 'OnDelete') strategy.invalid('type must be RollingUpdate or OnDelete');
  else if (rollout.isSet) rollout.invalid('must not be set when the type is OnDelete');
}

/**
 * The template as the controller creates pods from it: with their host names, and with the claims as volumes.
 *
 * @source k8s.io/kubernetes pkg/apis/apps/validation/validation.go ValidatePodTemplateSpecForStatefulSet 1.36
 * @source k8s.io/kubernetes pkg/controller/statefulset/stateful_set_utils.go updateStorage 1.36
 */
function asPodsHaveIt(template: CheckedField, claims: CheckedField): CheckedField {
  const spec = template.child('spec');
  const names = new Set(claims.items.map((claim) => claim.child('metadata').child('name').text));
  const own = spec.child('volumes').items.filter((volume) => !names.has(volume.child('name').text));
  const ofClaims = [...names].map((name) => ({ name, persistentVolumeClaim: { claimName: name } }));
  const {
    hostname: _hostname,
    subdomain: _subdomain,
    ...rest
  } = spec.value as Readonly<Record<string, unknown>>;
  const volumes = [...ofClaims, ...own.map((volume) => volume.value)];
  return template.holding({ ...(template.value as object), spec: { ...rest, volumes } });
}
