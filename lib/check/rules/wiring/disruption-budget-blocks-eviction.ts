import { scaled, type IntOrString } from '../../../kube/int-or-string';
import type { Manifest } from '../../../manifest/manifest';
import type { Rule } from '../../rule';
import { Field } from '../../../manifest/field';
import { referencesIn } from '../../../graph/references';
import { replicasOf } from '../../../graph/replicas';
import { listObjects } from '../../../graph/describe';
import type { Cluster } from '../../../graph/cluster';

export const disruptionBudgetBlocksEviction: Rule = {
  name: 'wiring/disruption-budget-blocks-eviction',
  severity: 'error',
  about:
    'Finds PodDisruptionBudgets that allow no eviction: no pod may be unavailable, or all must be available.',
  why: 'A node with such a pod cannot be drained, which blocks cluster upgrades.',
  run(cluster, report) {
    for (const reference of referencesIn(cluster).references) {
      if (reference.type !== 'selects' || reference.role !== 'budget-pods') continue;
      const { from, found } = reference;
      if (found.length === 0) continue;
      const counts = found.map((manifest) => leastPods(cluster, manifest));
      const total = counts.reduce<number | undefined>(
        (sum, count) => (sum === undefined || count === undefined ? undefined : sum + count),
        0,
      );
      const spec = Field.root(from.object).at('spec');
      const unavailable = spec.at('maxUnavailable');
      const available = spec.at('minAvailable');
      if (unavailable.isSet && isAmount(unavailable.value) && scaled(unavailable.value, 100, true) === 0) {
        report(
          from,
          unavailable.path,
          `allows no eviction of pods of ${listObjects(found)}`,
          'Set maxUnavailable to at least 1.',
        );
      } else if (available.isSet && isAmount(available.value) && total !== undefined && total > 0) {
        const needed = scaled(available.value, total, true) ?? 0;
        if (needed < total) continue;
        const message = `requires ${needed} of ${total} pods of ${listObjects(found)}, so no eviction is allowed`;
        report(
          from,
          available.path,
          message,
          'Require fewer, use maxUnavailable: 1 instead, or run more replicas.',
        );
      }
    }
  },
};

function isAmount(value: unknown): value is IntOrString {
  return typeof value === 'string' || typeof value === 'number';
}

/**
 * The fewest pods of an object that there are, of which one can be evicted: KEDA goes down to none, of which there is
 * nothing to evict. Unknown where that depends on the nodes or on time.
 */
function leastPods(cluster: Cluster, manifest: Manifest): number | undefined {
  const replicas = replicasOf(cluster, manifest);
  return replicas && (replicas.max > 0 ? Math.max(1, replicas.min) : 0);
}
