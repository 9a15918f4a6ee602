import { dns1035Label, dnsSubdomain } from '../../../../kube/names';
import type { KindRule } from '../kind-rule';

/** @source k8s.io/kubernetes pkg/apis/storagemigration/validation/validation.go ValidateStorageVersionMigration 1.37 */
export const storageVersionMigration: KindRule = {
  kind: 'storagemigration.k8s.io/StorageVersionMigration',
  about: 'The resource to migrate.',
  beyond: 'Whether there is such a resource.',
  check(object) {
    const asked = object.child('spec').child('resource');
    const [resource, group] = [asked.child('resource'), asked.child('group')];
    if (resource.needs('resource is required to be set')) resource.must(dns1035Label);
    if (group.text !== '') group.must(dnsSubdomain);
  },
};
