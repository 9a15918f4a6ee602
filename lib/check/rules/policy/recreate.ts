import { podsOf } from '../../../graph/pods';
import type { Rule } from '../../rule';
import { servicesOf } from '../../../graph/services';

export const recreate: Rule = {
  name: 'policy/recreate',
  severity: 'warning',
  strict: true,
  about: 'Finds Deployments behind a Service that end all of their pods before the first new one starts.',
  why: 'Each rollout is an outage, and one whose new version does not start is one without end.',
  run(cluster, report) {
    for (const pod of podsOf(cluster)) {
      const type = pod.root.child('spec').child('strategy').child('type');
      if (pod.kind !== 'apps/Deployment' || type.text !== 'Recreate') continue;
      if (servicesOf(cluster, pod).length === 0) continue;
      const hint = 'Write RollingUpdate; or suppress this, where two versions cannot run side by side.';
      report(pod.manifest, type.path, 'ends all of its pods before a new one starts (Recreate)', hint);
    }
  },
};
