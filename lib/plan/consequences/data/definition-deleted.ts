import { recordIn } from '../../../apiserver/defaults/plain';
import { objectsOf } from '../../../graph/objects';
import { forEachStep } from '../rule';
import { count, kindOf, nameOf } from '../words';

export const definitionDeleted = forEachStep({
  kind: 'data',
  about: 'A CustomResourceDefinition is deleted with every object of its kind.',
  look(step, { before }, report) {
    const { effect, before: manifest } = step.change;
    const isDefinition = kindOf(step) === 'apiextensions.k8s.io/CustomResourceDefinition';
    if (effect !== 'deleted' || !isDefinition || manifest === undefined) return;
    const spec = recordIn(manifest.object, 'spec') ?? {};
    const kind = String(recordIn(spec, 'names')?.['kind']);
    const own = objectsOf(before, `${String(spec['group'])}/${kind}`).length;
    report(
      'error',
      `${nameOf(step)} is deleted with every ${kind} in the cluster: ${count(own, 'object')} of this set, and all that are not in it.`,
    );
  },
});
