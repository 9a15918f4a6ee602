import { SEVERITIES, type Finding, type Severity } from '../check/finding';
import { allowedConnections } from './allowed-connections';
import type { Cluster, ClusterOptions } from '../graph/cluster';
import { clustersOf } from '../graph/clusters';
import { podsByOwner } from '../graph/pods';
import { bindingsIn } from '../graph/bindings';
import type { ObjectReference, Resolution, Target } from '../graph/reference';
import { referencesIn } from '../graph/references';
import { replicasOf } from '../graph/replicas';
import { groupOf, identityKey, type Manifest } from '../manifest/manifest';
import type { ManifestSet } from '../manifest/set';
import type { Effect } from '../plan/effects';
import type { Change } from '../plan/change';
import type { Drawing, DrawnEdge, DrawnGroup, DrawnNode, DrawnRelation } from './drawing';
import { relationOf, shapeOf } from './shapes';

/** What a drawing shows beside the objects. */
export interface DrawOptions extends ClusterOptions {
  /** Marks each object with its worst finding. @default no marks */
  readonly findings?: readonly Finding[];
  /** Marks each object with what a plan does to it. @default no marks */
  readonly changes?: readonly Change[];
}

/**
 * The application as a graph: one drawing for each cluster that the objects are for, in the order of the environments'
 * names. Nodes are in the order of the set; objects that are named and not in it follow.
 *
 * It takes time linear in the objects and in what they select.
 *
 * @throws SeaworthyError UNKNOWN_KUBERNETES
 */
export function draw(set: ManifestSet, options: DrawOptions = {}): Drawing[] {
  return clustersOf(set, options).map((cluster) => drawCluster(cluster, options));
}

function drawCluster(cluster: Cluster, options: DrawOptions): Drawing {
  const pad = padOf(cluster, options);
  for (const { from, to } of allowedConnections(cluster))
    pad.edge(pad.object(from), pad.object(to), 'connects');
  return pad.drawing();
}

/** The objects of a cluster with what their fields say of one another, and no connection that only policies allow. */
export function drawDeclared(cluster: Cluster): Drawing {
  return padOf(cluster, {}).drawing();
}

function padOf(cluster: Cluster, options: DrawOptions): Pad {
  const pad = new Pad(cluster, options);
  for (const manifest of cluster.set) pad.object(manifest);
  for (const reference of referencesIn(cluster).references) pad.reference(reference);
  for (const { manifest, subjects } of bindingsIn(cluster))
    for (const { kind, name } of subjects) if (PEOPLE.has(kind)) pad.subject(manifest, kind, name.text);
  return pad;
}

/** Subjects that are no objects. */
const PEOPLE: ReadonlySet<string> = new Set(['User', 'Group']);

/** A drawing that is being made. */
class Pad {
  readonly #cluster: Cluster;
  readonly #findings: ReadonlyMap<string, Severity>;
  readonly #effects: ReadonlyMap<string, Effect>;
  readonly #nodes = new Map<string, DrawnNode>();
  readonly #edges = new Map<string, DrawnEdge>();
  readonly #groups = new Map<string, DrawnGroup>();

  constructor(cluster: Cluster, { findings = [], changes = [] }: DrawOptions) {
    this.#cluster = cluster;
    this.#findings = worstFindings(findings, cluster.environment);
    const own = changes.filter(({ origin }) => origin?.environment === cluster.environment);
    this.#effects = new Map(own.map(({ id, effect }) => [identityKey(id), effect]));
  }

