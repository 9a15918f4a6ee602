import { grouped } from '../kube/grouped';
import { parseQuantity, type Quantity } from '../kube/quantity';
import type { Cluster } from './cluster';
import { knownOf, type Entry } from './objects';
import { scopesOf, type QuotaScope } from './quota-scopes';

/** A ResourceQuota with what it allows its namespace. */
export interface Quota extends Entry {
  /** The most of each resource, by its name: `requests.cpu`, `pods`. */
  readonly hard: ReadonlyMap<string, Quantity>;
  /** Which pods it counts; all of them where it has none. */
  readonly scopes: readonly QuotaScope[];
}

/** The quotas of a namespace. */
export function quotasIn(cluster: Cluster, namespace: string): readonly Quota[] {
  return cluster.derived(byNamespace).get(namespace) ?? [];
}

/** The quotas of all namespaces. */
export function allQuotas(cluster: Cluster): readonly Quota[] {
  return [...cluster.derived(byNamespace).values()].flat();
}

function byNamespace(cluster: Cluster): ReadonlyMap<string, readonly Quota[]> {
  return grouped(readQuotas(cluster), ({ namespace }) => namespace);
}

function readQuotas(cluster: Cluster): readonly Quota[] {
  return knownOf(cluster, '/ResourceQuota').map((entry) => {
    const spec = entry.root.child('spec');
    const hard = new Map<string, Quantity>();
    for (const { name, value } of spec.child('hard').entries) {
      const quantity = parseQuantity(String(value));
      if (quantity !== undefined) hard.set(name, quantity);
    }
    return { ...entry, hard, scopes: scopesOf(spec) };
  });
}
