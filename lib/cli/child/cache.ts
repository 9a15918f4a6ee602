import { lstatSync, mkdirSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';

/**
 * The folder for compiled code that is kept between runs; `undefined` if there is none that only this user can write
 * to. What is found there is run, so it is not in the temporary folder, where Node and jiti keep theirs by default:
 * others may write to that one as well.
 */
export function cacheFolder(
  env: Readonly<Record<string, string | undefined>>,
  user = process.geteuid?.(),
): string | undefined {
  const parent = parentOf(env);
  if (parent === undefined) return undefined;
  const folder = join(parent, 'seaworthy');
  try {
    create(parent);
    create(folder);
    const { uid, mode } = lstatSync(folder);
    return user === undefined || (uid === user && (mode & 0o022) === 0) ? folder : undefined;
  } catch {
    return undefined;
  }
}

/** As the XDG Base Directory Specification has it, and on Windows the folder for data of this machine. */
function parentOf(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const { XDG_CACHE_HOME: named, HOME: home, LOCALAPPDATA: local } = env;
  const candidates = [named, home && join(home, '.cache'), local];
  return candidates.find((path) => path !== undefined && isAbsolute(path));
}

/** Not those above: a home that does not exist is not made. */
function create(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
