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
  about: 'Finds Deployments behind a Service whose rollout may stop all pods at once.',
  why: 'Requests fail until the first new pod is ready, or for good if the new version does not start.',
  run(cluster, report) {
    for (const pod of podsOf(cluster)) {
      if (pod.kind !== 'apps/Deployment' || servicesOf(cluster, pod).length === 0) continue;
      const { min = 1 } = replicasOf(cluster, pod.manifest) ?? {};
      const strategy = pod.root.child('spec').child('strategy');
      if (min === 0 || strategy.child('type').text === 'Recreate') continue;
      const unavailable = strategy.child('rollingUpdate').child('maxUnavailable');
      if ((most(unavailable, min) ?? 0) < min) continue;
      const message = `stops ${min === 1 ? 'its only pod' : `all ${min} pods`} before a new one is ready`;
      report(pod.manifest, unavailable.path, message, 'Set maxUnavailable: 0, and maxSurge to at least 1.');
    }
  },
};

/** How many of `total` pods may be unavailable. */
function most({ value }: Field, total: number): number | undefined {
  return typeof value === 'number' || typeof value === 'string' ? scaled(value, total, false) : undefined;
}
