import { ttlOf } from '../../recreated';
import { forEachStep } from '../rule';
import { nameOf } from '../words';

export const runsAgain = forEachStep({
  kind: 'rollout',
  about: 'A Job changes in place that its TTL may have deleted: it is created again, and runs again.',
  effects: ['updated'],
  objects: ['batch/Job'],
  isInPlace: true,
  look(step, _, report) {
    const ttl = step.change.before && ttlOf(step.change.before.object);
    if (ttl === undefined) return;
    report(
      'info',
      `If ${nameOf(step)} is finished and deleted by then (${ttl.setting}), it is created again, and runs again.`,
    );
  },
});
