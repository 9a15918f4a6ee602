import type { ClusterProfile } from '../profiles/cluster-profile';
import type { Manifest } from '../manifest/manifest';
import { ManifestSet } from '../manifest/set';
import type { Cluster } from './cluster';
import type { ObjectReference, ReferenceGraph } from './reference';
import { referencesOf } from './sources/registry';
import { World } from './world';

export interface ReferencesOptions {
  /** Objects that are in the cluster already: they can be found, and are not looked at. @default none */
  readonly assume?: ManifestSet;
  /** What is known of the cluster. @default what the set knows of each environment's */
  readonly profile?: ClusterProfile;
}

/**
 * Everything that the objects of `set` refer to, by name or by labels, and where it is found. The objects of each
 * environment are looked for in that environment alone, and in what is assumed.
 *
 * The time it takes grows with the number of objects and of what they select.
 */
export function references(set: ManifestSet, options: ReferencesOptions = {}): ReferenceGraph {
  const { assume = ManifestSet.from([]), profile } = options;
  const environments = new Set([...set].map(({ origin }) => origin?.environment));
  const found = [...environments].flatMap((environment) => {
    const part = set.filter(({ origin }) => origin?.environment === environment);
    const known = environment === undefined ? undefined : set.clusters.get(environment);
    const world = new World({ set: part, assumed: assume, profile: profile ?? known ?? {} });
    return allReferences(world);
  });
  return graphOf(found);
}

/** What is known of the objects around a subject, for rules. */
export function worldOf(cluster: Cluster): World {
  return cluster.derived(makeWorld);
}

/** All references of a subject, for rules. */
export function referencesIn(cluster: Cluster): ReferenceGraph {
  return cluster.derived(makeGraph);
}

function makeWorld(cluster: Cluster): World {
  return new World(cluster);
}

function makeGraph(cluster: Cluster): ReferenceGraph {
  return graphOf(allReferences(worldOf(cluster)));
}

function allReferences(world: World): ObjectReference[] {
  return world.set.manifests.flatMap((manifest) => [...referencesOf(world, manifest)]);
}

function graphOf(all: readonly ObjectReference[]): ReferenceGraph {
  const from = new Map<Manifest, ObjectReference[]>();
  const to = new Map<Manifest, ObjectReference[]>();
  for (const reference of all) {
    add(from, reference.from, reference);
    const { found } = reference;
    for (const manifest of found === undefined ? [] : [found].flat()) add(to, manifest, reference);
  }
  return {
    references: all,
    from: (manifest) => from.get(manifest) ?? [],
    to: (manifest) => to.get(manifest) ?? [],
  };
}

function add(map: Map<Manifest, ObjectReference[]>, key: Manifest, value: ObjectReference): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
