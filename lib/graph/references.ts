import { push } from '../kube/grouped';
import type { ClusterProfile } from '../profiles/cluster-profile';
import type { Manifest } from '../manifest/manifest';
import type { ManifestSet } from '../manifest/set';
import type { Cluster } from './cluster';
import { clustersOf } from './clusters';
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
 * It takes time linear in the number of objects and of what they select.
 */
export function references(set: ManifestSet, options: ReferencesOptions = {}): ReferenceGraph {
  return graphOf(clustersOf(set, options).flatMap((cluster) => allReferences(worldOf(cluster))));
}

/** What is known of the objects around a cluster's objects, for rules. */
export function worldOf(cluster: Cluster): World {
  return cluster.derived(makeWorld);
}

/** All references between the objects of a cluster, for rules. */
export function referencesIn(cluster: Cluster): ReferenceGraph {
  return cluster.derived(makeGraph);
}

function makeWorld(cluster: Cluster): World {
  return new World(cluster);
}

/** What single objects refer to is read when it is asked for, and all the rest with the first question about all. */
function makeGraph(cluster: Cluster): ReferenceGraph {
  const own = new Map<Manifest, readonly ObjectReference[]>();
  let all: ReferenceGraph | undefined;
  const graph = (): ReferenceGraph =>
    (all ??= graphOf(cluster.set.manifests.flatMap((manifest) => from(manifest))));
  const from = (manifest: Manifest): readonly ObjectReference[] => {
    let found = own.get(manifest);
    if (found === undefined) own.set(manifest, (found = referencesOf(worldOf(cluster), manifest)));
    return found;
  };
  return {
    get references() {
      return graph().references;
    },
    from: (manifest) => (cluster.derived(judgedManifests).has(manifest) ? from(manifest) : []),
    to: (manifest) => graph().to(manifest),
  };
}

function judgedManifests({ set }: Cluster): ReadonlySet<Manifest> {
  return new Set(set);
}

function allReferences(world: World): ObjectReference[] {
  return world.set.manifests.flatMap((manifest) => [...referencesOf(world, manifest)]);
}

function graphOf(all: readonly ObjectReference[]): ReferenceGraph {
  const from = new Map<Manifest, ObjectReference[]>();
  for (const reference of all) push(from, reference.from, reference);
  let to: ((manifest: Manifest) => readonly ObjectReference[]) | undefined;
  return {
    references: all,
    from: (manifest) => from.get(manifest) ?? [],
    to: (manifest) => (to ??= backwards(all))(manifest),
  };
}

/** What refers to each object. What selects the same objects is a list that they share. */
function backwards(all: readonly ObjectReference[]): (manifest: Manifest) => readonly ObjectReference[] {
  const positions = new Map(all.map((reference, index) => [reference, index]));
  const naming = new Map<Manifest, ObjectReference[]>();
  const bySelection = new Map<readonly Manifest[], ObjectReference[]>();
  const selections = new Map<Manifest, (readonly ObjectReference[])[]>();
  for (const reference of all) {
    if (reference.type === 'selects') push(bySelection, reference.found, reference);
    else if (reference.found !== undefined) push(naming, reference.found, reference);
  }
  for (const [selected, same] of bySelection)
    for (const manifest of selected) push(selections, manifest, same);
  const position = (reference: ObjectReference): number => positions.get(reference) ?? 0;
  return (manifest) => {
    const selecting = selections.get(manifest);
    const named = naming.get(manifest) ?? [];
    if (selecting === undefined) return named;
    return [...named, ...selecting.flat()].sort((a, b) => position(a) - position(b));
  };
}
