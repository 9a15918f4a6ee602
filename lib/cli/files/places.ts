import { identityKey, isGenerated, type Manifest } from '../../manifest/manifest';

/** The manifests of a file. */
export interface Placed {
  readonly path: string;
  readonly manifests: readonly Manifest[];
}

/**
 * Finds the clusters of an output without its app: folders that hold the same objects are for different clusters, as
 * those of environments are.
 *
 * @param sides the files of both sides, which have the same places
 */
export function placesOf(sides: readonly (readonly Placed[])[]): (path: string) => string {
  const places = new Map<string, string>();
  const all = sides.map((files) => files.map((file) => ({ ...file, keys: keysOf(file.manifests) })));
  divide(all, 0, places);
  return (path) => places.get(path) ?? '';
}

/** Whether files of one side hold the same object in two folders: then these are for different clusters. */
export function areForSeveral(sides: readonly (readonly Placed[])[]): boolean {
  return sides.some((files) => holdsTwice(files.map((file) => ({ ...file, keys: keysOf(file.manifests) }))));
}

type Keyed = Placed & { readonly keys: readonly string[] };

/** The keys of manifests; none of those whose names the API server makes up, which are never the same. */
export function keysOf(manifests: readonly Manifest[]): string[] {
  return manifests.filter(({ object }) => !isGenerated(object)).map(({ id }) => identityKey(id));
}

/** Sets the place of each file; all files are in one folder, `depth` deep. */
function divide(sides: readonly (readonly Keyed[])[], depth: number, places: Map<string, string>): void {
  if (!sides.some(holdsTwice)) {
    const paths = sides.flat().map(({ path }) => path);
    const place = sharedFolder(paths);
    for (const path of paths) places.set(path, place);
    return;
  }
  const folders = new Set(sides.flat().map(({ path }) => beginning(path, depth + 1)));
  for (const folder of folders) {
    const inside = sides.map((files) => files.filter(({ path }) => beginning(path, depth + 1) === folder));
    if (folder.split('/').length - 1 > depth) divide(inside, depth + 1, places);
    else for (const { path } of inside.flat()) places.set(path, folder.slice(0, -1));
  }
}

/** Whether one object is in two folders. */
function holdsTwice(files: readonly Keyed[]): boolean {
  const folders = new Map<string, string>();
  return files.some(({ path, keys }) => {
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    return keys.some((key) => {
      const other = folders.get(key) ?? folder;
      folders.set(key, other);
      return other !== folder;
    });
  });
}

/** The deepest folder that holds all files. */
function sharedFolder([first = '', ...more]: readonly string[]): string {
  let folder = first.slice(0, first.lastIndexOf('/') + 1);
  while (!more.every((path) => path.startsWith(folder)))
    folder = folder.slice(0, folder.lastIndexOf('/', folder.length - 2) + 1);
  return folder.slice(0, -1);
}

/** The first `depth` folders of a path. */
export function beginning(path: string, depth: number): string {
  const folders = path.split('/').slice(0, -1).slice(0, depth);
  return folders.map((folder) => `${folder}/`).join('');
}
