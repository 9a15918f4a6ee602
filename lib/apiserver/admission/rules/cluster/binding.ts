import type { KindRule } from '../kind-rule';

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidatePodBinding 1.36 */
export const binding: KindRule = {
  kind: '/Binding',
  about: 'The node.',
  beyond: 'Whether there is such a pod.',
  check(object) {
    const [kind, name] = [object.child('target').child('kind'), object.child('target').child('name')];
    if (kind.text !== '') kind.mustBeOneOf(['Node']);
    name.needs();
  },
};
