import { SeaworthyError } from '../../errors';
import type { Target } from '../../graph/reference';
import { kindTable } from '../../kube/schema/kind-table';
import { groupOf, identify, identityKey, type KubeObject, type ObjectId } from '../../manifest/manifest';
import { textAt } from '../fields';
import type { Cluster } from '../client/cluster';
import { listObjects } from '../client/objects';
import { Resources, type ApiResource } from '../client/resources';
import { readLive } from './read';
import { withoutValues } from './without-values';
import type { KindPlace, Surroundings } from './surroundings-types';

type Kind = Pick<ObjectId, 'apiVersion' | 'kind'>;

/** How a kind is listed. */
interface ListOptions {
  readonly namespace?: string;
  /** Objects whose values decide, as those of params do. @default none */
  readonly keepsValues?: (object: KubeObject) => boolean;
}

/** Reads what is around manifests, and keeps what is known of it. */
export class LiveReader {
  readonly cluster: Cluster;
  readonly signal: AbortSignal | undefined;
  readonly resources: Resources;
  readonly #objects = new Map<string, KubeObject>();
  readonly #kept = new Set<string>();
  readonly #listed = new Map<string, KindPlace>();
  readonly #missing = new Map<string, Target>();
  readonly #unread = new Map<string, KindPlace>();

  constructor(cluster: Cluster, signal: AbortSignal | undefined) {
    this.cluster = cluster;
    this.signal = signal;
    this.resources = new Resources(cluster);
  }

  /** Keeps all objects of a kind, and returns them as the server has them. */
  async list(kind: Kind, { namespace, keepsValues = () => false }: ListOptions = {}): Promise<KubeObject[]> {
    const resource = await this.resources.of(kind);
    if (resource === undefined) return [];
    const place = placeOf(resource, namespace);
    try {
      const objects = await listObjects(this.cluster, resource, { namespace }, this.signal);
      for (const object of objects) this.add(object, keepsValues(object));
      this.#listed.set(keyOf(place), place);
      return objects;
    } catch (error) {
      if (!(error instanceof SeaworthyError) || error.code !== 'CLUSTER_FORBIDDEN') throw error;
      this.#unread.set(keyOf(place), place);
      return [];
    }
  }

  /** Keeps single objects, as far as they exist. */
  async read(ids: readonly ObjectId[]): Promise<void> {
    const { objects, unread } = await readLive(this.cluster, ids, this.signal, this.resources);
    for (const object of objects.values()) this.add(object);
    const hidden = new Set(unread.flatMap((each) => each.ids.map(identityKey)));
    for (const { apiVersion, kind, plural, namespace } of unread) {
      const place = placeOf({ apiVersion, kind, plural, namespaced: namespace !== undefined }, namespace);
      this.#unread.set(keyOf(place), place);
    }
    for (const { apiVersion, ...id } of ids) {
      const key = identityKey({ apiVersion, ...id });
      if (!hidden.has(key) && !objects.has(key))
        this.#missing.set(key, { group: groupOf(apiVersion), ...id });
    }
  }

  /** Keeps an object, unless it is none of anybody's manifests. */
  add(object: KubeObject | undefined, keepsValues = false): void {
    if (object === undefined) return;
    const key = identityKey(identify(object));
    if (this.#kept.has(key)) return;
    const shown = withoutValues(object, keepsValues);
    if (shown === undefined) return;
    if (keepsValues) this.#kept.add(key);
    this.#objects.set(key, shown);
  }

  /** The version in which the server has a kind. */
  async versionOf(group: string, kind: string): Promise<string | undefined> {
    const builtin = [...kindTable].filter(
      ([version, kinds]) => groupOf(version) === group && kinds.has(kind),
    );
    const stable = builtin.find(([version]) => /(^|\/)v\d+$/.test(version)) ?? builtin[0];
    if (stable !== undefined || group === '') return stable?.[0];
    const path = `/apis/${encodeURIComponent(group)}`;
    const answer = await this.cluster.request({ method: 'GET', path, signal: this.signal });
    const version =
      answer.refusal === undefined ? textAt(answer.body, 'preferredVersion', 'groupVersion') : '';
    return version === '' ? undefined : version;
  }

  found(): Surroundings {
    const sorted = <T>(all: ReadonlyMap<string, T>): T[] =>
      [...all].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
    return {
      kubernetes: this.cluster.version,
      namespace: this.cluster.namespace,
      objects: sorted(this.#objects),
      listed: sorted(this.#listed),
      missing: sorted(this.#missing),
      unread: sorted(this.#unread),
    };
  }
}

function placeOf({ apiVersion, kind, plural, namespaced }: ApiResource, namespace?: string): KindPlace {
  const place = { group: groupOf(apiVersion), kind, plural };
  return namespaced && namespace !== undefined ? { ...place, namespace } : place;
}

function keyOf({ group, kind, namespace = '' }: KindPlace): string {
  return `${group}/${kind}/${namespace}`;
}
