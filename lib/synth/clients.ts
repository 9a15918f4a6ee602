import type { IConstruct } from 'constructs';
import type { Environment } from '../constructs/core/environment';
import { locate } from '../constructs/core/problems';
import { connections, type WorkloadConnections } from '../constructs/network/connections';
import { isIsolating, isolatingPolicy } from '../constructs/network/isolation';
import { identityOfPeer, podsIn } from '../constructs/network/ends';
import { identityOf, type MeshIdentity } from '../constructs/network/mesh/membership';
import type { Referenced } from '../constructs/network/referenced';
import type { Peer } from '../constructs/network/peer';
import { podsOf } from '../constructs/rollout/primary';
import { findPart } from '../constructs/workloads/trait';
import { callers, type Selectable } from '../graph/hosts/callers';
import { push } from '../kube/grouped';
import { formatId, type Manifest } from '../manifest/manifest';
import { ManifestSet, type Clusters } from '../manifest/set';
import { policiesOfOthers, type Call, type End } from './others';
import type { Rendered } from './render';
import type { Report } from './report';

/** What a workload calls, and who calls it, by the hosts that texts name. */
interface Relations {
  readonly to: Referenced[];
  readonly from: Referenced[];
}

/** What the texts of an app change in its policies. */
export interface Clients {
  /** The objects whose policies allow more than they were rendered with. */
  readonly changed: readonly Rendered[];
  /** The policies that isolate namespaces, each with those of pods of others. */
  readonly isolating: ReadonlyMap<Rendered, readonly Manifest[]>;
}

/** The kinds that connections of a workload render: those of Kubernetes, of Istio, and of Linkerd. */
const POLICIES: ReadonlySet<string> = new Set([
  'NetworkPolicy',
  'AuthorizationPolicy',
  'PeerAuthentication',
  'Server',
  'MeshTLSAuthentication',
]);

/**
 * Tells the policies that `connectsTo` and `isolated` make who else is a client: whoever names the host of a
 * Service in a variable, an argument or a file. Without that, the first declared connection would cut the others off.
 */
export function connectClients(rendered: readonly Rendered[], clusters: Clusters, report: Report): Clients {
  const policies = rendered.filter(({ placed }) => POLICIES.has(placed.object.kind));
  const parts = new Map<WorkloadConnections, Rendered[]>();
  for (const each of policies) {
    const part = partOf(each.placed.object.node.scope?.node.scope);
    if (part !== undefined) push(parts, part, each);
  }
  const denying = policies.filter(({ placed }) => isIsolating(placed.object));
  if (parts.size === 0 && denying.length === 0) return { changed: [], isolating: new Map() };
  const calls = callsOf(rendered, clusters);
  const relations = relationsOf(calls);
  const changed = [...parts].flatMap(([part, own]) => {
    const { from = [], to = [] } = relations.get(part) ?? {};
    const { allowsMore, problems } = part.refer({ from, to });
    const [first] = own;
    if (first !== undefined) for (const problem of problems) report(locate(first.placed.object, problem));
    return allowsMore ? own : [];
  });
  const ofOthers = callsOfOthers(calls);
  const isolating = new Map(
    denying.map((each) => {
      const { environment, object } = each.placed;
      const { namespace } = each.manifest.id;
      if (isolatingPolicy(object, namespace) !== object) return [each, []];
      const within = ofOthers.get(environment)?.get(namespace) ?? [];
      return [each, policiesOfOthers(each, within, report)];
    }),
  );
  return { changed, isolating };
}

/** A call with the parts of our workloads at its ends. */
interface PartCall extends Call {
  readonly environment: Environment | undefined;
  readonly calling: WorkloadConnections | undefined;
  readonly called: WorkloadConnections | undefined;
}

function callsOf(rendered: readonly Rendered[], clusters: Clusters): readonly PartCall[] {
  const places = new Map(rendered.map(({ manifest, placed }) => [manifest, placed]));
  const constructOf = (manifest: Manifest): IConstruct | undefined => places.get(manifest)?.object.node.scope;
  const set = ManifestSet.from(
    rendered.map(({ manifest }) => manifest),
    clusters,
  );
  return callers(set).map(({ client, server, ports, isSaid }): PartCall => {
    const environment = places.get(server.manifest)?.environment;
    const endOf = ({ manifest, namespace, labels, isOnNode }: Selectable): End => {
      const construct = constructOf(manifest);
      const isOurs = partOf(construct) !== undefined;
      return {
        name: formatId(manifest.id),
        object: manifest.id.name,
        namespace,
        labels: isOurs ? (construct as Peer).matchLabels : labels,
        ...(isOurs && { pods: podsOf(construct as Peer) }),
        isOnNode,
        isOurs,
        ports,
        isSaid,
        identity: isOurs ? identityOf(construct as Peer) : kedaIdentity(places, manifest, environment),
      };
    };
    return {
      client: endOf(client),
      server: endOf(server),
      environment,
      calling: partOf(constructOf(client.manifest)),
      called: partOf(constructOf(server.manifest)),
    };
  });
}

/** The calls of pods that no workload of ours made, or to them, by environment and by the namespaces of such pods. */
function callsOfOthers(
  calls: readonly PartCall[],
): ReadonlyMap<Environment | undefined, ReadonlyMap<string | undefined, readonly PartCall[]>> {
  const found = new Map<Environment | undefined, Map<string | undefined, PartCall[]>>();
  for (const call of calls) {
    const others = [call.client, call.server].filter(({ isOurs }) => !isOurs);
    if (others.length === 0) continue;
    const here = found.get(call.environment) ?? new Map<string | undefined, PartCall[]>();
    found.set(call.environment, here);
    for (const namespace of new Set(others.map((end) => end.namespace))) push(here, namespace, call);
  }
  return found;
}

/** As whom KEDA calls what triggers name, where the profile says that it is in the mesh. */
function kedaIdentity(
  places: ReadonlyMap<Manifest, unknown>,
  manifest: Manifest,
  environment: Environment | undefined,
): MeshIdentity | undefined {
  const keda = environment?.profile.keda;
  // Its operator is no object of the app.
  if (keda === undefined || places.has(manifest) || manifest.id.namespace !== keda.namespace)
    return undefined;
  return identityOfPeer(podsIn(keda));
}

function relationsOf(calls: readonly PartCall[]): ReadonlyMap<WorkloadConnections, Relations> {
  const found = new Map<WorkloadConnections, Relations>();
  const at = (part: WorkloadConnections): Relations => {
    const known = found.get(part) ?? { to: [], from: [] };
    found.set(part, known);
    return known;
  };
  for (const { client, server, calling, called } of calls) {
    if (calling !== undefined) at(calling).to.push(server);
    if (called !== undefined) at(called).from.push(client);
  }
  return found;
}

function partOf(construct: IConstruct | undefined): WorkloadConnections | undefined {
  return construct === undefined ? undefined : findPart(construct, connections);
}
