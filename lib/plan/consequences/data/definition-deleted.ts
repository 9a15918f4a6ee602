import { recordIn } from '../../../apiserver/defaults/plain';
import { objectsOf } from '../../../graph/objects';
import { forEachStep } from '../rule';
import { count, nameOf } from '../words';

export const definitionDeleted = forEachStep({
  kind: 'data',
  about: 'A CustomResourceDefinition is deleted with every object of its kind.',
  effects: ['deleted'],
  objects: ['apiextensions.k8s.io/CustomResourceDefinition'],
  look(step, { before }, report) {
    const spec = recordIn(step.change.before?.object ?? {}, 'spec') ?? {};
    const kind = String(recordIn(spec, 'names')?.['kind']);
    const own = objectsOf(before, `${String(spec['group'])}/${kind}`).length;
    report(
      'error',
      `${nameOf(step)} is deleted with every ${kind} in the cluster: ${count(own, 'object')} of this set, and all others.`,
    );
  },
});
