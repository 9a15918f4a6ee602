import { forEachStep } from '../rule';
import { count, nameOf } from '../words';

export const namespaceDeleted = forEachStep({
  kind: 'data',
  about: 'A Namespace is deleted with everything in it.',
  effects: ['deleted'],
  objects: ['/Namespace'],
  look(step, { before }, report) {
    const { name } = step.change.id;
    const inside = before.set.filter(({ id: { namespace } }) => namespace === name).size;
    report(
      'error',
      `${nameOf(step)} is deleted with everything in it: ${count(inside, 'object')} of this set, and all others.`,
    );
  },
});
