import { formatId, identityKey, type Manifest } from '../../../manifest/manifest';
import { budgetsOf, type Budget } from '../../../graph/budgets';
import type { Cluster } from '../../../graph/cluster';
import { listObjects } from '../../../graph/describe';
import { knownPods } from '../../../graph/pods';
import type { Rule } from '../../rule';

/** Source: Create in kubernetes `pkg/registry/core/pod/storage/eviction.go`, which looks for the budgets of the pod. */
export const disruptionBudgetsOverlap: Rule = {
  name: 'wiring/disruption-budgets-overlap',
  severity: 'error',
  about: 'Finds PodDisruptionBudgets that select the same pods.',
  why: 'The API server evicts no pod that has two budgets: it answers with an internal error, and drains of nodes hang.',
  run(cluster, report) {
    const judged = new Set(cluster.set);
    for (const [list, { first, pods }] of overlaps(cluster)) {
      for (const budget of list) {
        if (isOne(budget, first)) continue;
        const [at, other] = judged.has(budget.manifest) ? [budget, first] : [first, budget];
        if (!judged.has(at.manifest)) continue;
        const both = `selects pods of ${listObjects(pods)}, as does ${formatId(other.manifest.id)}`;
        report(at.manifest, 'spec.selector', `${both}, so that none of them can be evicted`, HINT);
      }
    }
  },
};

const HINT = 'Keep one budget for each pod, or give their selectors different labels.';

interface Overlap {
  /** The first budget of the pods. */
  readonly first: Budget;
  readonly pods: Manifest[];
}

/** The pods that have several budgets, by the selections of those: a list of budgets is looked at once. */
function overlaps(cluster: Cluster): ReadonlyMap<readonly Budget[], Overlap> {
  const found = new Map<readonly Budget[], Overlap>();
  for (const pods of knownPods(cluster)) {
    const lists = budgetsOf(cluster, pods);
    const [first] = lists[0] ?? [];
    if (first === undefined || (lists.length === 1 && lists[0]?.length === 1)) continue;
    for (const list of lists) {
      const overlap = found.get(list) ?? { first, pods: [] };
      overlap.pods.push(pods.manifest);
      found.set(list, overlap);
    }
  }
  return found;
}

/** wiring/duplicate-identity reports an object that is in the set twice; one may also be assumed. */
function isOne(a: Budget, b: Budget): boolean {
  return identityKey(a.manifest.id) === identityKey(b.manifest.id);
}
