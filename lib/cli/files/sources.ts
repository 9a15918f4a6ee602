import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, parse, relative, resolve, sep } from 'node:path';
import type { Origin } from '../../manifest/manifest';
import { parseSource } from '../../manifest/source';
import type { Part } from '../../report/check/report';

/** The name of stdin in messages. */
export const STDIN = '<stdin>';

/** Bytes. A larger file was not written by hand. */
const READABLE = 1 << 22;

/** Returns the lines of a file, or nothing if it cannot be read. */
export type Reader = (file: string) => readonly string[] | undefined;

/** What a reader of files knows already. */
interface Known {
  /** Texts that were read; the one without a path is that of stdin. @default none */
  readonly texts?: readonly { readonly path?: string; readonly text: string }[];
  /** Gets the absolute path of each file that is read all the same. @default nobody asks */
  readonly onRead?: (path: string) => void;
}

/** Reads files for the frames of a report, each once; names are relative to `folder`. */
export function fileReader(folder: string, { texts = [], onRead }: Known = {}): Reader {
  const read = new Map(texts.map(({ path, text }) => [path ?? STDIN, text]));
  const known = new Map<string, readonly string[] | undefined>();
  return (file) => {
    if (!known.has(file)) known.set(file, linesOf(file));
    return known.get(file);
  };

  function linesOf(file: string): readonly string[] | undefined {
    if (file === STDIN) return read.get(STDIN)?.split(/\r?\n/);
    const path = resolve(folder, file);
    const text = read.get(path);
    if (text !== undefined) return Buffer.byteLength(text) > READABLE ? undefined : text.split(/\r?\n/);
    onRead?.(path);
    return readLines(path);
  }
}

function readLines(path: string): readonly string[] | undefined {
  try {
    const stats = statSync(path);
    // A pipe was read already, and would block.
    if (!stats.isFile() || stats.size > READABLE) return undefined;
    return readFileSync(path, 'utf8').split(/\r?\n/);
  } catch {
    return undefined;
  }
}

/** The folder with `.git`, at or above `folder`; `folder` itself if there is none. */
export function repositoryOf(folder: string): string {
  for (let here = folder; ; here = dirname(here)) {
    if (existsSync(join(here, '.git'))) return here;
    if (dirname(here) === here) return folder;
  }
}

/**
 * `parts` with all files named by `name` instead of from the folder `from`.
 *
 * @param name takes an absolute path
 */
export function rebase(
  parts: readonly Part[],
  from: string,
  name: (path: string) => string,
): readonly Part[] {
  const moved = <T extends { readonly origin?: Origin }>(placed: T): T => {
    const place = parseSource(placed.origin?.source);
    if (place === undefined || place.file === STDIN) return placed;
    const { line, column } = place;
    const at = column === undefined ? line : `${line}:${column}`;
    const source = `${name(resolve(from, place.file))}:${at}`;
    return { ...placed, origin: { ...placed.origin, source } };
  };
  return parts.map((part) => {
    // Those of broken documents are among the findings of the part.
    const findings = new Map(part.findings.map((finding) => [finding, moved(finding)]));
    const broken = part.broken?.map((document) => ({
      manifest: moved(document.manifest),
      findings: document.findings.map((finding) => findings.get(finding) ?? moved(finding)),
    }));
    const manifests = part.manifests.map(moved);
    return { ...part, manifests, findings: [...findings.values()], ...(broken && { broken }) };
  });
}

/**
 * `path`, which is absolute, as people name it from `folder`: relative, with forward slashes, as compilers do. Absolute if
 * the two have nothing in common.
 */
export function namedFrom(folder: string, path: string): string {
  const short = relative(folder, path);
  if (short === '') return '.';
  const isFar =
    isAbsolute(short) || /^(?:\.\.[\\/])+/.exec(`${short}${sep}`)?.[0].length === depthOf(folder) * 3;
  return (isFar ? path : short).split(sep).join('/');
}

/** How many folders a path has above it, its root left out. */
function depthOf(folder: string): number {
  return folder.slice(parse(folder).root.length).split(sep).filter(Boolean).length;
}

/** `path`, which is absolute, as tools name it that know the files below `top` only: absolute elsewhere. */
export function namedBelow(top: string, path: string): string {
  const short = relative(top, path);
  if (short === '') return '.';
  return (short.split(sep)[0] === '..' || isAbsolute(short) ? path : short).split(sep).join('/');
}
