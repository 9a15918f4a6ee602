import { podsOf } from '../../../graph/pods';
import type { Rule } from '../../rule';
import { replicasOf } from '../../../graph/replicas';
import { servicesOf } from '../../../graph/services';
import { budgetsOf } from '../../../graph/budgets';

export const disruptionBudget: Rule = {
  name: 'policy/disruption-budget',
  severity: 'warning',
  strict: true,
  about: 'Finds workloads of several pods behind a Service without a PodDisruptionBudget.',
  why: 'When nodes are drained, as in every upgrade of the cluster, all of the pods may go at once.',
  run(cluster, report) {
    for (const pod of podsOf(cluster)) {
      const { min = 0 } = replicasOf(cluster, pod) ?? {};
      if (min < 2 || servicesOf(cluster, pod).length === 0 || budgetsOf(cluster, pod).length > 0) continue;
      const message = `no PodDisruptionBudget keeps some of its ${min} pods when nodes are drained`;
      report(pod.manifest, '', message, 'Add one with maxUnavailable: 1.');
    }
  },
};
