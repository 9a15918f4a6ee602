import { recordIn } from '../../../apiserver/defaults/plain';
import type { Cluster } from '../../../graph/cluster';
import { forEachStep, type Step } from '../rule';
import { kindOf, nameOf, oldSpecOf } from '../words';
import { deletedAndCreated } from '../recreation';
import { customDataLost } from './custom-data';
import { reclaimPolicy, retentionOf } from './claims';

export const recreated = forEachStep({
  kind: 'data',
  about: 'An object is deleted and created again, and what goes with it is lost.',
  effects: ['updated', 'pods-replaced'],
  look(step, { before }, report) {
    if (step.change.recreated === undefined) return;
    if (kindOf(step) === '/PersistentVolumeClaim' && reclaimPolicy(oldSpecOf(step), before) === 'Retain')
      return report(
        'warning',
        `${nameOf(step)} is ${deletedAndCreated(step)}: its volume is kept, but the new claim gets another, empty one.`,
      );
    const lost = lostWith(step, before);
    if (lost !== undefined) report('error', `${nameOf(step)} is ${deletedAndCreated(step)}: ${lost}.`);
  },
});

function lostWith(step: Step, before: Cluster): string | undefined {
  const spec = oldSpecOf(step);
  switch (kindOf(step)) {
    case '/PersistentVolumeClaim': {
      const policy = reclaimPolicy(spec, before);
      const unless = policy === undefined ? ', unless its reclaim policy is Retain' : '';
      return `its volume goes with all data${unless}, and the new one is empty`;
    }
    case 'apiextensions.k8s.io/CustomResourceDefinition':
      return `every ${String(recordIn(spec, 'names')?.['kind'])} in the cluster goes with it`;
    case '/Namespace':
      return 'everything in it goes with it';
    case 'apps/StatefulSet':
      return retentionOf(spec)['whenDeleted'] === 'Delete'
        ? 'the claims of its pods go with it, since persistentVolumeClaimRetentionPolicy.whenDeleted is Delete'
        : undefined;
    default:
      return customDataLost(kindOf(step), step.change.before?.object ?? {})?.replace(/^, and /, '');
  }
}
