import { statSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import type { Elsewhere } from '../../graph/around';
import { projectFiles } from './project-files';
import type { Skipped } from './reasons';
import { repositoryOf } from './sources';
import type { Found } from './walk';

/**
 * The rest of the project that files are from: what stands beside them, and in the repository. A file that holds nothing
 * that was judged, such as a template, counts as well.
 */
export function elsewhereOf(
  args: readonly string[],
  found: readonly Found[],
  skipped: readonly Skipped[],
  cwd: string,
): Elsewhere {
  const unread = new Set(
    skipped.filter(({ why }) => why === 'unrendered').map(({ shown }) => resolve(cwd, shown)),
  );
  const judged = new Set(found.map(({ path }) => path).filter((path) => !unread.has(path)));
  const named = args
    .filter((arg) => arg !== '-')
    .map((arg) => resolve(cwd, arg))
    .map((path) =>
      statSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? path : dirname(path),
    );
  const repositories = named.map(repositoryOf);
  const parents = named
    .map((folder) => dirname(folder))
    .filter((folder) => repositories.some((top) => isBelow(folder, top)));
  return projectFiles({ named, tops: [...parents, ...repositories] }, judged, cwd);
}

/** Whether a folder is another one, or lies below it. */
function isBelow(folder: string, top: string): boolean {
  return folder === top || folder.startsWith(`${top}${sep}`);
}
