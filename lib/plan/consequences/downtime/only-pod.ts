import { forEachStep } from '../rule';
import { nameOf } from '../words';
import { worstMoment } from '../rollout/worst-moment';
import { kindOf } from '../words';

export const onlyPod = forEachStep({
  kind: 'downtime',
  about: 'A StatefulSet replaces its only pod.',
  look(step, steps, report) {
    if (kindOf(step) === 'apps/StatefulSet' && worstMoment(step, steps)?.replicas === 1)
      report('warning', `${nameOf(step)} has one pod, which stops before its replacement starts.`);
  },
});
