import { dirname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { grouped } from '../../kube/grouped';
import type { Manifest } from '../../manifest/manifest';
import { parseSource } from '../../manifest/source';
import type { FileManifests } from './manifests';
import { keysOf, placesOf } from './places';

/** What is applied as a whole: the files of a folder, what a kustomization builds, or one file of several to choose from. */
export interface Unit {
  readonly name: string;
  readonly manifests: readonly Manifest[];
  /** The keys of its objects, but for Namespaces that every folder may repeat. */
  readonly keys: readonly string[];
  /** The folder of a file that is applied instead of others there. @default it is no such file */
  readonly folder?: string;
}

/** The name of the manifests that no kustomization builds. */
const FILES = 'files';

/**
 * What was read, by what is applied as a whole. Files that the user names one by one are one unit. Of a folder, folders
 * below it that hold the same objects are apart, and so are the files of a folder that do.
 */
export function unitsOf({ manifests, built, folders }: FileManifests): Unit[] {
  const repeated = repeatedNamespaces([manifests, ...built.map((each) => each.manifests)].flat());
  const unitOf = (name: string, own: readonly Manifest[], folder?: string): Unit => ({
    name,
    manifests: own,
    keys: keysOf(own.filter((manifest) => !repeated.has(manifest))),
    ...(folder !== undefined && { folder }),
  });
  const kustomized = built.map((each) => unitOf(each.name, each.manifests));
  if (!folders) return [...(manifests.length > 0 ? [unitOf(FILES, manifests)] : []), ...kustomized];
  const files = [...grouped(manifests, fileOf)].map(([path, own]) => ({ path, manifests: own }));
  const counted = files.map(({ path, manifests: own }) => ({
    path,
    manifests: own.filter((manifest) => !repeated.has(manifest)),
  }));
  const placeOf = placesOf([counted]);
  const places = grouped(files, ({ path }) => placeOf(path));
  const chosen = foldersToChooseFrom(counted);
  const ofFiles = [...places].flatMap(([place, all]) => {
    const single = all.filter(({ path }) => chosen.has(dirname(path)));
    const whole = all.filter(({ path }) => !chosen.has(dirname(path))).flatMap((file) => file.manifests);
    const name = place === '' || (places.size === 1 && chosen.size === 0) ? FILES : place;
    return [
      ...(whole.length > 0 ? [unitOf(name, whole)] : []),
      ...single.map((file) => unitOf(file.path, file.manifests, dirname(file.path))),
    ];
  });
  return [...ofFiles, ...kustomized];
}

interface File {
  readonly path: string;
  readonly manifests: readonly Manifest[];
}

function fileOf({ origin }: Manifest): string {
  return parseSource(origin?.source)?.file ?? '';
}

/** Namespaces that several files define, all equally: each folder brings its own. */
function repeatedNamespaces(manifests: readonly Manifest[]): ReadonlySet<Manifest> {
  const namespaces = manifests.filter(({ id }) => id.kind === 'Namespace' && id.apiVersion === 'v1');
  const byName = [...grouped(namespaces, ({ id }) => id.name).values()];
  return new Set(byName.filter(([first, ...more]) => more.every((each) => isSame(first, each))).flat());
}

/** The folders in which two files define the same object: their files are applied one by one. */
function foldersToChooseFrom(files: readonly File[]): ReadonlySet<string> {
  const byFolder = grouped(files, ({ path }) => dirname(path));
  return new Set([...byFolder].filter(([, own]) => areChosenFrom(own)).map(([folder]) => folder));
}

function areChosenFrom(files: readonly File[]): boolean {
  const holders = new Map<string, string>();
  return files.some(({ path, manifests }) =>
    keysOf(manifests).some((key) => {
      const other = holders.get(key) ?? path;
      holders.set(key, other);
      return other !== path;
    }),
  );
}

/** Whether two manifests say the same. */
export function isSame(one: Manifest | undefined, other: Manifest): boolean {
  return isDeepStrictEqual(one?.object, other.object);
}
