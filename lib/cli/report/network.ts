import { clustersOf } from '../../graph/clusters';
import { portsOf } from '../../graph/connections';
import { callers } from '../../graph/hosts/callers';
import { ingressPolicies } from '../../graph/policies';
import type { Pods } from '../../graph/pods';
import { Reach } from '../../graph/reach';
import { worldOf } from '../../graph/references';
import { push } from '../../kube/grouped';
import type { Manifest } from '../../manifest/manifest';
import type { ManifestSet } from '../../manifest/set';
import type { NetworkView, Reaching, Server } from '../../report/whole/report';

/** Makers of pods of which every pair is told, also where nothing keeps them apart. */
const FEW = 40;

/** Callers of one server that are told. */
const MOST_CALLERS = 200;

/** Who may reach whom in the one cluster of a set, and who says that it does. */
export function networkOf(set: ManifestSet): NetworkView {
  const [cluster] = clustersOf(set);
  if (cluster === undefined) return { servers: [], makers: 0 };
  const pods = [...worldOf(cluster).allPods];
  const reach = new Reach(cluster, pods);
  const closed = ingressPolicies(cluster);
  const declared = new Map<Manifest, Manifest[]>();
  for (const { client, server } of callers(set)) push(declared, server.manifest, client.manifest);
  const servers = pods.flatMap((to): Server[] => {
    const ports = portsOf(to);
    if (ports.length === 0) return [];
    const reached = new Map<Pods, string[]>();
    for (const { port: number, protocol } of ports)
      for (const place of reach.callersOf(to, { number, protocol })) {
        const from = pods[place];
        if (from !== undefined && from !== to) push(reached, from, `${number}/${protocol}`);
      }
    const isClosed = closed.has(to);
    const naming = new Set(declared.get(to.manifest) ?? []);
    const isTold = (from: Pods): boolean => naming.has(from.manifest) || isClosed || pods.length <= FEW;
    const told = pods.filter(
      (from) => from !== to && isTold(from) && (reached.has(from) || naming.has(from.manifest)),
    );
    return [
      {
        id: to.manifest.id,
        ports: ports.map(({ port, protocol }) => `${port}/${protocol}`),
        isClosed,
        reached: reached.size,
        callers: told.slice(0, MOST_CALLERS).map((from): Reaching => ({
          id: from.manifest.id,
          ports: reached.get(from) ?? [],
          isDeclared: naming.has(from.manifest),
        })),
      },
    ];
  });
  return { servers, makers: pods.length };
}
