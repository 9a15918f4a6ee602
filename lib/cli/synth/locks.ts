import { relative } from 'node:path';
import { writeFile } from '../../output/write-file';
import type { Result } from '../run/results';

/** The files of sealed values that a run has added to, by absolute path. */
function changedLocks(results: readonly Result[]): ReadonlyMap<string, string> {
  return new Map(results.flatMap(({ locks = {} }) => Object.entries(locks)));
}

/**
 * Writes the files of sealed values that a run has added to. They come before the output: the other way round, a crash in
 * between would leave an output that nothing renders again.
 *
 * @returns a line for each
 * @throws SeaworthyError OUTPUT_UNWRITABLE
 */
export function writeLocks(results: readonly Result[], from: string): readonly string[] {
  return [...changedLocks(results)].map(([path, text]) => {
    writeFile(path, text);
    return `Sealed new values; commit ${relative(from, path)}.`;
  });
}

/** A line for each file of sealed values that a run would add to. */
export function staleLocks(results: readonly Result[], from: string): readonly string[] {
  return [...changedLocks(results).keys()].map((path) => `stale: ${relative(from, path)}`);
}
