import { podsOf } from '../../../graph/pods';
import type { Rule } from '../../rule';
import { servicesOf } from '../../../graph/services';

export const recreate: Rule = {
  name: 'policy/recreate',
  severity: 'warning',
  strict: true,
  about: 'Finds Deployments behind a Service with strategy Recreate.',
  why: 'Each rollout is an outage that lasts until the new version is ready.',
  run(cluster, report) {
    for (const pod of podsOf(cluster)) {
      const type = pod.root.child('spec').child('strategy').child('type');
      if (pod.kind !== 'apps/Deployment' || type.text !== 'Recreate') continue;
      if (servicesOf(cluster, pod).length === 0) continue;
      const hint = 'Use RollingUpdate, or suppress this if two versions cannot run at the same time.';
      report(pod.manifest, type.path, 'stops all of its pods before a new one starts (Recreate)', hint);
    }
  },
};
