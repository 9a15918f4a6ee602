import type { Cluster } from '../../../graph/cluster';
import { forEachStep } from '../rule';
import { count, nameOf } from '../words';

export const namespaceDeleted = forEachStep({
  kind: 'data',
  about: 'A Namespace is deleted with everything in it.',
  effects: ['deleted'],
  objects: ['/Namespace'],
  look(step, { before }, report) {
    const { name } = step.change.id;
    const inside = before.derived(sizes).get(name) ?? 0;
    report(
      'error',
      `${nameOf(step)} is deleted with everything in it: ${count(inside, 'object')} of this set, and all others.`,
    );
  },
});

/** How many objects each namespace has. */
function sizes({ set }: Cluster): ReadonlyMap<string | undefined, number> {
  const found = new Map<string | undefined, number>();
  for (const { id } of set) found.set(id.namespace, (found.get(id.namespace) ?? 0) + 1);
  return found;
}
