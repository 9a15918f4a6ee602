import { forEachStep } from '../rule';
import { nameOf } from '../words';
import { worstMoment } from '../rollout/worst-moment';

export const onlyPod = forEachStep({
  kind: 'downtime',
  about: 'A StatefulSet replaces its only pod.',
  effects: ['pods-replaced'],
  isInPlace: true,
  objects: ['apps/StatefulSet'],
  look(step, steps, report) {
    if (worstMoment(step, steps)?.replicas === 1)
      report('warning', `${nameOf(step)} has one pod, which stops before its replacement starts.`);
  },
});
