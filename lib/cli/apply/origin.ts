import { dirname, resolve } from 'node:path';
import { statSync } from 'node:fs';
import { SeaworthyError } from '../../errors';
import { Repository } from '../plan/git';
import type { Io } from '../terminal/terminal';

/** Characters of a commit that are shown: git's own short names grow with the repository, and these do for any. */
const SHORT = 12;

/**
 * Where manifests come from: `git 3f2a9c1e77aa`, with `changed files` where the work tree differs from that commit.
 * `undefined` for standard input, and without a repository or a commit.
 */
export function originOf(
  [first = '.', ...more]: readonly string[],
  { cwd, env }: Pick<Io, 'cwd' | 'env'>,
): string | undefined {
  if ([first, ...more].includes('-')) return undefined;
  const path = resolve(cwd, first);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  try {
    const repository = new Repository(found.isDirectory() ? path : dirname(path), env);
    const commit = repository.commit('HEAD').slice(0, SHORT);
    return repository.isChanged ? `git ${commit}, changed files` : `git ${commit}`;
  } catch (error) {
    if (error instanceof SeaworthyError) return undefined;
    throw error;
  }
}
