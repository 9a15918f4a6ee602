import { forEachStep } from '../rule';
import { nameOf, oldSpecOf, specOf } from '../words';
import { classOf } from './claims';

export const claimKeepsClass = forEachStep({
  kind: 'data',
  about: 'A PersistentVolumeClaim names another storage class, but its data does not move.',
  effects: ['rejected'],
  objects: ['/PersistentVolumeClaim'],
  look(step, _, report) {
    // Without a former state, the server could not have held it, or it is created.
    if (step.was === undefined) return;
    const [old, now] = [classOf(oldSpecOf(step)), classOf(specOf(step))];
    if (old === now) return;
    report(
      'warning',
      `The data of ${nameOf(step)} stays on ${old}: a claim cannot change its storage class. To move it to ${now}, create a claim of that class, copy the data, and mount the new claim in the pods.`,
    );
  },
});
