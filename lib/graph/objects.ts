import { grouped } from '../kube/grouped';
import { groupOf } from '../kube/schema';
import type { Manifest } from '../manifest/manifest';
import type { ManifestSet } from '../manifest/set';
import { Field } from '../manifest/field';
import type { Cluster } from './cluster';
import { keptIn } from './kept';

/** One object with its fields to read, as its author wrote them: they may hold anything, but for what the server drops. */
export interface Entry {
  readonly manifest: Manifest;
  readonly root: Field;
  /** Where it lives; `default` where the manifest does not say. */
  readonly namespace: string;
}

/** Objects by group and kind, in the order of the set: those of a kind are read when somebody asks for it. */
class KindIndex {
  readonly #cluster: Cluster;
  readonly #manifests: ReadonlyMap<string, readonly Manifest[]>;
  readonly #entries = new Map<string, readonly Entry[]>();

  constructor(cluster: Cluster, set: ManifestSet) {
    this.#cluster = cluster;
    this.#manifests = grouped(set, kindKey);
  }

  manifests(kind: string): readonly Manifest[] {
    return this.#manifests.get(kind) ?? [];
  }

  get(kind: string): readonly Entry[] {
    let entries = this.#entries.get(kind);
    if (entries === undefined) {
      entries = this.manifests(kind).map((manifest) => ({
        manifest,
        root: Field.root(keptIn(this.#cluster, manifest)),
        namespace: manifest.id.namespace ?? 'default',
      }));
      this.#entries.set(kind, entries);
    }
    return entries;
  }
}

/** The objects to judge of one kind in any version, by group and kind: `apps/Deployment`, `/Service`. */
export function objectsOf(cluster: Cluster, kind: string): readonly Entry[] {
  return cluster.derived(judged).get(kind);
}

/** Those to judge and, after them, those that are in the cluster already. */
export function knownOf(cluster: Cluster, kind: string): readonly Entry[] {
  const already = cluster.derived(assumed).get(kind);
  return already.length === 0 ? objectsOf(cluster, kind) : [...objectsOf(cluster, kind), ...already];
}

/** The manifests of `objectsOf`, of which nothing is read. */
export function manifestsOf(cluster: Cluster, kind: string): readonly Manifest[] {
  return cluster.derived(judged).manifests(kind);
}

/** The manifests of `knownOf`, of which nothing is read. */
export function knownManifests(cluster: Cluster, kind: string): readonly Manifest[] {
  return [...manifestsOf(cluster, kind), ...cluster.derived(assumed).manifests(kind)];
}

/** `group/Kind` of an object, the key of these indexes. */
export function kindKey({ id: { apiVersion, kind } }: Manifest): string {
  return `${groupOf(apiVersion)}/${kind}`;
}

/** Every object to judge, by kind. */
function judged(cluster: Cluster): KindIndex {
  return new KindIndex(cluster, cluster.set);
}

/** Every object that is in the cluster already, by kind. */
function assumed(cluster: Cluster): KindIndex {
  return new KindIndex(cluster, cluster.assumed);
}
