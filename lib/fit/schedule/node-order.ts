import type { FitNode } from '../state/node';

/**
 * The nodes in the order in which the scheduler looks at them: one of each zone in turn.
 *
 * @source k8s.io/kubernetes pkg/scheduler/backend/cache/node_tree.go list 1.36
 */
export function inZoneOrder(nodes: readonly FitNode[]): FitNode[] {
  const zones = new Map<string, FitNode[]>();
  for (const node of nodes) {
    const zone = zoneKey(node);
    const members = zones.get(zone);
    if (members === undefined) zones.set(zone, [node]);
    else members.push(node);
  }
  const longest = [...zones.values()].reduce((most, { length }) => Math.max(most, length), 0);
  const order: FitNode[] = [];
  for (let turn = 0; turn < longest; turn++)
    for (const members of zones.values()) {
      const node = members[turn];
      if (node !== undefined) order.push(node);
    }
  return order;
}

function zoneKey(node: FitNode): string {
  const of = (name: string): string =>
    node.label(`topology.kubernetes.io/${name}`) ??
    node.label(`failure-domain.beta.kubernetes.io/${name}`) ??
    '';
  return `${of('region')}:${of('zone')}`;
}

const LEAST_NODES = 100;
const LEAST_PERCENT = 5;

/**
 * How many nodes that take a pod are enough to choose from: beyond 100 nodes the scheduler does not look at all.
 *
 * @source k8s.io/kubernetes pkg/scheduler/schedule_one.go numFeasibleNodesToFind 1.36
 */
export function enoughNodes(nodes: number): number {
  if (nodes < LEAST_NODES) return nodes;
  const percent = Math.max(LEAST_PERCENT, 50 - Math.trunc(nodes / 125));
  return Math.max(LEAST_NODES, Math.trunc((nodes * percent) / 100));
}
