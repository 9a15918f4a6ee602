import type { NodeFacts } from './state/node';

export const ZONE = 'topology.kubernetes.io/zone';

/** The zone of a node; nothing for one without the label. */
export function zoneOf({ labels }: Pick<NodeFacts, 'labels'>): string | undefined {
  return Object.hasOwn(labels, ZONE) ? labels[ZONE] : undefined;
}

/** The zones of some nodes, sorted. */
export function zonesOf(nodes: readonly NodeFacts[]): string[] {
  return [...new Set(nodes.flatMap((node) => zoneOf(node) ?? []))].sort();
}
