import { rivalScalers } from '../../../graph/rival-scalers';
import type { Rule } from '../../rule';

export const scalersCollide: Rule = {
  name: 'wiring/scalers-collide',
  severity: 'error',
  about:
    'Finds two autoscalers of one workload: two that set its replicas, or one that sets its requests while another uses their utilization. Finds two ScaledObjects that make KEDA keep one HorizontalPodAutoscaler. A warning where the workload is not in the set.',
  why: 'Each undoes the changes of the other, and the number of pods never settles; KEDA rejects the second ScaledObject.',
  run(cluster, report) {
    for (const { manifest, path, message, hint, isKnown } of rivalScalers(cluster))
      report(manifest, path, message, hint, isKnown ? undefined : 'warning');
  },
};
