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

/** Objects by group and kind, in the order of the set. */
export type KindIndex = ReadonlyMap<string, readonly Entry[]>;

/** The objects to judge of one kind in any version, by group and kind: `apps/Deployment`, `/Service`. */
export function objectsOf(cluster: Cluster, kind: string): readonly Entry[] {
  return cluster.derived(judged).get(kind) ?? [];
}

/** Those to judge and, after them, those that are in the cluster already. */
export function knownOf(cluster: Cluster, kind: string): readonly Entry[] {
  const already = cluster.derived(assumed).get(kind);
  return already === undefined ? objectsOf(cluster, kind) : [...objectsOf(cluster, kind), ...already];
}

/** `group/Kind` of an object, the key of these indexes. */
export function kindKey({ id: { apiVersion, kind } }: Manifest): string {
  return `${groupOf(apiVersion)}/${kind}`;
}

/** Every object to judge, by kind. */
export function judged(cluster: Cluster): KindIndex {
  return byKind(cluster, cluster.set);
}

/** Every object that is in the cluster already, by kind. */
export function assumed(cluster: Cluster): KindIndex {
  return byKind(cluster, cluster.assumed);
}

function byKind(cluster: Cluster, set: ManifestSet): KindIndex {
  const found = new Map<string, Entry[]>();
  for (const manifest of set) {
    const entry = {
      manifest,
      root: Field.root(keptIn(cluster, manifest)),
      namespace: manifest.id.namespace ?? 'default',
    };
    const key = kindKey(manifest);
    const list = found.get(key);
    if (list === undefined) found.set(key, [entry]);
    else list.push(entry);
  }
  return found;
}
