import { SeaworthyError } from '../../errors';
import { codeOf, reasonOf } from '../../output/failure';

/** System calls that fail because of what is written; any other failed because of what is read. */
const WRITING =
  /^(?:write|mkdir|mkdtemp|rename|link|symlink|unlink|rm|rmdir|chmod|chown|u?times?|copyfile|ftruncate|fsync)/;

/** An error of the operating system as a problem with its place and a way out; any other error unchanged. */
export function explained(error: unknown): unknown {
  const code = codeOf(error);
  if (code === undefined) return error;
  const { path, dest, syscall = '' } = error as NodeJS.ErrnoException & { readonly dest?: string };
  if (syscall === 'uv_cwd') return currentFolderGone();
  const place = dest ?? path;
  return new SeaworthyError({
    code: WRITING.test(syscall) ? 'OUTPUT_UNWRITABLE' : 'INPUT_UNREADABLE',
    ...(place !== undefined && { place }),
    message: reasonOf(error),
    ...hintFor(code),
  });
}

function currentFolderGone(): SeaworthyError {
  return new SeaworthyError({
    code: 'INPUT_UNREADABLE',
    message: 'the current folder no longer exists',
    hint: 'Change to a folder that exists, then run this again.',
  });
}

function hintFor(code: string): { readonly hint?: string } {
  if (code === 'EMFILE') return { hint: 'Raise the limit (`ulimit -n`).' };
  if (code === 'ENOSPC' || code === 'EDQUOT') return { hint: 'Free some space.' };
  return {};
}
