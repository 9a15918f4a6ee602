import fs from 'node:fs';
import path from 'node:path';
import { isSet } from './output';
import { RECORD } from './paths';
import { readRecord } from './record';
import { type Entry, type Tree, walk } from './tree';

/**
 * Deletes `folder`. With a `successor`, which holds everything that was kept, foreign files added to `folder`
 * while the successor was built move there, so that no file is lost.
 */
export function takeDown(folder: string, successor?: string): void {
  if (!isSet(folder)) return;
  const tree = walk(folder);
  if (successor !== undefined) rescue(folder, tree, successor);
  for (const [inside, { kind, stats }] of tree) {
    // Nothing can be deleted from a folder that is read-only.
    if (kind === 'folder' && (stats.mode & 0o200) === 0) fs.chmodSync(path.join(folder, inside), 0o700);
  }
  for (const [inside, { kind }] of [...tree].reverse()) {
    if (kind === 'folder') fs.rmdirSync(path.join(folder, inside));
    else if (inside !== RECORD) fs.rmSync(path.join(folder, inside), { force: true });
  }
  // The record goes last: without it, the run that finishes this after a crash would treat our files as foreign.
  fs.rmSync(path.join(folder, RECORD), { force: true });
  fs.rmdirSync(folder);
}

function rescue(folder: string, tree: Tree, successor: string): void {
  const recorded = isSet(path.join(folder, RECORD)) ? readRecord(folder) : undefined;
  for (const [inside, entry] of tree) {
    if (entry.kind === 'folder' || inside === RECORD || recorded?.has(inside) === true) continue;
    const to = path.join(successor, inside);
    if (!isMissed(entry, to)) continue;
    fs.mkdirSync(path.dirname(to), { recursive: true });
    fs.renameSync(path.join(folder, inside), to);
  }
}

/** Whether the successor lacks `entry` at `file`, or has an older one: editors save by putting a new file in place. */
function isMissed({ stats }: Entry, file: string): boolean {
  const carried = fs.lstatSync(file, { throwIfNoEntry: false });
  return carried === undefined || (carried.ino !== stats.ino && carried.mtimeMs < stats.mtimeMs);
}
