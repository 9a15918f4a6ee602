import path from 'node:path';
import { SeaworthyError } from '../errors';

/** The code of a failed system call, such as `ENOSPC`; `undefined` for any other error. */
export function codeOf(error: unknown): string | undefined {
  // Not by `instanceof`: under test runners these errors come from another realm.
  const { code, syscall } = (error ?? {}) as NodeJS.ErrnoException;
  return syscall === undefined ? undefined : code;
}

const FULL = ['no space is left on its file system', 'Free some space, or choose another output.'] as const;
const DENIED = [
  'permission denied',
  'An output is replaced as a whole, so its parent folder must be writable too: fix the permissions, or choose ' +
    'another output.',
] as const;

const BELOW_MOUNT = 'Choose a folder of its own below the mount, or mount its parent instead.';

/** The message for an error code, and how to fix it. */
const MEANING: Readonly<Record<string, readonly [message: string, hint: string]>> = {
  ENOSPC: FULL,
  EDQUOT: FULL,
  EFBIG: [
    'the file is larger than its file system or a limit of this shell allows',
    'Raise the limit (`ulimit -f`).',
  ],
  EACCES: DENIED,
  EPERM: DENIED,
  EROFS: ['its file system is read-only', 'Choose another output.'],
  ENAMETOOLONG: [
    'the name is too long for its file system',
    'Shorten the names, or choose an output nearer the root.',
  ],
  ENOTDIR: ['a part of the path is a file, not a folder', 'Choose another output.'],
  ELOOP: ['its symbolic links lead in a circle', 'Fix the link, or choose another output.'],
  EBUSY: ['the folder is a mount point or in use, so it cannot be replaced in one step', BELOW_MOUNT],
  EXDEV: [
    'a file system is mounted at or inside the output, so it cannot be replaced in one step',
    BELOW_MOUNT,
  ],
};

/**
 * `error` for the user, who asked for the output `given`, which resolves to `directory`: the path, the reason, and how
 * to fix it. Errors that are not from the file system are returned unchanged.
 */
export function unwritable(error: unknown, given: string, directory: string): unknown {
  const code = codeOf(error);
  if (code === undefined) return error;
  const { path: from, dest: to, message: raw } = error as NodeJS.ErrnoException & { dest?: string };
  const [message, hint] = MEANING[code] ?? [raw, 'Choose another output.'];
  const place = shown(to ?? from ?? directory, given, directory);
  return new SeaworthyError({ code: 'OUTPUT_UNWRITABLE', place, message: `${message} (${code})`, hint });
}

/** `file` as a path in the output `given`, also if it is in a folder that is about to replace the output. */
function shown(file: string, given: string, directory: string): string {
  const below = path.relative(path.dirname(directory), file).split(path.sep);
  const top = below.shift() ?? '';
  const inside =
    top === path.basename(directory) || top.startsWith(`.${path.basename(directory)}.seaworthy-`);
  return inside ? path.join(given, ...below) : file;
}
