import type { KindRule } from '../kind-rule';
import { persistentVolumeSpec } from './persistent-volume-spec';

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidatePersistentVolume 1.36 */
export const persistentVolume: KindRule = {
  kind: '/PersistentVolume',
  about: 'Capacity, access modes, node affinity, and its one source.',
  check: (object) => persistentVolumeSpec(object.child('spec'), object.child('metadata').child('name').text),
};
