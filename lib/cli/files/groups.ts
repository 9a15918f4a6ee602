import type { Around } from '../../graph/around';
import { Cluster } from '../../graph/cluster';
import { grouped } from '../../kube/grouped';
import { identityKey, isGenerated, type Manifest } from '../../manifest/manifest';
import { ManifestSet } from '../../manifest/set';
import { aroundOf } from '../../graph/surroundings';
import { definitionsFor } from './definitions';
import type { FileManifests } from './manifests';
import { unitsOf, type Unit } from './units';

/** Manifests that are judged as one set. */
export interface Group {
  /** What it is made of: a folder or a file. @default there is one group */
  readonly name?: string;
  readonly manifests: readonly Manifest[];
  /** Definitions of its kinds in other groups. */
  readonly definitions: readonly Manifest[];
  /** Definitions of its kinds in other groups that differ, so that nobody knows which one the cluster has. @default none */
  readonly contested?: readonly Manifest[];
  /** The objects of other groups that may be in the same cluster. */
  readonly around?: Around;
  /** Objects of the same names in files before it in its folder, by their keys. */
  readonly alternatives?: ReadonlyMap<string, Manifest>;
}

/**
 * Splits what was read into sets that are judged one by one. Where no object is there twice, it is one set. Else each unit
 * is one: nothing proves which of them are applied together, so that none has to fit another, and what one lacks the next
 * may bring.
 */
export function groupsOf(read: FileManifests): Group[] {
  const units = unitsOf(read);
  if (!collide(units)) return [{ manifests: units.flatMap((unit) => unit.manifests), definitions: [] }];
  const all = new Cluster(ManifestSet.from(units.flatMap((unit) => unit.manifests)));
  const owners = new Map(
    units.flatMap((unit) => unit.manifests.map((manifest) => [manifest, unit] as const)),
  );
  const foreign = definitionsFor(units);
  const firsts = firstsByFolder(units);
  return units.map((unit) => {
    const isApart = apartFrom(unit);
    return {
      name: unit.name,
      manifests: unit.manifests,
      ...foreign(unit),
      around: aroundOf(all, (manifest) => {
        const owner = owners.get(manifest);
        return owner !== undefined && owner !== unit && !isApart(owner);
      }),
      ...(unit.folder !== undefined && { alternatives: beforeIn(firsts.get(unit.folder), unit) }),
    };
  });
}

/** Whether two units have an object of one name, or one of them is a file to choose. */
function collide(units: readonly Unit[]): boolean {
  const seen = new Set<string>();
  return units.some(({ keys, folder }) => {
    if (folder !== undefined) return true;
    const isSeen = keys.some((key) => seen.has(key));
    for (const key of keys) seen.add(key);
    return isSeen;
  });
}

/** Whether a unit is for another cluster: it has one of the same objects, and is no file of the same folder. */
function apartFrom({ folder, keys }: Unit): (other: Unit) => boolean {
  const own = new Set(keys);
  const known = new Map<Unit, boolean>();
  return (other) => {
    const isSibling = folder !== undefined && other.folder === folder;
    const isApart = known.get(other) ?? (!isSibling && other.keys.some((key) => own.has(key)));
    known.set(other, isApart);
    return isApart;
  };
}

type ByKey = ReadonlyMap<string, Manifest>;

/** The first object of each name among the files of a folder that are applied one by one. */
function firstsByFolder(units: readonly Unit[]): ReadonlyMap<string | undefined, ByKey> {
  const firstsOf = (own: readonly Unit[]): ByKey =>
    new Map(
      own
        .flatMap(({ manifests }) => manifests)
        .filter(({ object }) => !isGenerated(object))
        .map((manifest) => [identityKey(manifest.id), manifest] as const)
        .toReversed(),
    );
  return new Map([...grouped(units, ({ folder }) => folder)].map(([folder, own]) => [folder, firstsOf(own)]));
}

function beforeIn(firsts: ByKey = new Map(), { manifests }: Unit): ByKey {
  const own = new Set(manifests);
  return new Map(
    manifests.flatMap(({ id }) => {
      const first = firsts.get(identityKey(id));
      return first === undefined || own.has(first) ? [] : [[identityKey(id), first] as const];
    }),
  );
}
