import { Field } from '../../../manifest/field';
import { groupOf } from '../../../manifest/manifest';
import { promqlProblems } from '../../../promql/check';
import { describePromqlProblem } from '../../../promql/problem';
import type { Cluster } from '../../../graph/cluster';
import type { Rule } from '../../rule';

export const promqlInvalid: Rule = {
  name: 'policy/promql-invalid',
  severity: 'error',
  about: 'Finds rules of PrometheusRules whose expression is not valid PromQL.',
  why: 'The API server accepts any text; the Prometheus Operator then rejects the object, or Prometheus the rule, and its alerts never fire. A warning next to objects of VictoriaMetrics, whose language has more functions.',
  run(cluster, report) {
    const others = readsMetricsQl(cluster);
    for (const manifest of cluster.set) {
      const { apiVersion, kind } = manifest.id;
      if (kind !== 'PrometheusRule' || groupOf(apiVersion) !== 'monitoring.coreos.com') continue;
      const rules = Field.root(manifest.object)
        .list('spec', 'groups')
        .flatMap((group) => group.list('rules'));
      for (const { text, path } of rules.map((rule) => rule.at('expr'))) {
        if (text === '') continue;
        for (const problem of promqlProblems(text)) {
          const message = `invalid PromQL: ${describePromqlProblem(problem)}`;
          if (!others) report(manifest, path, message, problem.hint);
          else report(manifest, path, `${message}, but MetricsQL may allow it`, problem.hint, 'warning');
        }
      }
    }
  },
};

/** Whether the set has objects of VictoriaMetrics, whose operator takes PrometheusRules as well. */
function readsMetricsQl({ set }: Cluster): boolean {
  return [...set].some(({ id }) => groupOf(id.apiVersion) === 'operator.victoriametrics.com');
}
