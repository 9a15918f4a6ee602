import { dnsSubdomain, pathSegment } from '../../../../kube/names';
import type { KindRule } from '../kind-rule';

/** @source k8s.io/kubernetes pkg/apis/networking/validation/validation.go ValidateIPAddress, validateIPAddressParentReference 1.36 */
export const ipAddress: KindRule = {
  kind: 'networking.k8s.io/IPAddress',
  about: 'The object that the address is for.',
  check(object) {
    const parent = object.child('spec').child('parentRef');
    if (!parent.isSet) return parent.required();
    const [group, namespace] = [parent.child('group'), parent.child('namespace')];
    if (group.text !== '') group.must(dnsSubdomain);
    for (const name of ['resource', 'name'])
      if (parent.child(name).needs()) parent.child(name).must(pathSegment);
    if (namespace.text !== '') namespace.must(pathSegment);
  },
};
