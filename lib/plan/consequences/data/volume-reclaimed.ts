import { forEachStep } from '../rule';
import { kindOf, nameOf, oldSpecOf, specOf } from '../words';

export const volumeReclaimed = forEachStep({
  kind: 'data',
  about: 'A PersistentVolume begins to be deleted with its claim.',
  look(step, _, report) {
    const isChanged = step.change.effect !== 'rejected' && step.was !== undefined && step.now !== undefined;
    if (!isChanged || kindOf(step) !== '/PersistentVolume') return;
    const [old, now] = [oldSpecOf(step), specOf(step)].map((spec) => spec['persistentVolumeReclaimPolicy']);
    if (now === 'Delete' && old !== 'Delete')
      report('warning', `From now on, ${nameOf(step)} and its data are deleted when its claim is deleted.`);
  },
});
