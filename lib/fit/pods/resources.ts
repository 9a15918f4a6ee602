import type { Amounts } from '../../kube/pod-resources';
import { milli, whole, type Quantity } from '../../kube/quantity';

/** Amounts as the scheduler counts them: CPU in thousandths, everything else in whole units. */
export interface Resources {
  readonly cpu: number;
  readonly memory: number;
  readonly storage: number;
  /** Extended resources and huge pages, by name. */
  readonly others: ReadonlyMap<string, number>;
}

/**
 * Quantities in the scheduler's units. A sum below one unit counts as one.
 *
 * @source k8s.io/kubernetes pkg/scheduler/framework/types.go Resource.Add 1.36
 */
export function resourcesOf(amounts: Amounts): Resources {
  const of = (name: string, inUnits: (quantity: Quantity) => bigint): number => {
    const amount = amounts.get(name);
    return amount === undefined ? 0 : Number(inUnits(amount));
  };
  const others = [...amounts].filter(([name]) => !COUNTED_APART.has(name));
  return {
    cpu: of('cpu', milli),
    memory: of('memory', whole),
    storage: of('ephemeral-storage', whole),
    others: new Map(others.map(([name, amount]) => [name, Number(whole(amount))])),
  };
}

const COUNTED_APART: ReadonlySet<string> = new Set(['cpu', 'memory', 'ephemeral-storage', 'pods']);
