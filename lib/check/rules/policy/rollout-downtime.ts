import { scaled } from '../../../kube/int-or-string';
import type { Field } from '../../../manifest/field';
import { podsOf } from '../../../graph/pods';
import type { Rule } from '../../rule';
import { replicasOf } from '../../../graph/replicas';
import { servicesOf } from '../../../graph/services';

/** Source: `spec.strategy` of Deployments; a percentage of maxUnavailable is rounded down, and 25% is the default. */
export const rolloutDowntime: Rule = {
  name: 'policy/rollout-downtime',
  severity: 'warning',
  about: 'Finds Deployments behind a Service whose rollouts may take down all of their pods at once.',
  why: 'Nobody answers until the first new pod is ready; when the new version does not start, nobody ever does.',
  run(cluster, report) {
    for (const pod of podsOf(cluster)) {
      if (pod.kind !== 'apps/Deployment' || servicesOf(cluster, pod).length === 0) continue;
      const { min = 1 } = replicasOf(cluster, pod) ?? {};
      const strategy = pod.root.child('spec').child('strategy');
      if (min === 0 || strategy.child('type').text === 'Recreate') continue;
      const unavailable = strategy.child('rollingUpdate').child('maxUnavailable');
      if ((most(unavailable, min) ?? 0) < min) continue;
      const message = `takes down ${min === 1 ? 'its only pod' : `all ${min} pods`} before a new one is ready`;
      report(
        pod.manifest,
        unavailable.path,
        message,
        'Write maxUnavailable: 0, with a maxSurge of at least 1.',
      );
    }
  },
};

/** How many pods of `total` may be missing. */
function most({ value }: Field, total: number): number | undefined {
  return typeof value === 'number' || typeof value === 'string' ? scaled(value, total, false) : undefined;
}
