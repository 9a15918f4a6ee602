import { dnsSubdomain } from '../../../../kube/names';
import type { KindRule } from '../kind-rule';
import { quantityOf } from '../quantities';
import { labelSelector } from '../selectors';

/** @source k8s.io/kubernetes pkg/apis/storage/validation/validation.go ValidateCSIStorageCapacity 1.36 */
export const csiStorageCapacity: KindRule = {
  kind: 'storage.k8s.io/CSIStorageCapacity',
  about: 'Topology, class and capacity.',
  check(object) {
    labelSelector(object.child('nodeTopology'));
    object.child('storageClassName').must(dnsSubdomain);
    const capacity = object.child('capacity');
    if (quantityOf(capacity).nanos < 0n) capacity.invalid('must be greater than or equal to 0');
  },
};
