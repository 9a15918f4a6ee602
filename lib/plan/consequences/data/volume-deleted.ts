import { forEachStep } from '../rule';
import { nameOf } from '../words';

export const volumeDeleted = forEachStep({
  kind: 'data',
  about: 'A PersistentVolume is deleted, and the storage behind it is kept.',
  effects: ['deleted'],
  objects: ['/PersistentVolume'],
  look(step, _, report) {
    report(
      'warning',
      `${nameOf(step)} is deleted. The storage behind it is kept, but nothing in the cluster refers to it.`,
    );
  },
});
