import { forEachStep } from '../rule';
import { kindOf, nameOf } from '../words';

export const volumeDeleted = forEachStep({
  kind: 'data',
  about: 'A PersistentVolume is deleted, and the storage behind it stays.',
  look(step, _, report) {
    if (step.change.effect !== 'deleted' || kindOf(step) !== '/PersistentVolume') return;
    report(
      'warning',
      `${nameOf(step)} is deleted. The storage behind it stays, but nothing in the cluster refers to it.`,
    );
  },
});
