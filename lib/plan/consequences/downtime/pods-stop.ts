import { forEachStep } from '../rule';
import { deploymentRollout } from '../rollout/rolling-update';
import { count, nameOf } from '../words';

export const podsStop = forEachStep({
  kind: 'downtime',
  about: 'A Deployment stops all its pods before a new one is ready.',
  effects: ['pods-replaced'],
  isInPlace: true,
  objects: ['apps/Deployment'],
  look(step, { after }, report) {
    const rollout = deploymentRollout(step, after);
    if (rollout === undefined) return;
    const { min, max, rolling } = rollout;
    const name = nameOf(step);
    const isOne = min <= 1 && max === 1;
    if (rolling === undefined) {
      const pods = isOne ? 'its only pod' : min === 0 ? 'all its pods' : `all ${count(min, 'pod')}`;
      const message = `${name} stops ${pods} before ${isOne ? 'the new one starts' : 'new ones start'}, and nothing serves in between.`;
      return report('warning', message);
    }
    if (rolling.unavailable < rolling.replicas) return;
    const pods = rolling.replicas === 1 ? 'its only pod' : `all ${rolling.replicas} pods at once`;
    report(
      'warning',
      `${name} may stop ${pods} before a new one is ready: its strategy allows ${rolling.unavailable} unavailable.`,
    );
  },
});
