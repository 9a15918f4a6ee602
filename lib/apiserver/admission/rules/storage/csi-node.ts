import { qualifiedName } from '../../../../kube/names';
import type { CheckedField } from '../../checked-field';
import type { KindRule } from '../kind-rule';
import { csiDriverName } from '../volume-sources';

const LONGEST_ID = 256;

/** @source k8s.io/kubernetes pkg/apis/storage/validation/validation.go ValidateCSINode, validateCSINodeDriver 1.36 */
export const csiNode: KindRule = {
  kind: 'storage.k8s.io/CSINode',
  about: 'Drivers of a node, and the topology that they know.',
  check(object) {
    const seen = new Set<string>();
    for (const driver of object.child('spec').child('drivers').items) {
      const [name, id, count] = [
        driver.child('name'),
        driver.child('nodeID'),
        driver.child('allocatable').child('count'),
      ];
      csiDriverName(name);
      if (id.needs() && Buffer.byteLength(id.text) > LONGEST_ID) {
        id.invalid(`must be at most ${LONGEST_ID} characters`);
      }
      if (count.isSet) count.mustBeAtLeast(0);
      if (seen.has(name.text)) name.duplicate();
      seen.add(name.text);
      topologyKeys(driver);
    }
  },
};

/**
 * The server reports the driver, not the invalid key.
 *
 * @source k8s.io/kubernetes pkg/apis/storage/validation/validation.go validateCSINodeDriver 1.36
 */
function topologyKeys(driver: CheckedField): void {
  const seen = new Set<string>();
  for (const key of driver.child('topologyKeys').texts) {
    if (seen.has(key)) driver.holding(key).duplicate();
    seen.add(key);
    const problem = qualifiedName(key);
    if (problem !== undefined) driver.holding(key).invalid(problem);
  }
}
