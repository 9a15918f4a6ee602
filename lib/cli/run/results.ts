import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { join, relative } from 'node:path';
import { SeaworthyError } from '../../errors';
import { isPlainRecord, type PlainRecord } from '../../manifest/data';
import { identify, type Manifest } from '../../manifest/manifest';
import { ManifestSet } from '../../manifest/set';
import { recordedIn, type Recorded } from '../../output/construct-metadata';
import type { Failure, Header, Line, Trailer } from '../child/protocol';
import { readJsonText } from '../../manifest/json-text';
import type { KnownManifests } from './known-manifests';

/** What one App synthesized. */
export interface Result extends Header {
  readonly manifests: readonly Manifest[];
  /** Of cdk8s's own App: the YAML that it wrote, by the file names that it chose. */
  readonly files?: ReadonlyMap<string, string>;
}

const CHUNK = 1 << 22;

/** The files of `folder` that the app's processes left their results in, in the order of synthesis. */
export function resultFiles(folder: string): string[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.ndjson'));
  return files.sort();
}

/**
 * The results that the app's processes left in `folder`, in the order of synthesis.
 *
 * @param known the manifests of the run before. @default none
 * @throws SeaworthyError APP_FAILED if one is cut off.
 */
export function readResults(folder: string, known?: KnownManifests): Result[] {
  known?.begin();
  return resultFiles(folder).map((name) => resultOf(lines(join(folder, name)), known));
}

/**
 * The result in the bytes of such a file.
 *
 * @throws SeaworthyError APP_FAILED if it is cut off.
 */
export function readResult(bytes: SharedArrayBuffer): Result {
  return resultOf(linesIn(Buffer.from(bytes)));
}

/** The first uncaught error in the app's processes, if there was one; nothing if it was not written to its end. */
export function readFailure(folder: string): Failure | undefined {
  const [name] = readdirSync(folder)
    .filter((name) => name.startsWith('failure-'))
    .sort();
  if (name === undefined) return undefined;
  try {
    return JSON.parse(readFileSync(join(folder, name), 'utf8')) as Failure;
  } catch {
    return undefined;
  }
}

/** What the processes of the app loaded and read, as far as they came to say so. */
export function readLoaded(folder: string): readonly string[] {
  return readLists(folder, 'loaded');
}

/** The modules among these that `require` loaded, in the order in which it began. */
export function readRequired(folder: string): readonly string[] {
  return readLists(folder, 'required');
}

function readLists(folder: string, kind: 'loaded' | 'required'): readonly string[] {
  const names = readdirSync(folder).filter((name) => name.startsWith(`${kind}-`));
  return names.flatMap((name) => {
    try {
      return JSON.parse(readFileSync(join(folder, name), 'utf8')) as string[];
    } catch {
      return [];
    }
  });
}

function resultOf(all: Iterable<string>, known?: KnownManifests): Result {
  const manifests: Manifest[] = [];
  let header: Header | undefined;
  let trailer: Trailer | undefined;
  for (const line of all) {
    if (header === undefined) header = parsed(line) as unknown as Header;
    else if (line.startsWith('{"end":')) trailer = parsed(line) as unknown as Trailer;
    else manifests.push(known === undefined ? readManifest(line) : known.manifestOf(line, readManifest));
  }
  if (header === undefined || trailer?.end !== manifests.length) throw cutOff();
  // Older versions of seaworthy do not pass on their clusters.
  return { ...header, clusters: (header as Partial<Header>).clusters ?? {}, manifests };
}

/** @throws SeaworthyError APP_FAILED for a line that no version of seaworthy writes */
function parsed(line: string): PlainRecord {
  try {
    const value = readJsonText(line);
    if (isPlainRecord(value)) return value;
  } catch {
    // See below.
  }
  throw garbled();
}

function readManifest(text: string): Manifest {
  const line = parsed(text) as unknown as Line;
  const { object } = line;
  if (!isPlainRecord(object) || !isPlainRecord(object.metadata)) throw garbled();
  return { ...line, id: identify(object) };
}

/** The lines of a file that may be longer than the longest string; an unfinished last line is left out. */
function* lines(file: string): Generator<string> {
  const descriptor = openSync(file, 'r');
  try {
    let rest = Buffer.alloc(0);
    for (;;) {
      const chunk = Buffer.allocUnsafe(CHUNK);
      const bytes = readSync(descriptor, chunk);
      if (bytes === 0) return;
      const data = Buffer.concat([rest, chunk.subarray(0, bytes)]);
      rest = data.subarray(yield* linesIn(data));
    }
  } finally {
    closeSync(descriptor);
  }
}

/** @returns where an unfinished last line begins */
function* linesIn(data: Buffer): Generator<string, number> {
  let start = 0;
  for (let end = data.indexOf(0x0a); end >= 0; end = data.indexOf(0x0a, start)) {
    yield data.toString('utf8', start, end);
    start = end + 1;
  }
  return start;
}

function garbled(): SeaworthyError {
  return new SeaworthyError({
    code: 'APP_FAILED',
    message: 'the app handed over something other than its manifests',
    hint:
      'Something in it changes how Seaworthy writes JSON or files, such as a library that replaces JSON.stringify: ' +
      'remove it.',
  });
}

function cutOff(): SeaworthyError {
  return new SeaworthyError({
    code: 'APP_FAILED',
    message: 'the app ended before all its manifests were handed over',
    hint: 'app.synth() must return before the process ends.',
  });
}

/**
 * What cdk8s's own App wrote to `folder`, each file a chart; nothing if it wrote nothing.
 *
 * @throws SeaworthyError INVALID_YAML, NOT_AN_OBJECT
 */
export function readFiles(folder: string): Result | undefined {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
  if (names.length === 0) return undefined;
  const files = new Map<string, string>();
  const read: { readonly path: string; readonly objects: readonly Manifest[] }[] = [];
  for (const name of names.sort()) {
    const path = name.replaceAll('\\', '/');
    const text = readFileSync(join(folder, name), 'utf8');
    files.set(path, text);
    read.push({ path, objects: [...ManifestSet.parse(text, { source: path })] });
  }
  return { ...withOrigins(read, recordedIn(folder)), files };
}

/** The objects of files, each with what was recorded of it: all by our App, the construct by that of cdk8s. */
function withOrigins(
  files: readonly { readonly path: string; readonly objects: readonly Manifest[] }[],
  { constructs, apps }: Recorded,
): Pick<Result, 'manifests' | 'clusters'> {
  const names = new Map<string, number>();
  for (const { id } of files.flatMap(({ objects }) => objects))
    names.set(id.name, (names.get(id.name) ?? 0) + 1);
  const manifests = files.flatMap(({ path, objects }) => {
    const chart = path.replace(/(\.k8s)?\.ya?ml$/, '');
    const ours = apps.map((app) => app.files[path]).find((recorded) => recorded?.length === objects.length);
    return objects.map(({ object, id }, index): Manifest => {
      // It is recorded by name only.
      const construct = names.get(id.name) === 1 ? constructs.get(id.name) : undefined;
      const origin = { chart, ...(construct !== undefined && { construct }) };
      return { object, id, origin, ...ours?.[index] };
    });
  });
  return {
    manifests,
    clusters: Object.assign({}, ...apps.map(({ clusters }) => clusters)) as Result['clusters'],
  };
}
