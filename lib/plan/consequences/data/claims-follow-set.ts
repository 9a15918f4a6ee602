import { forEachStep } from '../rule';
import { kindOf, nameOf, oldSpecOf, specOf } from '../words';
import { claimsPerPod, retentionOf } from './claims';

export const claimsFollowSet = forEachStep({
  kind: 'data',
  about: 'A StatefulSet begins to delete its claims when it is deleted.',
  look(step, _, report) {
    const isChanged = step.change.effect !== 'rejected' && step.was !== undefined && step.now !== undefined;
    if (!isChanged || kindOf(step) !== 'apps/StatefulSet' || claimsPerPod(specOf(step)) === 0) return;
    const [old, now] = [oldSpecOf(step), specOf(step)].map((spec) => retentionOf(spec)['whenDeleted']);
    if (now === 'Delete' && old !== 'Delete')
      report('warning', `From now on, ${nameOf(step)} deletes its claims when it is deleted.`);
  },
});
