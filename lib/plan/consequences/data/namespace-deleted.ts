import { forEachStep } from '../rule';
import { count, kindOf, nameOf } from '../words';

export const namespaceDeleted = forEachStep({
  kind: 'data',
  about: 'A Namespace is deleted with everything in it.',
  look(step, { before }, report) {
    const { effect, id } = step.change;
    if (effect !== 'deleted' || kindOf(step) !== '/Namespace') return;
    const inside = before.set.filter(({ id: { namespace } }) => namespace === id.name).size;
    report(
      'error',
      `${nameOf(step)} is deleted with everything in it: ${count(inside, 'object')} of this set, and all that are not in it.`,
    );
  },
});
