import type { KindRule } from '../kind-rule';

export const binding: KindRule = {
  kind: '/Binding',
  about: 'The node; whether there is such a pod is not known.',
  check(object) {
    const [kind, name] = [object.child('target').child('kind'), object.child('target').child('name')];
    if (kind.text !== '') kind.mustBeOneOf(['Node']);
    name.needs();
  },
};