  drawing(): Drawing {
    const { environment } = this.#cluster;
    return {
      ...(environment !== undefined && { environment }),
      nodes: [...this.#nodes.values()],
      edges: [...this.#edges.values()],
      groups: [...this.#groups.values()],
    };
  }

  /** Draws an object unless it is there. @returns its `id` */
  object(manifest: Manifest, outside?: DrawnNode['outside']): string {
    const { id: object, origin } = manifest;
    const id = identityKey(object);
    if (this.#nodes.has(id)) return id;
    const replicas = outside === undefined ? this.#replicas(manifest) : undefined;
    const [finding, effect] = [this.#findings.get(id), this.#effects.get(id)];
    this.#nodes.set(id, {
      id,
      kind: object.kind,
      apiGroup: groupOf(object.apiVersion),
      ...(object.namespace !== undefined && { namespace: object.namespace }),
      name: object.name,
      ...this.#group(object.namespace, origin?.chart),
      shape: shapeOf(object.kind, podsByOwner(this.#cluster).has(manifest)),
      ...(replicas !== undefined && { replicas }),
      ...(outside !== undefined && { outside }),
      ...(finding !== undefined && { finding }),
      ...(effect !== undefined && { effect }),
      ...(origin?.construct !== undefined && { construct: origin.construct }),
      ...(origin?.source !== undefined && { source: origin.source }),
    });
    return id;
  }

  reference(reference: ObjectReference): void {
    const relation = relationOf(reference);
    if (relation === undefined) return;
    const from = this.object(reference.from);
    if (reference.type === 'selects') {
      for (const found of reference.found) this.edge(from, this.object(found), relation);
      return;
    }
    const { found, resolution, target, optional } = reference;
    // What every cluster has says something about an application only where it is granted.
    if (resolution === 'builtin' && relation !== 'grants') return;
    if (resolution === 'set' && found !== undefined) this.edge(from, this.object(found), relation, optional);
    else if (resolution === 'assumed' && found !== undefined)
      this.edge(from, this.object(found, 'assumed'), relation, optional);
    else {
      const to = this.#target(target, OUTSIDE[resolution]);
      this.edge(from, to, relation, optional);
      if (resolution === 'derived' && found !== undefined) this.edge(this.object(found), to, 'makes');
    }
  }

  /** Draws to whom a binding grants a role, where that is no object. */
  subject(binding: Manifest, kind: string, name: string): void {
    const to = this.#target({ group: 'rbac.authorization.k8s.io', kind, name }, 'unknown');
    this.edge(this.object(binding), to, 'grants');
  }

  edge(from: string, to: string, relation: DrawnRelation, optional = false): void {
    if (from === to) return;
    const key = JSON.stringify([from, to, relation]);
    const known = this.#edges.get(key);
    if (known !== undefined && (known.optional !== true || optional)) return;
    this.#edges.set(key, { from, to, relation, ...(optional && { optional }) });
  }

  /** Draws an object of which only the name is known. @returns its `id` */
  #target({ group, kind, namespace, name }: Target, outside: DrawnNode['outside']): string {
    const apiVersion = group === '' ? 'v1' : `${group}/v1`;
    const id = { apiVersion, kind, name, ...(namespace !== undefined && { namespace }) };
    return this.object({ id, object: { apiVersion, kind, metadata: { name } } }, outside);
  }

  #replicas(manifest: Manifest): string | undefined {
    const replicas = replicasOf(this.#cluster, manifest);
    if (replicas === undefined) return undefined;
    return replicas.min === replicas.max ? String(replicas.min) : `${replicas.min}-${replicas.max}`;
  }

  #group(namespace: string | undefined, chart: string | undefined): { readonly group?: string } {
    if (namespace === undefined && chart === undefined) return {};
    const id = JSON.stringify([namespace ?? null, chart ?? null]);
    if (!this.#groups.has(id))
      this.#groups.set(id, {
        id,
        ...(namespace !== undefined && { namespace }),
        ...(chart !== undefined && { chart }),
      });
    return { group: id };
  }
}

/** How what a field names is drawn; `set` and `assumed` come with the object, which others lack. */
const OUTSIDE: Readonly<Record<Resolution, NonNullable<DrawnNode['outside']>>> = {
  set: 'unknown',
  assumed: 'assumed',
  derived: 'derived',
  builtin: 'builtin',
  unknown: 'unknown',
  missing: 'missing',
};

function worstFindings(
  findings: readonly Finding[],
  environment: string | undefined,
): ReadonlyMap<string, Severity> {
  const worst = new Map<string, Severity>();
  for (const { id, severity, origin } of findings) {
    if (origin?.environment !== environment) continue;
    const key = identityKey(id);
    const known = worst.get(key);
    if (known === undefined || SEVERITIES.indexOf(severity) < SEVERITIES.indexOf(known))
      worst.set(key, severity);
  }
  return worst;
}
