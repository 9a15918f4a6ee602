import { podsOf } from '../../../graph/pods';
import type { Rule } from '../../rule';
import { replicasOf } from '../../../graph/replicas';
import { servicesOf } from '../../../graph/services';

export const spread: Rule = {
  name: 'policy/spread',
  severity: 'info',
  strict: true,
  about: 'Finds workloads of several pods behind a Service that nothing spreads over nodes and zones.',
  why: 'The scheduler prefers to spread them and promises nothing: one node that fails may take all of them.',
  run(cluster, report) {
    for (const pod of podsOf(cluster)) {
      const { min = 0 } = replicasOf(cluster, pod) ?? {};
      if (min < 2 || servicesOf(cluster, pod).length === 0) continue;
      const constraints = pod.spec.child('topologySpreadConstraints');
      if (constraints.size > 0 || pod.spec.child('affinity').child('podAntiAffinity').isSet) continue;
      report(
        pod.manifest,
        constraints.path,
        `may put all of its ${min} pods on one node`,
        'Spread them over zones, softly.',
      );
    }
  },
};
