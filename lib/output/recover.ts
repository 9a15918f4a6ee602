import fs from 'node:fs';
import { isAtWork, type Leftover, leftovers } from './leftovers';
import { isSet, type Output } from './output';
import { takeDown } from './retire';
import { ignoreFailure, putBack, retire } from './swap';

/** How long another run may take between the two renames of its swap before it counts as stopped, in milliseconds. */
const PATIENCE = 2_000;

const PAUSE = 20;

/**
 * Repairs what a killed run left behind: restores the old output if the new one is not in place, and deletes
 * leftovers. The folders of running processes are kept.
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

/** The old output of a run whose new one is not in place, or not yet. It is complete. */
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
