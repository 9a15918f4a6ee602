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
    const totals = new Map<readonly Manifest[], Total | undefined>();
    const totalOf = (found: readonly Manifest[]): Total | undefined => {
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
      } else if (total !== undefined && total.least > 0) {
        const needed = required.of(total.least);
        if (needed < total.least) continue;
        const message = `requires ${needed} of ${total.least} pods of ${listObjects(found)}, so no eviction is allowed`;
        const hint = 'Require fewer, use maxUnavailable: 1 instead, or run more replicas.';
        // An autoscaler may have added pods by the time a node is drained.
        const mayGrow = required.of(total.most) < total.most;
        if (mayGrow) report(from, path, `${message} until there are more`, hint, 'warning');
        else report(from, path, message, hint);
      }
    }
  },
};

/** How many pods there are at a time. */
interface Total {
  readonly least: number;
  readonly most: number;
}

function countPods(cluster: Cluster, found: readonly Manifest[]): Total | undefined {
  let [least, most] = [0, 0];
  for (const manifest of found) {
    const replicas = replicasOf(cluster, manifest);
    // That depends on the nodes or on time.
    if (replicas === undefined) return undefined;
    // KEDA goes down to none, of which there is nothing to evict.
    least += replicas.max > 0 ? Math.max(1, replicas.min) : 0;
    most += replicas.max;
  }
  return { least, most };
}
