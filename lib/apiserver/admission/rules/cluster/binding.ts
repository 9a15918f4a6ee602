import { dnsSubdomain } from '../../../../kube/names';
import type { KindRule } from '../kind-rule';

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidatePodBinding 1.37 */
export const binding: KindRule = {
  kind: '/Binding',
  about: 'The node.',
  beyond: 'Whether there is such a pod.',
  check(object) {
    const [kind, name] = [object.child('target').child('kind'), object.child('target').child('name')];
    if (kind.text !== '') kind.mustBeOneOf(['Node']);
    if (name.needs() && name.since('1.37')) name.must(dnsSubdomain);
  },
};
