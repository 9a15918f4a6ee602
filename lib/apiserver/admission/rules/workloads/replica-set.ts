import type { KindRule } from '../kind-rule';
import { selectorAndTemplate } from './controller';

/** @source k8s.io/kubernetes pkg/apis/apps/validation/validation.go ValidateReplicaSet, ValidateReplicaSetSpec 1.36 */
export const replicaSet: KindRule = {
  kind: 'apps/ReplicaSet',
  about: 'Selector and template.',
  check(object) {
    const spec = object.child('spec');
    for (const name of ['replicas', 'minReadySeconds']) spec.child(name).mustBeAtLeast(0);
    selectorAndTemplate(spec);
  },
};
