import { grouped } from '../kube/grouped';
import { parseQuantity, type Quantity } from '../kube/quantity';
import type { Cluster } from './cluster';
import { knownOf, type Entry } from './objects';

/** A ResourceQuota with what it allows its namespace. */
export interface Quota extends Entry {
  /** The most of each resource, by its name: `requests.cpu`, `pods`. */
  readonly hard: ReadonlyMap<string, Quantity>;
}

/**
 * The quotas that count every pod of a namespace. One with a scope counts some pods only, by what they are like
 * (`ResourceQuotaSpec.scopes` and `scopeSelector` of core/v1).
 */
export function quotasIn(cluster: Cluster, namespace: string): readonly Quota[] {
  return cluster.derived(byNamespace).get(namespace) ?? [];
}

function byNamespace(cluster: Cluster): ReadonlyMap<string, readonly Quota[]> {
  return grouped(readQuotas(cluster), ({ namespace }) => namespace);
}

function readQuotas(cluster: Cluster): readonly Quota[] {
  return knownOf(cluster, '/ResourceQuota').flatMap((entry) => {
    const spec = entry.root.child('spec');
    if (spec.child('scopes').isSet || spec.child('scopeSelector').isSet) return [];
    const hard = new Map<string, Quantity>();
    for (const { name, value } of spec.child('hard').entries) {
      const quantity = parseQuantity(String(value));
      if (quantity !== undefined) hard.set(name, quantity);
    }
    return [{ ...entry, hard }];
  });
}
