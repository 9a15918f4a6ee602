import { knownOf } from '../../../graph/objects';
import type { PodTemplate } from '../../../graph/pod-templates';
import { podTemplates } from '../../../graph/pod-templates';
import type { Rule } from '../../rule';
import type { Cluster } from '../../../graph/cluster';
import { replicasOf } from '../../../graph/replicas';
import { selectorOf } from '../../../graph/field-selectors';
import { podsByLabels, servicesOf } from '../../../graph/services';

export const disruptionBudget: Rule = {
  name: 'policy/disruption-budget',
  severity: 'warning',
  strict: true,
  about: 'Finds workloads of several pods behind a Service without a PodDisruptionBudget.',
  why: 'When nodes are drained, as in every upgrade of the cluster, all of the pods may go at once.',
  run(cluster, report) {
    for (const pod of podTemplates(cluster)) {
      const { min = 0 } = replicasOf(cluster, pod) ?? {};
      if (min < 2 || servicesOf(cluster, pod).length === 0 || cluster.derived(budgeted).has(pod)) continue;
      const message = `no PodDisruptionBudget keeps some of its ${min} pods when nodes are drained`;
      report(pod.manifest, '', message, 'Add one with maxUnavailable: 1.');
    }
  },
};

/** The pods that a budget selects. */
function budgeted(cluster: Cluster): ReadonlySet<PodTemplate> {
  const index = cluster.derived(podsByLabels);
  const budgets = knownOf(cluster, 'policy/PodDisruptionBudget');
  return new Set(
    budgets.flatMap(({ root, namespace }) => {
      const selector = selectorOf(root.child('spec').child('selector'));
      return selector === undefined ? [] : index.select(selector, [namespace]);
    }),
  );
}
