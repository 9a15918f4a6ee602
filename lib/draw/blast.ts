import { Cluster, type ClusterOptions } from '../graph/cluster';
import { push } from '../kube/grouped';
import { ManifestSet } from '../manifest/set';
import { formatId, identityKey } from '../manifest/manifest';
import type { Change, ClusterPlan } from '../plan/change';
import { drawBothSides, type ChangedCluster } from './both-sides';
import type { Drawing, DrawnEdge, DrawnGroup, DrawnNode, DrawnRelation } from './drawing';
import { only } from './neighbourhood';

/**
 * What a change touches in one cluster, and what hangs on that: the objects that change, with what becomes of them; those
 * that depend on them, one step away, and two where a consequence names them; the dependences that come and go. Each
 * namespace is a group. There are no nodes where nothing changes.
 *
 * It takes time linear in the objects and in what they select. `fold` makes a large one small.
 *
 * @param plan one of `clusters` of `plan(before, after)`
 * @throws SeaworthyError UNKNOWN_KUBERNETES
 */
export function blastRadius(plan: ClusterPlan, options: ClusterOptions = {}): Drawing {
  const { changes, environment } = plan;
  const clusterOf = (side: 'before' | 'after'): Cluster => {
    const manifests = changes.flatMap(({ [side]: manifest }) => (manifest === undefined ? [] : [manifest]));
    return new Cluster(ManifestSet.from(manifests), {}, { ...options, environment });
  };
  return radiusOf({ before: clusterOf('before'), after: clusterOf('after'), changes });
}

/** The same, of clusters that are known. */
export function radiusOf(changed: ChangedCluster): Drawing {
  const whole = drawBothSides(changed);
  const centres = centresOf(changed.changes, whole);
  if (centres.size === 0) return { ...whole, nodes: [], edges: [] };
  const near = new Set(centres);
  for (const { from, to, change } of whole.edges)
    if (change !== undefined) for (const id of [from, to]) near.add(id);
  const felt = feltBy(whole.edges);
  for (const id of centres) for (const other of felt.get(id) ?? []) near.add(other);
  for (const id of namedBeyond(near, felt, changed.changes, whole)) near.add(id);
  const { left: _, ...drawing } = only(whole, near);
  return byNamespace({ ...drawing, edges: withoutPlainChanges(drawing) });
}

/** The objects that change, or from which something follows. */
function centresOf(changes: readonly Change[], { nodes }: Drawing): ReadonlySet<string> {
  const telling = new Set(
    changes.filter(({ consequences }) => consequences.length > 0).map(({ id }) => identityKey(id)),
  );
  const isCentre = ({ id, effect, outcome }: DrawnNode): boolean =>
    effect !== undefined || outcome !== undefined || telling.has(id);
  return new Set(nodes.filter(isCentre).map(({ id }) => id));
}

/** Which end of a dependence feels it when the other one changes. */
const FELT: Readonly<Record<DrawnRelation, 'from' | 'to' | 'both'>> = {
  routes: 'from',
  selects: 'from',
  mounts: 'from',
  connects: 'from',
  refers: 'from',
  guards: 'to',
  makes: 'to',
  grants: 'both',
  scales: 'both',
};

/** The objects that feel a change of each object. */
function feltBy(edges: readonly DrawnEdge[]): ReadonlyMap<string, readonly string[]> {
  const felt = new Map<string, string[]>();
  for (const { from, to, relation } of edges) {
    if (FELT[relation] !== 'to') push(felt, to, from);
    if (FELT[relation] !== 'from') push(felt, from, to);
  }
  return felt;
}

/** Objects one step further, which the sentence of a consequence names. */
function namedBeyond(
  near: ReadonlySet<string>,
  felt: ReadonlyMap<string, readonly string[]>,
  changes: readonly Change[],
  { nodes }: Drawing,
): string[] {
  const messages = changes.flatMap(({ consequences }) => consequences.map(({ message }) => message));
  const named = new Set(messages.flatMap((message) => message.match(OBJECT) ?? []));
  const beyond = new Set([...near].flatMap((id) => felt.get(id) ?? []));
  return nodes
    .filter((node) => beyond.has(node.id) && named.has(formatId({ apiVersion: '', ...node })))
    .map(({ id }) => id);
}

/** An object as sentences have it: `Deployment shop/api`. */
const OBJECT = /\b[A-Z]\w* [^\s,:;]*[^\s,:;.)]/g;

/** A dependence of an object that comes or goes needs no mark of its own, unless it is a connection. */
function withoutPlainChanges({ nodes, edges }: Drawing): DrawnEdge[] {
  const passing = new Set(
    nodes.filter(({ effect }) => effect === 'created' || effect === 'deleted').map(({ id }) => id),
  );
  return edges.map((edge) => {
    if (edge.change === undefined || edge.relation === 'connects' || !passing.has(edge.from)) return edge;
    const { change: _, ...plain } = edge;
    return plain;
  });
}

function byNamespace(drawing: Drawing): Drawing {
  const groups = new Map<string, DrawnGroup>();
  const nodes = drawing.nodes.map((node): DrawnNode => {
    const { namespace } = node;
    if (namespace === undefined) return node;
    const id = JSON.stringify([namespace, null]);
    groups.set(id, { id, namespace });
    return { ...node, group: id };
  });
  return { ...drawing, nodes, groups: [...groups.values()] };
}
