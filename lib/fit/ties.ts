import { identityKey } from '../manifest/manifest';
import type { Doubt, Fit, Placement } from './result';

/** As many nodes are looked at for all pods of an order, and of all orders together. */
const MOST_LOOKED_AT = 1_000_000;
const MOST_ORDERS = 8;
/** A pod costs no less on fewer nodes. */
const LEAST_NODES = 50;

/** Orders in which equally good nodes are taken, other than the first: as many as can be tried in short time. */
export function* otherOrders(nodes: number, pods: number): Generator<Int32Array> {
  if (nodes < 2) return;
  const orders = Math.min(
    MOST_ORDERS,
    Math.floor(MOST_LOOKED_AT / (Math.max(LEAST_NODES, nodes) * Math.max(1, pods))),
  );
  for (let order = 0; order < orders; order++)
    yield order === 0
      ? Int32Array.from({ length: nodes }, (_, index) => nodes - index)
      : shuffled(nodes, order);
}

/** A permutation that is the same each time: the result must not hang on chance. */
function shuffled(length: number, seed: number): Int32Array {
  const ranks = Int32Array.from({ length }, (_, index) => index);
  let state = seed * 2654435761;
  for (let place = length - 1; place > 0; place--) {
    // The constants of "Numerical Recipes" for a linear congruential generator.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const other = state % (place + 1);
    [ranks[place], ranks[other]] = [ranks[other] ?? 0, ranks[place] ?? 0];
  }
  return ranks;
}

/** The workloads of which more or fewer pods run in one of the others. */
export function doubtsOf(fit: Fit, others: readonly Fit[]): Doubt[] {
  const placed = placedBy(fit);
  const doubts = new Map<string, Doubt>();
  for (const other of others)
    for (const [key, count] of placedBy(other)) {
      const here = placed.get(key) ?? 0;
      if (count === here) continue;
      const { least = here, most = here } = doubts.get(key) ?? {};
      // Where fewer run, one that found no node there; else one that found none here.
      const example = doubts.get(key)?.example ?? pendingOf(count < here ? other : fit, key);
      if (example === undefined) continue;
      const { workload } = example;
      doubts.set(key, {
        workload,
        placed: here,
        least: Math.min(least, count),
        most: Math.max(most, count),
        example,
      });
    }
  return [...doubts.values()];
}

function pendingOf({ pending }: Fit, key: string): Placement | undefined {
  return pending.find(({ workload }) => identityKey(workload) === key);
}

function placedBy({ placements }: Fit): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { workload, node } of placements) {
    const key = identityKey(workload);
    counts.set(key, (counts.get(key) ?? 0) + (node === undefined ? 0 : 1));
  }
  return counts;
}
