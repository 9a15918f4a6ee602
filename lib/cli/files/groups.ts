import { grouped } from '../../kube/grouped';
import { identityKey, type Manifest } from '../../manifest/manifest';
import { parseSource } from '../../manifest/source';
import { keysOf, placesOf } from './places';
import type { FileManifests } from './manifests';

/** Manifests for one cluster. */
export interface Group {
  /** What it is made of: folders. @default there is one group */
  readonly name?: string;
  readonly manifests: readonly Manifest[];
  /** Objects of other groups that may be in the same cluster. */
  readonly others: readonly Manifest[];
}

/** A folder, or what a kustomization builds: what is applied as a whole. */
interface Unit {
  readonly name: string;
  readonly manifests: readonly Manifest[];
  readonly keys: readonly string[];
}

/** The name of the manifests that no kustomization builds. */
const FILES = 'files';

/**
 * Splits what was read into sets for one cluster each. Folders that hold the same objects, and kustomizations that build
 * the same, are for different clusters, as those of environments are: they are no duplicates. Each joins the first group
 * that has none of its objects.
 */
export function groupsOf({ manifests, built, folders }: FileManifests): Group[] {
  const places = [...placesIn(manifests, folders)].map(([name, own]) =>
    unitOf(name === '' ? FILES : name, own),
  );
  const units = [...places, ...built.map((folder) => unitOf(folder.name, folder.manifests))];
  const groups: { readonly units: Unit[]; readonly keys: Set<string> }[] = [];
  for (const unit of units) {
    let group = groups.find(({ keys }) => !unit.keys.some((key) => keys.has(key)));
    if (group === undefined) groups.push((group = { units: [], keys: new Set() }));
    group.units.push(unit);
    for (const key of unit.keys) group.keys.add(key);
  }
  if (groups.length === 0) return [{ manifests: [], others: [] }];
  return groups.map(({ units: own, keys }) => ({
    ...(groups.length > 1 && { name: nameOf(own) }),
    manifests: own.flatMap((unit) => unit.manifests),
    others: groups.length > 1 ? beside(own, keys, units) : [],
  }));
}

function unitOf(name: string, manifests: readonly Manifest[]): Unit {
  return { name, manifests, keys: keysOf(manifests) };
}

/** The objects of units beside `own`, each once. A unit that has one of its objects is for another cluster. */
function beside(own: readonly Unit[], keys: ReadonlySet<string>, units: readonly Unit[]): Manifest[] {
  const others = new Map<string, Manifest>();
  for (const unit of units) {
    if (own.includes(unit) || unit.keys.some((key) => keys.has(key))) continue;
    for (const manifest of unit.manifests) {
      const key = identityKey(manifest.id);
      if (!others.has(key)) others.set(key, manifest);
    }
  }
  return [...others.values()];
}

/** The manifests of files by their places: one, unless whole folders were named and some hold the same. */
function placesIn(manifests: readonly Manifest[], folders: boolean): Map<string, Manifest[]> {
  if (!folders) return new Map([['', [...manifests]]]);
  const files = grouped(manifests, ({ origin }) => parseSource(origin?.source)?.file ?? '');
  const placed = [...files].map(([path, own]) => ({ path, manifests: own }));
  const placeOf = placesOf([placed]);
  const places = grouped(placed, ({ path }) => placeOf(path));
  return new Map(
    [...places].map(([place, all]) => [
      places.size === 1 ? '' : place,
      all.flatMap((file) => file.manifests),
    ]),
  );
}

function nameOf([first, ...more]: readonly Unit[]): string {
  const name = first?.name ?? FILES;
  return more.length === 0 ? name : `${name} and ${more.length} more`;
}
