import { CHANGED, forEachStep } from '../rule';
import { nameOf, oldSpecOf, specOf } from '../words';

export const volumeReclaimed = forEachStep({
  kind: 'data',
  about: 'A PersistentVolume is set to be deleted with its claim.',
  effects: CHANGED,
  objects: ['/PersistentVolume'],
  look(step, _, report) {
    const [old, now] = [oldSpecOf(step), specOf(step)].map((spec) => spec['persistentVolumeReclaimPolicy']);
    if (now === 'Delete' && old !== 'Delete')
      report('warning', `${nameOf(step)} and its data will be deleted when its claim is deleted.`);
  },
});
