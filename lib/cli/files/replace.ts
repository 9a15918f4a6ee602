import { readdirSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { codeOf } from '../../output/failure';
import { isRunning } from '../../output/leftovers';
import { ignoreFailure } from '../../output/swap';
import { takeAfter } from '../../output/tree';

/** Codes of a folder in which no draft can be put, although the file may be written. */
const NO_DRAFT: readonly (string | undefined)[] = ['EACCES', 'EPERM', 'EROFS', 'ENAMETOOLONG'];

/** Writes a file in one step: a run that is killed leaves the earlier file, or the new one. */
export function replaceFile(path: string, text: string): void {
  const stats = statSync(path, { throwIfNoEntry: false });
  // A pipe or a device is written to, and for a folder this is the error.
  if (stats !== undefined && !stats.isFile()) return writeFileSync(path, text);
  const target = stats === undefined ? path : realpathSync(path);
  const draft = draftOf(target, process.pid);
  try {
    // What stands there was not written by this run. In a folder of others it may be a link to a file of ours.
    rmSync(draft, { force: true });
    writeFileSync(draft, text, { flag: 'wx' });
    if (stats !== undefined) takeAfter(draft, stats);
    renameSync(draft, target);
  } catch (error) {
    ignoreFailure(() => rmSync(draft, { force: true }));
    if (!NO_DRAFT.includes(codeOf(error))) throw error;
    writeFileSync(target, text);
  }
  ignoreFailure(() => removeDrafts(target));
}

function draftOf(target: string, pid: number | string): string {
  return join(dirname(target), `.${basename(target)}.seaworthy-${pid}`);
}

/** Removes the drafts of runs that were killed. */
function removeDrafts(target: string): void {
  const start = basename(draftOf(target, ''));
  for (const name of readdirSync(dirname(target))) {
    const pid = name.startsWith(start) ? Number(name.slice(start.length)) : NaN;
    if (pid > 0 && !isRunning(pid)) rmSync(join(dirname(target), name), { force: true });
  }
}
