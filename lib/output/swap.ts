import fs from 'node:fs';
import path from 'node:path';
import { type Current, stampOf } from './current';
import { codeOf } from './failure';
import { inRole, leftovers } from './leftovers';
import { takeDown } from './retire';
import { carry, takeAfter } from './tree';

/**
 * Replaces the output that `stage` was built from with the complete folder `stage`: the old one is renamed aside,
 * the new one into its place, and the old one is deleted. Between the renames a crash leaves no output, and the old
 * one aside for `recover`.
 *
 * @returns false, with nothing changed, when the output is no longer the one that `stage` was built from.
 */
export function swap(stage: string, current: Current): boolean {
  const { directory } = current.output;
  if (current.stats === undefined) {
    // Another run may be between its two renames. The folder that it renamed aside is then the output to build on.
    if (leftovers(current.output).some(({ role }) => role === 'old')) return false;
    fs.renameSync(stage, directory);
    return true;
  }
  const old = inRole(stage, 'old');
  try {
    fs.renameSync(directory, old);
  } catch (error) {
    if (codeOf(error) === 'EXDEV') return swapByCopy(stage, current);
    throw error;
  }
  let isOurs: boolean;
  try {
    isOurs = stampOf(old) === current.stamp;
    fs.renameSync(isOurs ? stage : old, directory);
  } catch (error) {
    ignoreFailure(() => fs.renameSync(old, directory));
    throw error;
  }
  if (isOurs) ignoreFailure(() => retire(old, directory));
  return isOurs;
}

/**
 * The same for a folder that cannot be renamed: an overlay file system refuses that (EXDEV) for folders of a lower
 * layer, as in an image build that copies a repository and then synthesizes. Weaker in one respect: a reader may
 * find the output half deleted. Crashes are still repaired, from a whole copy of the old output that is valid until the
 * new one is in place.
 */
function swapByCopy(stage: string, { output: { directory }, tree, stats }: Current): boolean {
  const copy = inRole(stage, 'copy');
  const undo = inRole(stage, 'undo');
  try {
    fs.mkdirSync(copy);
    for (const [inside, entry] of tree) {
      if (entry.kind === 'folder') fs.mkdirSync(path.join(copy, inside));
      else carry(entry, path.join(directory, inside), path.join(copy, inside));
    }
    for (const [inside, entry] of [...tree].reverse()) {
      if (entry.kind === 'folder') takeAfter(path.join(copy, inside), entry.stats);
    }
    if (stats !== undefined) takeAfter(copy, stats);
    fs.renameSync(copy, undo);
  } catch (error) {
    ignoreFailure(() => takeDown(copy));
    throw error;
  }
  try {
    takeDown(directory, stage);
    fs.renameSync(stage, directory);
  } catch (error) {
    ignoreFailure(() => putBack(undo, directory));
    throw error;
  }
  ignoreFailure(() => retire(undo, directory));
  return true;
}

/** Restores the output from the whole copy `undo`. */
export function putBack(undo: string, directory: string): void {
  takeDown(directory, undo);
  fs.renameSync(undo, directory);
}

/** Deletes an earlier output that has been replaced. */
export function retire(old: string, successor: string): void {
  const gone = inRole(old, 'gone');
  if (gone !== old) fs.renameSync(old, gone);
  takeDown(gone, successor);
}

/** For steps after the point of no return, or after another failure: the next run repairs it (`recover`). */
export function ignoreFailure(step: () => void): void {
  try {
    step();
  } catch {
    // See above: the next run repairs it.
  }
}
