import { parseIntOrPercent, scaled } from '../kube/int-or-string';
import type { LabelSelector } from '../kube/labels';
import type { Field } from '../manifest/field';
import type { Cluster } from './cluster';
import { knownOf, type Entry } from './objects';
import { podIndex, type Pods } from './pods';
import { Selections } from './selections';
import { selectorAt, selectsAll } from './selectors';

/** A PodDisruptionBudget with the pods that it protects. */
export interface Budget extends Entry {
  /** None where it has none, which protects no pods. */
  readonly selector: LabelSelector | undefined;
  /** Whether it is for all pods of its namespace. */
  readonly isForAll: boolean;
  /** The pods that it protects, in the order of the set. */
  readonly pods: readonly Pods[];
}

/** The budgets of the set and of what is assumed, in their order. */
export function budgetsIn(cluster: Cluster): readonly Budget[] {
  return cluster.derived(readBudgets);
}

/** The budgets that protect `pods`: a list for each selection, shared by all of its pods. */
export function budgetsOf(cluster: Cluster, pods: Pods): readonly (readonly Budget[])[] {
  return cluster.derived(budgetsByPods).of(pods);
}

/** What a budget requires. */
export interface Requirement {
  /** `maxUnavailable` or `minAvailable`, which exclude each other. */
  readonly field: Field;
  /** How many of `total` pods have to be healthy; more than `total` where the budget asks for more. */
  readonly of: (total: number) => number;
}

/**
 * What a budget requires; none where it says nothing, or no number or percentage.
 *
 * Source: getExpectedPodCount of kubernetes `pkg/controller/disruption`, which rounds both percentages up.
 */
export function requirementOf({ root }: Pick<Entry, 'root'>): Requirement | undefined {
  const spec = root.child('spec');
  const most = spec.child('maxUnavailable');
  const field = most.isSet ? most : spec.child('minAvailable');
  const { value } = field;
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  if (parseIntOrPercent(value) === undefined) return undefined;
  const share = (total: number): number => scaled(value, total, true) ?? 0;
  return { field, of: most.isSet ? (total) => Math.max(0, total - share(total)) : share };
}

function readBudgets(cluster: Cluster): readonly Budget[] {
  const known = knownOf(cluster, 'policy/PodDisruptionBudget');
  if (known.length === 0) return [];
  const index = podIndex(cluster);
  return known.map(({ manifest, root, namespace }) => {
    const selector = selectorAt(root.at('spec', 'selector'));
    return {
      manifest,
      root,
      namespace,
      selector,
      isForAll: selector !== undefined && selectsAll(selector),
      pods: selector === undefined ? [] : index.select(selector, [namespace]),
    };
  });
}

function budgetsByPods(cluster: Cluster): Selections<Budget> {
  return new Selections(budgetsIn(cluster));
}
