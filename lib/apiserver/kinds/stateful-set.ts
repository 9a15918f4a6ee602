import { equal } from '../update/equal';
import type { KindUpdate } from './kind-update';
import { atLeast } from '../../kube/at-least';

const CHANGEABLE = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
];

/** @source k8s.io/kubernetes pkg/apis/apps/validation/validation.go ValidateStatefulSetUpdate 1.37 */
export const statefulSetUpdate: KindUpdate = {
  kind: 'apps/StatefulSet',
  about:
    'Of the spec, only replicas, ordinals, template, updateStrategy, revisionHistoryLimit (since 1.33), persistentVolumeClaimRetentionPolicy and minReadySeconds may change.',
  onlyCreated: /^spec\.(volumeClaimTemplates\b|serviceName$)/,
  check(now, was) {
    const spec = now.child('spec');
    const changeable = atLeast(now.kubernetes, '1.33') ? [...CHANGEABLE, 'revisionHistoryLimit'] : CHANGEABLE;
    const changed = fieldNames(spec.value, was.child('spec').value).filter(
      (name) =>
        !changeable.includes(name) && !equal(spec.child(name).value, was.child('spec').child(name).value),
    );
    if (changed.length === 0) return;
    const hint =
      'Keep the field as it is, give the StatefulSet a new name, or delete it with --cascade=orphan, which leaves its pods and claims, and apply it again.';
    if (!atLeast(now.kubernetes, '1.37'))
      return spec.forbidden(`updates to ${changed.join(' and ')} are forbidden`, hint);
    for (const name of changed) spec.child(name).invalid('field is immutable', hint);
  },
};

function fieldNames(...values: unknown[]): string[] {
  const names = values.flatMap((value) => Object.keys(value ?? {}));
  return [...new Set(names)].sort();
}
