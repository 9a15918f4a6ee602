import fs from 'node:fs';
import { isAtWork, type Leftover, leftovers } from './leftovers';
import { isSet, type Output } from './output';
import { takeDown } from './retire';
import { ignoreFailure, putBack, retire } from './swap';

/** How long another run may take between the two renames of its swap before it counts as stopped, in milliseconds. */
const PATIENCE = 2_000;

const PAUSE = 20;

/**
 * Mends what a killed run left behind: the old output returns where the new one did not make it into its place, and
 * what lies about is deleted. What runs that are at work have beside the output stays.
 */
export function recover(output: Output): void {
  for (let waited = 0; ; waited += PAUSE) {
    const pending = unfinished(output);
    if (pending === undefined) break;
    if (isAtWork(pending) && waited < PATIENCE) pause(PAUSE);
    else if (pending.role === 'undo') putBack(pending.folder, output.directory);
    else fs.renameSync(pending.folder, output.directory);
  }
  for (const leftover of leftovers(output)) {
    if (!isAtWork(leftover)) ignoreFailure(() => discard(leftover, output));
  }
}

/** The old output of a run that has not got its new one into place, or not yet. It is whole. */
export function unfinished(output: Output): Leftover | undefined {
  const found = leftovers(output);
  const undo = found.find(({ role }) => role === 'undo');
  if (undo !== undefined || isSet(output.directory)) return undo;
  return found.find(({ role }) => role === 'old');
}

function discard({ folder, role }: Leftover, { directory }: Output): void {
  const isOutput = role === 'old' || role === 'gone';
  if (isOutput && isSet(directory)) retire(folder, directory);
  else takeDown(folder);
}

/** The writer is synchronous, so it also waits synchronously. */
function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
