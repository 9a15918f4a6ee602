import { dirname, resolve } from 'node:path';
import { readRecord } from '../../output/record';
import { Repository } from '../plan/git';
import { readConfig } from '../project/config';
import { searchConfig } from '../project/search';
import type { Context } from '../terminal/context';

/** Words that mean nothing to a shell: bash runs `$(…)` in what it is given to complete. */
const PLAIN = /^\w[\w.-]*$/;

/** The same, with the slashes of branches. */
const PLAIN_REVISION = /^\w[\w./-]*$/;

/** `seaworthy __revisions`: prints the branches and tags of the repository. */
export async function revisions({ io, terminal }: Context): Promise<number> {
  try {
    const names = new Repository(io.cwd, io.env).revisions().filter((name) => PLAIN_REVISION.test(name));
    for (const name of names) await terminal.print(`${name}\n`);
  } catch {
    // Without git or a repository there is nothing to complete.
  }
  return 0;
}

/**
 * `seaworthy __environments`: prints the folders that hold the files of the last output, which are its environments.
 * At a key press there is no time to run the app, and no place for an error.
 */
export async function environments({ io, terminal }: Context): Promise<number> {
  try {
    const { file } = searchConfig(io.cwd);
    if (file === undefined) return 0;
    const record = readRecord(resolve(dirname(file), readConfig(file).output ?? 'dist'));
    const folders = [...record]
      .map((path) => path.split('/').at(-2))
      .filter((folder) => folder !== undefined && PLAIN.test(folder));
    for (const name of [...new Set(folders)].sort()) await terminal.print(`${name}\n`);
  } catch {
    // Without a readable output there is nothing to complete.
  }
  return 0;
}
