import { grouped } from '../kube/grouped';
import type { Cluster } from '../graph/cluster';
import { Network, type Connection } from '../graph/connections';
import { ingressPolicies } from '../graph/policies';
import { podsByOwner } from '../graph/pods';

/** Makers of pods in a cluster whose connections are drawn. More have too many pairs to look at. */
export const MOST_PODS = 400;

/** Callers of the same pods that are drawn; who is open to more is open to a whole namespace. */
export const MOST_CALLERS = 20;

/**
 * The connections that NetworkPolicies allow to pods that they close for others. Pods that no policy closes are open to
 * all, which says nothing about the application.
 */
export function allowedConnections(cluster: Cluster): Connection[] {
  const closed = ingressPolicies(cluster);
  const owners = podsByOwner(cluster);
  if (owners.size > MOST_PODS || ![...owners.values()].some((pods) => closed.has(pods))) return [];
  const byTarget = grouped(new Network(cluster).connections, ({ to }) => to);
  return [...byTarget].flatMap(([to, connections]) => {
    const pods = owners.get(to);
    const callers = new Map(connections.map((each) => [each.from, each]));
    return pods !== undefined && closed.has(pods) && callers.size <= MOST_CALLERS
      ? [...callers.values()]
      : [];
  });
}
