import fs from 'node:fs';
import path from 'node:path';
import { codeOf } from './failure';
import type { Output } from './output';

/**
 * A run keeps its work next to the output, in folders named after the output, its process and their role. From the
 * names of leftovers, the next run knows how far a killed one got.
 *
 * - `new`: the next output, not yet complete
 * - `old`: the earlier output, whole, between the two renames of a swap
 * - `copy`: a copy of the earlier output, not yet complete
 * - `undo`: a whole copy of the earlier output, which is valid while the output itself is being replaced
 * - `gone`: an earlier output that has been replaced and is being deleted
 */
export type Role = 'new' | 'old' | 'copy' | 'undo' | 'gone';

export interface Leftover {
  readonly folder: string;
  readonly role: Role;
  readonly pid: number;
}

/** Creates a folder for a new output, on the file system of the output, with a name that is free in every role. */
export function makeNew(output: Output): string {
  const taken = new Set(leftovers(output).map(({ folder }) => inRole(folder, 'new')));
  for (let number = 1; ; number++) {
    const folder = `${prefix(output)}${process.pid}-${number}-new`;
    if (taken.has(folder)) continue;
    fs.mkdirSync(folder);
    return folder;
  }
}

/** The name of `folder` in another role. */
export function inRole(folder: string, role: Role): string {
  return folder.replace(/[a-z]+$/, role);
}

/** The folders of earlier and concurrent runs next to the output. */
export function leftovers(output: Output): Leftover[] {
  const start = path.basename(prefix(output));
  const parent = path.dirname(output.directory);
  return namesIn(parent).flatMap((name) => {
    const [, pid, role] = (name.startsWith(start) && SUFFIX.exec(name.slice(start.length))) || [];
    return role === undefined
      ? []
      : [{ folder: path.join(parent, name), role: role as Role, pid: Number(pid) }];
  });
}

const SUFFIX = /^(\d+)-\d+-(new|old|copy|undo|gone)$/;

function prefix({ directory }: Output): string {
  return path.join(path.dirname(directory), `.${path.basename(directory)}.seaworthy-`);
}

function namesIn(folder: string): string[] {
  try {
    return fs.readdirSync(folder).sort();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

/**
 * Whether the run that created this may still be running. Runs are synchronous, so a folder with our own process id
 * is from a dead process with the same id, as in containers, or from an earlier attempt.
 */
export function isAtWork({ pid }: Leftover): boolean {
  return pid !== process.pid && isRunning(pid);
}

/** Whether there is a process of this number. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
  }
}
