import { podsOf } from '../../../graph/pods';
import type { Rule } from '../../rule';
import { replicasOf } from '../../../graph/replicas';
import { servicesOf } from '../../../graph/services';

export const spread: Rule = {
  name: 'policy/spread',
  severity: 'info',
  strict: true,
  about:
    'Finds workloads with several pods behind a Service that have neither spread constraints nor anti-affinity.',
  why: 'The scheduler only prefers to spread pods; one failing node may stop all of them.',
  run(cluster, report) {
    for (const pod of podsOf(cluster)) {
      const { min = 0 } = replicasOf(cluster, pod.manifest) ?? {};
      if (min < 2 || servicesOf(cluster, pod).length === 0) continue;
      const constraints = pod.spec.child('topologySpreadConstraints');
      if (constraints.size > 0 || pod.spec.child('affinity').child('podAntiAffinity').isSet) continue;
      report(
        pod.manifest,
        constraints.path,
        `all of its ${min} pods may run on one node`,
        'Add a topologySpreadConstraint with whenUnsatisfiable: ScheduleAnyway.',
      );
    }
  },
};
