import { podsOf } from '../../../graph/pods';
import type { Rule } from '../../rule';
import { replicasOf } from '../../../graph/replicas';
import { servicesOf } from '../../../graph/services';
import { budgetsOf } from '../../../graph/budgets';

export const disruptionBudget: Rule = {
  name: 'policy/disruption-budget',
  severity: 'warning',
  strict: true,
  about: 'Finds workloads with several pods behind a Service that no PodDisruptionBudget selects.',
  why: 'A node drain, as in every cluster upgrade, may evict all of the pods at once.',
  run(cluster, report) {
    for (const pod of podsOf(cluster)) {
      const { min = 0 } = replicasOf(cluster, pod.manifest) ?? {};
      if (min < 2 || servicesOf(cluster, pod).length === 0 || budgetsOf(cluster, pod).length > 0) continue;
      const message = `no PodDisruptionBudget selects its ${min} pods`;
      report(pod.manifest, '', message, 'Add one with maxUnavailable: 1.');
    }
  },
};
