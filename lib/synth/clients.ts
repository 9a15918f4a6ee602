import type { IConstruct } from 'constructs';
import { locate } from '../constructs/core/problems';
import { connections, type WorkloadConnections } from '../constructs/network/connections';
import type { Referenced } from '../constructs/network/referenced';
import type { Peer } from '../constructs/network/peer';
import { findPart } from '../constructs/workloads/trait';
import { callers, type Selectable } from '../graph/hosts/callers';
import { formatId } from '../manifest/manifest';
import { ManifestSet, type Clusters } from '../manifest/set';
import type { Rendered } from './render';
import type { Report } from './report';

/** What a workload calls, and who calls it, by the hosts that texts name. */
interface Relations {
  readonly to: Referenced[];
  readonly from: Referenced[];
}

/**
 * Tells the NetworkPolicies that `connectsTo` makes who else is a client: whoever names the host of a Service in a
 * variable, an argument or a file. Without that, the first declared connection would cut the others off.
 *
 * @returns the objects whose policies allow more than they were rendered with
 */
export function connectClients(
  rendered: readonly Rendered[],
  clusters: Clusters,
  report: Report,
): readonly Rendered[] {
  const parts = new Map<WorkloadConnections, Rendered>();
  for (const each of rendered) {
    const part = partOf(each.placed.object.node.scope?.node.scope);
    if (part !== undefined && each.placed.object.kind === 'NetworkPolicy') parts.set(part, each);
  }
  if (parts.size === 0) return [];
  const relations = relationsOf(rendered, clusters);
  return [...parts].flatMap(([part, policy]) => {
    const { from = [], to = [] } = relations.get(part) ?? {};
    const { allowsMore, problems } = part.refer({ from, to });
    for (const problem of problems) report(locate(policy.placed.object, problem));
    return allowsMore ? [policy] : [];
  });
}

function relationsOf(
  rendered: readonly Rendered[],
  clusters: Clusters,
): ReadonlyMap<WorkloadConnections, Relations> {
  const constructs = new Map(rendered.map(({ manifest, placed }) => [manifest, placed.object.node.scope]));
  const found = new Map<WorkloadConnections, Relations>();
  const at = (part: WorkloadConnections): Relations => {
    const known = found.get(part) ?? { to: [], from: [] };
    found.set(part, known);
    return known;
  };
  const referenced = (pods: Selectable): Omit<Referenced, 'ports' | 'isSaid'> => ({
    name: formatId(pods.manifest.id),
    namespace: pods.namespace,
    labels: peerOf(constructs.get(pods.manifest))?.matchLabels ?? pods.labels,
    isOnNode: pods.isOnNode,
  });
  const set = ManifestSet.from(
    rendered.map(({ manifest }) => manifest),
    clusters,
  );
  for (const { client, server, ports, isSaid } of callers(set)) {
    const [calling, called] = [client, server].map(({ manifest }) => partOf(constructs.get(manifest)));
    if (calling !== undefined) at(calling).to.push({ ...referenced(server), ports, isSaid });
    if (called !== undefined) at(called).from.push({ ...referenced(client), ports, isSaid });
  }
  return found;
}

function partOf(construct: IConstruct | undefined): WorkloadConnections | undefined {
  return construct === undefined ? undefined : findPart(construct, connections);
}

/** A workload of ours, whose pods have the labels that select them. */
function peerOf(construct: IConstruct | undefined): Peer | undefined {
  return construct !== undefined && partOf(construct) !== undefined ? (construct as Peer) : undefined;
}
