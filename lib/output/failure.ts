import path from 'node:path';
import { SeaworthyError } from '../errors';

/** The code of a failed system call, such as `ENOSPC`; `undefined` for any other error. */
export function codeOf(error: unknown): string | undefined {
  // Not by `instanceof`: under test runners these errors come from another realm.
  const { code, syscall } = (error ?? {}) as NodeJS.ErrnoException;
  return syscall === undefined ? undefined : code;
}

/** What an error code of the system says about a path. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  ENOSPC: 'no space is left on its file system',
  EDQUOT: 'no space is left on its file system',
  EFBIG: 'the file is larger than its file system or a limit of this shell allows',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'its file system is read-only',
  ENAMETOOLONG: 'the name is too long for its file system',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EISDIR: 'this is a folder, not a file',
  ELOOP: 'its symbolic links lead in a circle',
  EMFILE: 'this process has too many open files',
  ENFILE: 'the system has too many open files',
};

/** Why a system call failed, for messages: `permission denied (EACCES)`; the error's own message for a code that is not listed. */
export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  const reason = code === undefined ? undefined : REASONS[code];
  return reason === undefined ? messageOf(error) : `${reason} (${code})`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

const FREE_SPACE = 'Free some space, or choose another output.';
const PERMISSIONS =
  'An output is replaced as a whole, so its parent folder must be writable too: fix the permissions, or choose ' +
  'another output.';
const BELOW_MOUNT = 'Choose a folder of its own below the mount, or mount its parent instead.';

/** How to fix what an error code says about an output. */
const HINTS: Readonly<Record<string, string>> = {
  ENOSPC: FREE_SPACE,
  EDQUOT: FREE_SPACE,
  EFBIG: 'Raise the limit (`ulimit -f`).',
  EACCES: PERMISSIONS,
  EPERM: PERMISSIONS,
  ENAMETOOLONG: 'Shorten the names, or choose an output nearer the root.',
  ELOOP: 'Fix the link, or choose another output.',
  EMFILE: 'Raise the limit (`ulimit -n`).',
  EBUSY: BELOW_MOUNT,
  EXDEV: BELOW_MOUNT,
};

/** What these codes mean for the folder that is being replaced. */
const FOR_OUTPUT: Readonly<Record<string, string>> = {
  EBUSY: 'the folder is a mount point or in use, so it cannot be replaced in one step (EBUSY)',
  EXDEV: 'a file system is mounted at or inside the output, so it cannot be replaced in one step (EXDEV)',
};

/**
 * `error` for the user, who asked for the output `given`, which resolves to `directory`: the path, the reason, and how
 * to fix it. Errors that are not from the file system are returned unchanged.
 */
export function unwritable(error: unknown, given: string, directory: string): unknown {
  const code = codeOf(error);
  if (code === undefined) return error;
  const { path: from, dest: to } = error as NodeJS.ErrnoException & { dest?: string };
  const message = FOR_OUTPUT[code] ?? reasonOf(error);
  const place = shown(to ?? from ?? directory, given, directory);
  const hint = HINTS[code] ?? 'Choose another output.';
  return new SeaworthyError({ code: 'OUTPUT_UNWRITABLE', place, message, hint });
}

/** `file` as a path in the output `given`, also if it is in a folder that is about to replace the output. */
function shown(file: string, given: string, directory: string): string {
  const below = path.relative(path.dirname(directory), file).split(path.sep);
  const top = below.shift() ?? '';
  const inside =
    top === path.basename(directory) || top.startsWith(`.${path.basename(directory)}.seaworthy-`);
  return inside ? path.join(given, ...below) : file;
}
