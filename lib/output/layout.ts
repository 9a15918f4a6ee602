import { SeaworthyError } from '../errors';
import { identityKey, type Manifest } from '../manifest/manifest';
import { fileStem, fold, folderName, withHash } from './file-name';

/** `chart`: one file per chart. `object`: one file per object, in a folder per chart. */
export type Layout = 'chart' | 'object';

export interface LayoutOptions {
  /** Folder that holds everything of one app. @default no such folder */
  readonly app?: string;
  /** How objects are spread over files. @default 'chart' */
  readonly layout?: Layout;
  /** `construct` adds annotations that name the construct and the line of each object. @default none */
  readonly annotations?: 'construct';
}

/** A planned file: the folders above it as authored, its name before hashes, and its manifests. */
interface Place {
  readonly folders: readonly string[];
  readonly stem: string;
  /** Distinguishes it from every other place in the same folder. */
  readonly identity: string;
  readonly manifests: Manifest[];
}

/**
 * The file of each manifest: `<app>/<environment>/<chart>.yaml`, or with the layout `object`
 * `<app>/<environment>/<chart>/<kind>-<namespace>-<name>.yaml`, omitting the parts that a manifest does not have.
 * Charts within charts are folders within folders; objects outside any chart go to `manifests.yaml`.
 *
 * If names differ only in ways that some file system ignores, each of them gets a hash of its identity, so
 * that the result depends neither on the order of the manifests nor on the machine.
 *
 * @returns relative POSIX paths in sorted order, each with its manifests in their original order.
 * @throws SeaworthyError FILE_COLLISION if the name of a chart equals the hashed name of another.
 */
export function layout(
  manifests: Iterable<Manifest>,
  options: LayoutOptions = {},
): Map<string, readonly Manifest[]> {
  const places = new Map<string, Place>();
  for (const manifest of manifests) {
    const { folders, stem, identity } =
      options.layout === 'object' ? objectPlace(manifest) : chartPlace(manifest);
    const key = JSON.stringify([folders, identity]);
    let place = places.get(key);
    if (place === undefined) places.set(key, (place = { folders, stem, identity, manifests: [] }));
    place.manifests.push(manifest);
  }
  const top = options.app === undefined || options.app === '' ? '' : `${folderName(options.app)}/`;
  const files = [...named(top, 0, [...places.values()])];
  return new Map(files.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function chartPlace({ origin }: Manifest): Omit<Place, 'manifests'> {
  const charts = segments(origin?.chart);
  const stem = charts.pop();
  const folders = [...environment(origin?.environment), ...charts];
  return { folders, stem: fileStem(stem ?? 'manifests'), identity: origin?.chart ?? '' };
}

function objectPlace({ id, origin }: Manifest): Omit<Place, 'manifests'> {
  const stem = [id.kind, id.namespace, id.name].filter((part) => part !== undefined).join('-');
  return {
    folders: [...environment(origin?.environment), ...segments(origin?.chart)],
    stem: fileStem(stem.toLowerCase()),
    identity: `${origin?.chart ?? ''}|${identityKey(id)}`,
  };
}

function segments(chart = ''): string[] {
  return chart === '' ? [] : chart.split('/');
}

function environment(name = ''): string[] {
  return name === '' ? [] : [name];
}

/** The files at and below `folder`, which all `places` share down to `depth`. */
function* named(
  folder: string,
  depth: number,
  places: readonly Place[],
): Generator<[string, readonly Manifest[]]> {
  const files = new Map<string, Place>();
  const below = new Map<string, Place[]>();
  for (const place of places) {
    const next = place.folders[depth];
    const siblings = next === undefined ? undefined : below.get(next);
    if (next === undefined) files.set(place.identity, place);
    else if (siblings === undefined) below.set(next, [place]);
    else siblings.push(place);
  }
  const stems = distinct(folder, new Map([...files].map(([identity, { stem }]) => [identity, stem])));
  for (const [identity, { manifests }] of files)
    yield [`${folder}${stems.get(identity) ?? ''}.yaml`, manifests];
  const names = distinct(folder, new Map([...below.keys()].map((name) => [name, folderName(name)])));
  for (const [name, inside] of below) yield* named(`${folder}${names.get(name) ?? ''}/`, depth + 1, inside);
}

/** `wanted`, from identity to name, with a hash added to names that differ only in case. */
function distinct(folder: string, wanted: ReadonlyMap<string, string>): Map<string, string> {
  const uses = new Map<string, number>();
  for (const name of wanted.values()) uses.set(fold(name), (uses.get(fold(name)) ?? 0) + 1);
  const names = new Map<string, string>();
  const takenBy = new Map<string, string>();
  for (const [identity, name] of wanted) {
    const final = uses.get(fold(name)) === 1 ? name : withHash(name, identity);
    const other = takenBy.get(fold(final));
    if (other !== undefined) throw collision(`${folder}${final}`, other, identity);
    takenBy.set(fold(final), identity);
    names.set(identity, final);
  }
  return names;
}

function collision(place: string, ...identities: [string, string]): SeaworthyError {
  const [one, other] = identities.sort();
  return new SeaworthyError({
    code: 'FILE_COLLISION',
    place,
    message: `'${one}' and '${other}' would both be written here`,
    hint: 'Give one of them another name.',
  });
}
