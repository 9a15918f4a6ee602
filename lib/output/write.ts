import fs from 'node:fs';
import path from 'node:path';
import { SeaworthyError } from '../errors';
import { compare, type Difference } from './compare';
import type { FileContent } from './content';
import { type Current, isStill, look } from './current';
import { codeOf, unwritable } from './failure';
import { makeNew } from './leftovers';
import { locate, type Output } from './output';
import { makeFolders } from './make-folders';
import { checkPaths } from './paths';
import { recover, unfinished } from './recover';
import { takeDown } from './retire';
import { fill } from './stage';
import { ignoreFailure, swap } from './swap';

export interface WriteOptions {
  /** Which recorded files this run is responsible for; the others are kept. @default all */
  readonly owns?: (path: string) => boolean;
  /** Only reports what it would do. @default false */
  readonly dryRun?: boolean;
}

/** What a run did, as sorted paths relative to the output. */
export interface WriteReport {
  /** New, or with different content than before. */
  readonly written: string[];
  readonly unchanged: string[];
  /** Stale: an earlier run wrote them, and they are no longer wanted. */
  readonly removed: string[];
  /** Not ours; left alone. */
  readonly foreign: string[];
}

/**
 * Writes `files` (relative POSIX path to content) to `directory`, atomically: even after a crash, it holds the old
 * output or the new one. The record `.seaworthy` in it lists our files. Recorded files that are no longer wanted
 * are removed; files that are not recorded are left alone. If nothing would change, nothing is touched. Each
 * of several concurrent runs sees what those before it wrote.
 *
 * @throws SeaworthyError, the earlier output untouched:
 * OUTPUT_NOT_OURS if files that are not ours are in the way, or `directory` is more than an output;
 * OUTPUT_UNWRITABLE when the file system refuses, or a path leads out of `directory`;
 * FILE_COLLISION if two paths cannot exist in one folder.
 */
export function writeOutput(
  directory: string,
  files: ReadonlyMap<string, FileContent>,
  { owns = () => true, dryRun = false }: WriteOptions = {},
): WriteReport {
  checkPaths(files.keys());
  return persistently(directory, (output) => {
    if (!dryRun) return replace(output, files, owns);
    const difference = compareStill(look(output, unfinished(output)?.folder), files, owns, true);
    return difference && report(difference);
  });
}

/**
 * Repairs an output that a killed run left incomplete. `writeOutput` begins with it; call it before reading an
 * output, too.
 *
 * @throws SeaworthyError OUTPUT_NOT_OURS, OUTPUT_UNWRITABLE as `writeOutput` does.
 */
export function recoverOutput(directory: string): void {
  persistently(directory, (output) => {
    recover(output);
    return true;
  });
}

function replace(
  output: Output,
  files: ReadonlyMap<string, FileContent>,
  owns: (path: string) => boolean,
): WriteReport | undefined {
  recover(output);
  const current = look(output);
  const difference = compareStill(current, files, owns);
  if (difference === undefined) return undefined;
  if (!difference.any) return report(difference);
  const parent = path.dirname(output.directory);
  const made = makeFolders(parent);
  let stage: string | undefined;
  let isDone = false;
  try {
    stage = makeNew(output);
    fill(stage, current, difference, files);
    isDone = swap(stage, current);
  } finally {
    if (!isDone) ignoreFailure(() => undo(stage, parent, made));
  }
  return isDone ? report(difference) : undefined;
}

/**
 * The difference; `undefined` if another process swapped the output while it was read. The result would be a mixture
 * of two: files of one that the record of the other does not list would be treated as foreign.
 */
function compareStill(
  current: Current,
  files: ReadonlyMap<string, FileContent>,
  owns: (path: string) => boolean,
  isReport = false,
): Difference | undefined {
  try {
    return compare(current, files, owns, isReport);
  } catch (error) {
    if (isStill(current)) throw error;
    return undefined;
  }
}

/** Removes what was created for a swap that did not happen: the new output, and the parents of a first one. */
function undo(stage: string | undefined, parent: string, made: string | undefined): void {
  if (stage !== undefined) takeDown(stage);
  if (made === undefined) return;
  for (let folder = parent; folder.length >= made.length; folder = path.dirname(folder)) fs.rmdirSync(folder);
}

function report({ written, unchanged, removed, foreign }: Difference): WriteReport {
  return { written, unchanged, removed, foreign };
}

const ATTEMPTS = 60;

/** The codes of errors that show that another process changed the folder. */
const OVERTAKEN: readonly (string | undefined)[] = ['ENOENT', 'ENOTEMPTY', 'EEXIST'];

/** Waits a little, for a time that depends on the process, so that two of them do not overtake each other forever. */
function stepAside(attempt: number): void {
  const milliseconds = Math.min(attempt, 10) * (1 + (process.pid % 5));
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

/** Runs `attempt` until no other process interferes; it returns `undefined` if one did. */
function persistently<T>(given: string, attempt: (output: Output) => T | undefined): T {
  let directory = path.resolve(given);
  for (let remaining = ATTEMPTS; remaining > 0; remaining--) {
    try {
      const output = locate(given);
      directory = output.directory;
      const result = attempt(output);
      if (result !== undefined) return result;
    } catch (error) {
      if (!OVERTAKEN.includes(codeOf(error))) throw unwritable(error, given, directory);
    }
    stepAside(ATTEMPTS - remaining);
  }
  const hint = 'Wait for the other process to end, then run this again.';
  throw new SeaworthyError({
    code: 'OUTPUT_UNWRITABLE',
    place: given,
    message: 'another process keeps changing this folder',
    hint,
  });
}
