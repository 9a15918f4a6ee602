import type { KindRule } from '../kind-rule';

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
