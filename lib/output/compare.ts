import fs from 'node:fs';
import path from 'node:path';
import { SeaworthyError } from '../errors';
import type { FileContent } from './content';
import type { Current } from './current';
import { fold } from './file-name';
import { foldersAbove, RECORD } from './paths';
import type { Tree } from './tree';

/** The difference between an output and the files it should hold. All paths are relative and sorted. */
export interface Difference {
  readonly written: string[];
  readonly unchanged: string[];
  readonly removed: string[];
  readonly foreign: string[];
  /** Foreign files, empty folders, and files of other runs. They are kept. */
  readonly kept: string[];
  /** The files that the new record lists. */
  readonly record: string[];
  /** Whether there is anything to do. */
  readonly any: boolean;
}

/**
 * What a run has to do that is responsible for the recorded files it `owns`. Contents are compared byte by byte: our
 * files become exactly what was rendered, on every machine. For a run that only reports, `isReport`, line ends do not
 * count in texts: git changes those of a checkout on Windows, and kubectl reads both alike.
 *
 * @throws SeaworthyError OUTPUT_NOT_OURS if something that is kept is in the way of `files`.
 */
export function compare(
  current: Current,
  files: ReadonlyMap<string, FileContent>,
  owns: (path: string) => boolean,
  isReport = false,
): Difference {
  const { tree } = current;
  const recorded = current.recorded ?? new Set<string>();
  const isStale = (file: string): boolean => recorded.has(file) && owns(file);
  const isFolder = (file: string): boolean => tree.get(file)?.kind === 'folder';
  const others = leaves(tree).filter((file) => file !== RECORD && (!files.has(file) || isFolder(file)));
  const kept = others.filter((file) => !isStale(file));
  const removed = others.filter((file) => isStale(file) && !isFolder(file));
  const [unchanged, written] = part([...files.keys()].sort(), (file) =>
    (isReport ? hasLinesOf : isSame)(current, file, files.get(file) ?? ''),
  );
  const unrecorded = written.filter(
    (file) => !recorded.has(file) && !isAdoptable(current, file, files.get(file) ?? ''),
  );
  refuse(current, [...unrecorded, ...inTheWay(tree, kept, written)]);
  const ofOtherRuns = [...recorded].filter((file) => !files.has(file) && !owns(file));
  const record = [...files.keys(), ...ofOtherRuns].sort();
  const isRecorded = current.recorded?.size === record.length && record.every((file) => recorded.has(file));
  const foreign = kept.filter((file) => !recorded.has(file) && !isFolder(file));
  const any = written.length > 0 || removed.length > 0 || !isRecorded;
  return { written, unchanged, removed, foreign, kept, record, any };
}

/** The files of a tree and its empty folders, sorted. */
function leaves(tree: Tree): string[] {
  const parents = new Set([...tree.keys()].map((entry) => path.posix.dirname(entry)));
  return [...tree.keys()].filter((entry) => !parents.has(entry)).sort();
}

function part(files: readonly string[], test: (file: string) => boolean): [yes: string[], no: string[]] {
  const yes = new Set(files.filter(test));
  return [[...yes], files.filter((file) => !yes.has(file))];
}

function isSame({ folder, tree }: Current, file: string, content: FileContent): boolean {
  const entry = tree.get(file);
  if (entry?.kind !== 'file' || entry.stats.size !== Buffer.byteLength(content)) return false;
  return fs
    .readFileSync(path.join(folder, file))
    .equals(typeof content === 'string' ? Buffer.from(content) : content);
}

/**
 * Whether writing `content` loses nothing: nothing is there, or the same but for the line ends that git changes on
 * Windows (`core.autocrlf`).
 */
function isAdoptable(current: Current, file: string, content: FileContent): boolean {
  const entry = current.tree.get(file);
  if (entry?.kind !== 'file') return entry === undefined || entry.kind === 'folder';
  return hasLinesOf(current, file, content);
}

/** Whether a file holds `content`, but for the line ends of a text. */
function hasLinesOf(current: Current, file: string, content: FileContent): boolean {
  if (typeof content !== 'string') return isSame(current, file, content);
  const { folder, tree } = current;
  if (tree.get(file)?.kind !== 'file') return false;
  const lines = (text: string): string => text.replaceAll('\r\n', '\n');
  return lines(fs.readFileSync(path.join(folder, file), 'utf8')) === lines(content);
}

/** Those of `kept` that conflict with `files` on a case-insensitive file system. */
function inTheWay(tree: Tree, kept: readonly string[], files: readonly string[]): string[] {
  const held = new Map<string, string>();
  for (const file of kept) for (const place of [...foldersAbove(file), file]) held.set(fold(place), place);
  const isFolder = (place: string): boolean => tree.get(place)?.kind === 'folder';
  return files.flatMap((file) => {
    const above = foldersAbove(file).filter((folder) => {
      const place = held.get(fold(folder));
      return place !== undefined && !(place === folder && isFolder(place));
    });
    return [...above, file].map((place) => held.get(fold(place))).filter((place) => place !== undefined);
  });
}

const SHOWN = 10;

function refuse({ output }: Current, obstacles: readonly string[]): void {
  const names = [...new Set(obstacles)].sort();
  if (names.length === 0) return;
  const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : '';
  const list = names.slice(0, SHOWN).map((name) => path.join(output.given, name));
  throw new SeaworthyError({
    code: 'OUTPUT_NOT_OURS',
    place: output.given,
    message: `not written by Seaworthy, but in the way of what it has to write: ${list.join(', ')}${more}`,
    hint: `Move or delete ${names.length === 1 ? 'it' : 'them'}, or choose another output.`,
  });
}
