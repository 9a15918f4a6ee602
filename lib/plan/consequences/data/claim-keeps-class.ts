import { forEachStep } from '../rule';
import { kindOf, nameOf, oldSpecOf, specOf } from '../words';
import { classOf } from './claims';

export const claimKeepsClass = forEachStep({
  kind: 'data',
  about: 'A PersistentVolumeClaim names another storage class, which its data does not move to.',
  look(step, _, report) {
    const isRefused = step.change.effect === 'rejected' && step.was !== undefined && step.now !== undefined;
    if (!isRefused || kindOf(step) !== '/PersistentVolumeClaim') return;
    const [old, now] = [classOf(oldSpecOf(step)), classOf(specOf(step))];
    if (old === now) return;
    report(
      'warning',
      `The data of ${nameOf(step)} stays on ${old}: a claim cannot change its storage class. To move it to ${now}, create a claim of that class, copy the data, and mount the new claim in the pods.`,
    );
  },
});
