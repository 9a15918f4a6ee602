import type { Manifest } from '../../../manifest/manifest';
import type { Rule } from '../../rule';
import { Field } from '../../../manifest/field';
import { requirementOf } from '../../../graph/budgets';
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
    const totals = new Map<readonly Manifest[], number | undefined>();
    const totalOf = (found: readonly Manifest[]): number | undefined => {
      if (!totals.has(found)) totals.set(found, countPods(cluster, found));
      return totals.get(found);
    };
    for (const reference of referencesIn(cluster).references) {
      if (reference.type !== 'selects' || reference.role !== 'budget-pods') continue;
      const { from, found } = reference;
      if (found.length === 0) continue;
      const total = totalOf(found);
      const required = requirementOf({ root: Field.root(from.object) });
      if (required === undefined) continue;
      const { path } = required.field;
      if (required.field.name === 'maxUnavailable') {
        // The number of pods does not matter: none of them may be unavailable.
        if (required.of(100) < 100) continue;
        const message = `allows no eviction of pods of ${listObjects(found)}`;
        report(from, path, message, 'Set maxUnavailable to at least 1.');
      } else if (total !== undefined && total > 0) {
        const needed = required.of(total);
        if (needed < total) continue;
        const message = `requires ${needed} of ${total} pods of ${listObjects(found)}, so no eviction is allowed`;
        const hint = 'Require fewer, use maxUnavailable: 1 instead, or run more replicas.';
        report(from, path, message, hint);
      }
    }
  },
};

function countPods(cluster: Cluster, found: readonly Manifest[]): number | undefined {
  const counts = found.map((manifest) => leastPods(cluster, manifest));
  return counts.reduce(
    (sum, count) => (sum === undefined || count === undefined ? undefined : sum + count),
    0,
  );
}

/**
 * The fewest pods of an object that there are, of which one can be evicted: KEDA goes down to none, of which there is
 * nothing to evict. Unknown where that depends on the nodes or on time.
 */
function leastPods(cluster: Cluster, manifest: Manifest): number | undefined {
  const replicas = replicasOf(cluster, manifest);
  return replicas && (replicas.max > 0 ? Math.max(1, replicas.min) : 0);
}
