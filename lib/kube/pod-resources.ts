import { addQuantities, compareQuantities, parseQuantity } from './quantity';
import type { Quantity } from './quantity';
import { isHugePages } from './resources';

type Plain = Readonly<Record<string, unknown>>;

/** Amounts by resource name. */
export type Amounts = ReadonlyMap<string, Quantity>;

/**
 * The total requests or limits of a pod's containers: of all containers that run at the same time, or, where that is
 * more, of an init container and the sidecars that start before it.
 *
 * @param spec of a pod, as decoded
 * @source k8s.io/component-helpers resource/helpers.go AggregateContainerRequests, AggregateContainerLimits 1.36
 */
export function aggregate(spec: Plain, side: 'requests' | 'limits'): Amounts {
  const running = new Map<string, Quantity>();
  const sidecars = new Map<string, Quantity>();
  const starting = new Map<string, Quantity>();
  for (const container of recordsOf(spec['containers'])) add(running, amountsOf(container, side));
  for (const container of recordsOf(spec['initContainers'])) {
    const own = amountsOf(container, side);
    if (container['restartPolicy'] === 'Always') {
      add(running, own);
      add(sidecars, own);
      raise(starting, sidecars);
    } else {
      const together = new Map(own);
      add(together, sidecars);
      raise(starting, together);
    }
  }
  raise(running, starting);
  return running;
}

/**
 * Whether `spec.resources` of a pod can have a resource (KEP-2837).
 *
 * @source k8s.io/component-helpers resource/helpers.go IsSupportedPodLevelResource 1.36
 */
export function isPodLevelResource(name: string): boolean {
  return name === 'cpu' || name === 'memory' || isHugePages(name);
}

function add(total: Map<string, Quantity>, more: Amounts): void {
  for (const [name, amount] of more) {
    const before = total.get(name);
    total.set(name, before === undefined ? amount : addQuantities(before, amount));
  }
}

function raise(total: Map<string, Quantity>, other: Amounts): void {
  for (const [name, amount] of other) {
    const before = total.get(name);
    if (before === undefined || compareQuantities(amount, before) > 0) total.set(name, amount);
  }
}

function amountsOf(container: Plain, side: 'requests' | 'limits'): Amounts {
  const amounts = new Map<string, Quantity>();
  for (const [name, text] of Object.entries(recordOf(recordOf(container['resources'])[side]))) {
    const amount = parseQuantity(String(text));
    if (amount !== undefined) amounts.set(name, amount);
  }
  return amounts;
}

function recordOf(value: unknown): Plain {
  return typeof value === 'object' && value !== null ? (value as Plain) : {};
}

function recordsOf(value: unknown): readonly Plain[] {
  return Array.isArray(value) ? value.map(recordOf) : [];
}
