import fs from 'node:fs';
import path from 'node:path';
import { SeaworthyError } from '../errors';
import { identityKey, type Manifest } from '../manifest/manifest';
import { ManifestSet } from '../manifest/set';
import { codeOf } from './failure';
import { RECORD } from './paths';
import { parseRecord } from './record';

/** More generations than this are a mistake: they stay in the cluster, too. */
export const MOST_GENERATIONS = 100;

/** Whether `value` is a number of generations to keep. */
export function isGenerations(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MOST_GENERATIONS;
}

/** The file, in each folder of an output, that holds what its other files held before. */
const FORMER = 'former-generations.yaml';

/** Whether a file of an output, or the line of an object in it, is of former generations. */
export function isFormer(place: string | undefined): boolean {
  return place !== undefined && path.posix.basename(place.replace(/:\d+$/, '')) === FORMER;
}

/** An object whose name ends in a hash of its content, as `namedByContent` makes it. */
const HASHED = /^(.+)-[0-9a-f]{10}$/;

/**
 * What is kept of former generations: the last ones of each immutable ConfigMap or Secret whose content is another one
 * now, the newest first. Objects without a successor go, as all others do. Jobs go as well: whoever applies the output to
 * a cluster without them would run them again.
 *
 * @param current what the output held as current
 * @param former what it held as former generations, the newest first
 * @param keep how many of each
 */
export function formerGenerations(
  now: Iterable<Manifest>,
  { current, former }: { readonly current: Iterable<Manifest>; readonly former: Iterable<Manifest> },
  keep: number,
): Manifest[] {
  const all = [...now];
  const wanted = new Set(all.flatMap(familyOf));
  const seen = new Set(all.map(({ id }) => identityKey(id)));
  const counts = new Map<string, number>();
  return [...current, ...former].filter((manifest) => {
    const [family] = familyOf(manifest);
    const key = identityKey(manifest.id);
    if (family === undefined || !wanted.has(family) || seen.has(key)) return false;
    seen.add(key);
    const count = (counts.get(family) ?? 0) + 1;
    counts.set(family, count);
    return count <= keep;
  });
}

/** What an object has in common with those that its content has made before; nothing where its name does not follow. */
function familyOf({ object, id }: Manifest): string[] {
  const isContent = id.apiVersion === 'v1' && (id.kind === 'ConfigMap' || id.kind === 'Secret');
  const base = isContent && object['immutable'] === true ? HASHED.exec(id.name)?.[1] : undefined;
  return base === undefined ? [] : [JSON.stringify([id.kind, id.namespace, base])];
}

/**
 * The files of an output with former generations beside them, which pods of an old revision and rollbacks refer to.
 *
 * @param directory the output as it is
 * @param files what each of its files will hold
 * @param keep how many generations of each object; 0 for none
 * @throws SeaworthyError FILE_COLLISION for a chart with the name of the file for them
 */
export function withGenerations(
  directory: string,
  files: ReadonlyMap<string, readonly Manifest[]>,
  keep: number,
): ReadonlyMap<string, readonly Manifest[]> {
  if (keep === 0) return files;
  const recorded = recordedFiles(directory);
  const all = new Map(files);
  for (const folder of new Set([...files.keys()].map((file) => path.posix.dirname(file)))) {
    const inside = (file: string): boolean => path.posix.dirname(file) === folder;
    const place = path.posix.join(folder, FORMER);
    if (files.has(place)) throw taken(place);
    const old = recorded.filter(inside);
    const read = (wanted: boolean): Manifest[] =>
      old
        .filter((file) => isFormer(file) === wanted)
        .flatMap((file) => manifestsIn(path.join(directory, file)));
    const now = [...files].filter(([file]) => inside(file)).flatMap(([, manifests]) => manifests);
    const kept = formerGenerations(now, { current: read(false), former: read(true) }, keep);
    if (kept.length > 0) all.set(place, kept);
  }
  return all;
}

function taken(place: string): SeaworthyError {
  return new SeaworthyError({
    code: 'FILE_COLLISION',
    place,
    message: 'a chart and the former generations would both be written here',
    hint: 'Give the chart another id, or set keepGenerations to 0.',
  });
}

function recordedFiles(directory: string): string[] {
  try {
    const file = path.join(directory, RECORD);
    return [...parseRecord(fs.readFileSync(file, 'utf8'), file)].filter((each) => each.endsWith('.yaml'));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

/** A file that somebody removed, or that has the marks of a merge in it, is about to be written anew. */
function manifestsIn(file: string): readonly Manifest[] {
  try {
    return ManifestSet.parse(fs.readFileSync(file, 'utf8'), { source: file }).manifests;
  } catch {
    return [];
  }
}
