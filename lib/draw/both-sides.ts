import type { ClusterPair } from '../graph/clusters';
import { identityKey } from '../manifest/manifest';
import type { Change } from '../plan/change';
import { settledBy } from '../plan/consequences/settled';
import { allowedConnections } from './allowed-connections';
import { changedConnections } from './changed-connections';
import { drawDeclared } from './draw';
import type { Drawing, DrawnEdge, DrawnNode } from './drawing';

/** One cluster before and after a change, and what becomes of its objects. */
export interface ChangedCluster extends ClusterPair {
  /** The changes of this cluster alone. */
  readonly changes: readonly Change[];
}

/**
 * Both sides of a change in one drawing: objects with what becomes of them, and dependences that only one side has as
 * gained or lost. What the API server refuses leaves the rest as it was. An object under another name than the one that
 * it takes the place of is one node.
 */
export function drawBothSides(changed: ChangedCluster): Drawing {
  const { before, after, changes } = changed;
  const settled = settledBy(changes, after);
  const names = successors(changes);
  const [old, now] = [renamed(drawDeclared(before), names), drawDeclared(settled)];
  const refused = settled === after ? [] : [refusedIn(drawDeclared(after), changes)];
  const edges = new Edges();
  for (const edge of old.edges) edges.add(edge, 'lost');
  for (const edge of now.edges) edges.add(edge, 'gained');
  for (const edge of refused.flatMap((drawing) => drawing.edges)) edges.keep(edge);
  for (const connection of connectionsOf({ before, after: settled }, names)) edges.keep(connection);
  return {
    ...(after.environment !== undefined && { environment: after.environment }),
    nodes: marked(joined([now, old, ...refused]), old, changes),
    edges: edges.all,
    groups: [],
  };
}

/** The keys of objects that others take the place of, and of those. */
function successors(changes: readonly Change[]): ReadonlyMap<string, string> {
  return new Map(
    changes.flatMap(({ id, replaces }) =>
      replaces === undefined ? [] : [[identityKey(replaces), identityKey(id)] as const],
    ),
  );
}

/** A drawing in which some objects are known by other names. */
function renamed(drawing: Drawing, names: ReadonlyMap<string, string>): Drawing {
  if (names.size === 0) return drawing;
  const called = (id: string): string => names.get(id) ?? id;
  return {
    ...drawing,
    nodes: drawing.nodes.filter(({ id }) => !names.has(id)),
    edges: drawing.edges.map((edge) => ({ ...edge, from: called(edge.from), to: called(edge.to) })),
  };
}

/** Objects that the server refuses to create, and what they would depend on. */
function refusedIn({ nodes, edges }: Drawing, changes: readonly Change[]): Drawing {
  const refused = new Set(
    changes
      .filter(({ effect, before }) => effect === 'rejected' && before === undefined)
      .map(({ id }) => identityKey(id)),
  );
  const own = edges.filter(({ from }) => refused.has(from));
  const ends = new Set([...refused, ...own.map(({ to }) => to)]);
  return { nodes: nodes.filter(({ id }) => ends.has(id)), edges: own, groups: [] };
}

/** Each object once: as it will be, unless only the other side has it. */
function joined(drawings: readonly Drawing[]): DrawnNode[] {
  const found = new Map<string, DrawnNode>();
  for (const { nodes } of drawings)
    for (const node of nodes) {
      const known = found.get(node.id);
      if (known === undefined || (known.outside !== undefined && node.outside === undefined))
        found.set(node.id, node);
    }
  return [...found.values()];
}

function marked(nodes: readonly DrawnNode[], old: Drawing, changes: readonly Change[]): DrawnNode[] {
  const changeOf = new Map(changes.map((change) => [identityKey(change.id), change]));
  const replicas = new Map(old.nodes.map((node) => [node.id, node.replicas]));
  return nodes.map((node) => {
    const { group: _chart, ...rest } = node;
    const was = replicas.get(node.id);
    const isScaled = was !== undefined && node.replicas !== undefined && was !== node.replicas;
    return {
      ...rest,
      ...(isScaled && { replicas: `${was} → ${node.replicas ?? ''}` }),
      ...markOf(changeOf.get(node.id)),
    };
  });
}

function markOf(change: Change | undefined): Pick<DrawnNode, 'effect' | 'outcome' | 'replaces'> {
  if (change === undefined) return {};
  const { effect, kept, replaces, recreated } = change;
  if (kept !== undefined) return { outcome: 'kept' };
  return {
    ...(effect !== 'none' && { effect }),
    ...((replaces ?? recreated) !== undefined && { outcome: 'replaced' }),
    ...(replaces !== undefined && replaces.name !== change.id.name && { replaces: replaces.name }),
  };
}

/** The connections that policies allow on either side, with those that one of them closes. */
function connectionsOf(pair: ClusterPair, names: ReadonlyMap<string, string>): DrawnEdge[] {
  const keyOf = (id: Parameters<typeof identityKey>[0]): string =>
    names.get(identityKey(id)) ?? identityKey(id);
  const allowed = [pair.before, pair.after].flatMap((cluster) =>
    allowedConnections(cluster).map(({ from, to }): DrawnEdge => ({
      from: keyOf(from.id),
      to: keyOf(to.id),
      relation: 'connects',
    })),
  );
  const changed = changedConnections(pair).map((each): DrawnEdge => ({ ...each, relation: 'connects' }));
  return [...allowed, ...changed];
}

/** Dependences by their ends and relation, in the order in which they come. */
class Edges {
  readonly #found = new Map<string, DrawnEdge>();

  get all(): DrawnEdge[] {
    return [...this.#found.values()];
  }

  /** One that both sides have is neither gained nor lost. */
  add(edge: DrawnEdge, change: 'gained' | 'lost'): void {
    const key = keyOf(edge);
    const known = this.#found.get(key);
    if (known === undefined) this.#found.set(key, { ...edge, change });
    else if (known.change === 'lost' && change === 'gained') this.#found.set(key, edge);
  }

  /** One that is marked already: what policies say of a connection counts, whoever names the other end. */
  keep(edge: DrawnEdge): void {
    const key = keyOf(edge);
    if (!this.#found.has(key) || edge.change !== undefined) this.#found.set(key, edge);
  }
}

function keyOf({ from, to, relation }: DrawnEdge): string {
  return JSON.stringify([from, to, relation]);
}
