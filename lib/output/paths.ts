import { SeaworthyError, type Problem } from '../errors';
import { fold } from './file-name';

/** The record of what we wrote, at the top of the output. */
export const RECORD = '.seaworthy';

/** Why `path` is not a relative POSIX path below the output on every system; `undefined` if it is one. */
export function faultOf(path: string): string | undefined {
  if (path === '') return 'is empty';
  if (/\p{Cc}/u.test(path)) return 'holds a control character';
  if (path.includes('\\')) return "holds a '\\'; folders are parted by '/'";
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) return 'is absolute';
  const segments = path.split('/');
  if (segments.some((segment) => segment === '' || segment === '.' || segment === '..')) {
    return "has an empty part, '.' or '..' in it";
  }
  if (segments.some((segment) => fold(segment) === '.git')) return "lies in git's own folder";
  if (fold(path) === RECORD || path.startsWith('#')) return 'would be mistaken in the record of the output';
  return undefined;
}

/** The folders above `path`, outermost first. */
export function foldersAbove(path: string): string[] {
  const folders: string[] = [];
  for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
    folders.push(path.slice(0, slash));
  }
  return folders;
}

/**
 * Refuses paths that cannot all be written below one folder on every file system.
 *
 * @throws SeaworthyError OUTPUT_UNWRITABLE for a path that would leave the output, FILE_COLLISION for two that
 * differ only in case, or if one is a file and the other needs a folder. Reports all of them.
 */
export function checkPaths(paths: Iterable<string>): void {
  const problems: Problem[] = [];
  const files = new Map<string, string>();
  for (const path of paths) {
    const fault = faultOf(path);
    const twin = files.get(fold(path));
    if (fault !== undefined) {
      const hint = "Expected a relative path such as 'shop/production/api.yaml'.";
      problems.push({ code: 'OUTPUT_UNWRITABLE', message: `the file name '${path}' ${fault}`, hint });
    } else if (twin !== undefined) problems.push(collision(twin, path, 'differ only in case'));
    else files.set(fold(path), path);
  }
  for (const path of files.values()) {
    const file = foldersAbove(path)
      .map((folder) => files.get(fold(folder)))
      .find((found) => found !== undefined);
    if (file !== undefined)
      problems.push(collision(file, path, 'cannot both be: the one is a file and the other needs a folder'));
  }
  const [first, ...more] = problems;
  if (first !== undefined) throw new SeaworthyError(first, ...more);
}

function collision(one: string, other: string, reason: string): Problem {
  return {
    code: 'FILE_COLLISION',
    message: `the files '${one}' and '${other}' ${reason}`,
    hint: 'Rename one of them.',
  };
}
