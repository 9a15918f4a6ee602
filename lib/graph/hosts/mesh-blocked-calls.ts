import { Field } from '../../manifest/field';
import type { Manifest } from '../../manifest/manifest';
import { accountName } from '../accounts';
import type { Cluster } from '../cluster';
import type { Pods } from '../pods';
import { portOf, type Port } from '../policy-ports';
import { worldOf } from '../references';
import { serviceOf } from '../services';
import { hostUses } from './all-uses';
import type { HostUse } from './host-uses';
import { istioRefusal, principalOf } from './istio-refusal';
import { linkerdRefusal } from './linkerd-refusal';
import type { MeshRefusal, Refuser } from './mesh-refusal';

/** A call of pods to a Service that policies of Istio or Linkerd refuse. */
export interface MeshBlockedCall extends Pick<HostUse, 'client' | 'text' | 'target'>, MeshRefusal {
  readonly port: Port;
  /** Which account calls, as a hint names it. */
  readonly caller: string;
}

/** The meshes, each with who calls in its words, and whether a Service is left out. */
const MESHES: readonly {
  readonly refuse: Refuser;
  readonly callerOf: (client: Pods) => string;
  readonly isOther: (cluster: Cluster, service: Manifest, namespace: string) => boolean;
}[] = [
  {
    refuse: istioRefusal,
    callerOf: (client) => `principals: ["${principalOf(client)}"]`,
    isOther: hasWaypoint,
  },
  {
    refuse: linkerdRefusal,
    callerOf: (client) => `ServiceAccount ${accountName(client)} of namespace ${client.namespace}`,
    isOther: () => false,
  },
];

/** The calls that the policies of a mesh refuse to all pods of a Service. Calls through waypoints are left out. */
export function meshBlockedCalls(cluster: Cluster): readonly MeshBlockedCall[] {
  if (![...cluster.set, ...cluster.assumed].some(({ id }) => GROUPS.test(id.apiVersion))) return [];
  const seen = new Set<string>();
  return hostUses(cluster).flatMap((use) =>
    MESHES.flatMap(({ refuse, callerOf, isOther }): MeshBlockedCall[] => {
      const { client, text, target, manifest } = use;
      if (manifest === undefined || isOther(cluster, manifest, target.namespace ?? '')) return [];
      const found = refusalOf(cluster, use, manifest, refuse);
      const { kind, name } = client.manifest.id;
      const key = `${client.namespace}/${kind}/${name} ${target.namespace ?? ''}/${target.name}`;
      if (found === undefined || seen.has(key)) return [];
      seen.add(key);
      return [{ client, text, target, caller: callerOf(client), ...found }];
    }),
  );
}

const GROUPS = /^(?:security\.istio\.io|policy\.linkerd\.io)\//;

/** Who refuses the first port of the first pods, where all ports of all pods are refused. */
function refusalOf(
  cluster: Cluster,
  { client, ports }: HostUse,
  service: Manifest,
  refuse: Refuser,
): (MeshRefusal & { readonly port: Port }) | undefined {
  const servers = serviceOf(cluster, service)?.pods ?? [];
  if (servers.includes(client)) return undefined;
  let first: (MeshRefusal & { readonly port: Port }) | undefined;
  for (const server of servers) {
    if (server.spec.child('hostNetwork').isTrue) return undefined;
    for (const { target, protocol } of ports) {
      const port = portOf(server, target, protocol);
      if (port?.protocol !== 'TCP') return undefined;
      const refusal = refuse(cluster, client, server, port);
      if (refusal === undefined) return undefined;
      first ??= { ...refusal, port };
    }
  }
  return first;
}

/** Whether calls to a Service go through a waypoint, which asks its own policies. */
function hasWaypoint(cluster: Cluster, service: Manifest, namespace: string): boolean {
  const own = Field.root(service.object).at('metadata', 'labels').labels;
  const labels = { ...worldOf(cluster).labelsOf(namespace), ...own };
  return 'istio.io/use-waypoint' in labels;
}
