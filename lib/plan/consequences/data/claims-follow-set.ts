import { CHANGED, forEachStep } from '../rule';
import { nameOf, oldSpecOf, specOf } from '../words';
import { claimsPerPod, retentionOf } from './claims';

export const claimsFollowSet = forEachStep({
  kind: 'data',
  about: 'A StatefulSet is set to delete its claims when it is deleted.',
  effects: CHANGED,
  objects: ['apps/StatefulSet'],
  look(step, _, report) {
    if (claimsPerPod(specOf(step)) === 0) return;
    const [old, now] = [oldSpecOf(step), specOf(step)].map((spec) => retentionOf(spec)['whenDeleted']);
    if (now === 'Delete' && old !== 'Delete')
      report('warning', `${nameOf(step)} will delete its claims when it is deleted.`);
  },
});
