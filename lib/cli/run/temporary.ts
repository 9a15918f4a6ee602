import { lstatSync, mkdtempSync, readdir, readFileSync, readlinkSync, rm, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { SeaworthyError, type Problem } from '../../errors';
import { reasonOf } from '../../output/failure';
import { isRunning } from '../../output/leftovers';

/**
 * A process, as the names of its temporary folders say. Numbers of processes are used again, and mean another process in
 * another container that shares the temporary directory; `''` where the system does not tell.
 */
interface Owner {
  readonly pid: number;
  /** When it started, in ticks since the boot: `/proc/PID/stat`. */
  readonly started: string;
  /** The namespace of its number: `/proc/self/ns/pid`. */
  readonly namespace: string;
}

const NAME = /^seaworthy-(\d+)-(\d*)-(\d*)-[A-Za-z0-9]{6}$/;

/** Milliseconds after which the folder of a process that we cannot see is taken for dead; no run takes over a day. */
const OLD = 2 * 86_400_000;

/** Bytes: more than is left where a write has failed, as far as file systems tell. */
const PROBE = 1 << 16;

/**
 * Creates a folder that only this user can enter, in the temporary directory.
 *
 * @throws SeaworthyError OUTPUT_UNWRITABLE
 */
export function makeTemporary(env: NodeJS.ProcessEnv): string {
  const parent = temporaryDirectory(env);
  const { pid, started, namespace } = self();
  try {
    return mkdtempSync(join(parent, `seaworthy-${pid}-${started}-${namespace}-`));
  } catch (error) {
    throw new SeaworthyError({
      code: 'OUTPUT_UNWRITABLE',
      place: parent,
      message: `cannot create a temporary folder: ${reasonOf(error)}`,
      hint: 'Set TMPDIR to a writable folder.',
    });
  }
}

/**
 * `error`, and before it that nothing can be written to `folder` if that is so: the app may have failed for this reason,
 * and could not hand over its own error.
 */
export function withFull(error: unknown, folder: string): unknown {
  try {
    writeFileSync(join(folder, 'probe'), Buffer.alloc(PROBE));
    return error;
  } catch (reason) {
    const problem: Problem = {
      code: 'OUTPUT_UNWRITABLE',
      place: dirname(folder),
      message: `cannot write to the temporary folder: ${reasonOf(reason)}`,
      hint: 'Free some space, or set TMPDIR to another folder.',
    };
    return new SeaworthyError(problem, ...(error instanceof SeaworthyError ? error.problems : []));
  }
}

/** Removes the folders that killed processes left in the temporary directory: they may hold Secrets. */
export async function removeLeftovers(env: NodeJS.ProcessEnv): Promise<void> {
  const parent = temporaryDirectory(env);
  // Node loads its promises of files for a few milliseconds, which most commands need for nothing else.
  const names = await promisify(readdir)(parent).catch((): string[] => []);
  const left = names.filter((name) => isLeftover(parent, name));
  await Promise.allSettled(
    left.map((name) => promisify(rm)(join(parent, name), { recursive: true, force: true })),
  );
}

function temporaryDirectory({ TMPDIR }: NodeJS.ProcessEnv): string {
  return resolve(TMPDIR === undefined || TMPDIR === '' ? tmpdir() : TMPDIR);
}

/** Whether `name` is a folder of ours (no link, and of this user) whose process has ended. */
function isLeftover(parent: string, name: string): boolean {
  const [, pid, started = '', namespace = ''] = NAME.exec(name) ?? [];
  if (pid === undefined) return false;
  const stats = lstatSync(join(parent, name), { throwIfNoEntry: false });
  if (stats?.isDirectory() !== true || stats.uid !== (process.getuid?.() ?? stats.uid)) return false;
  // eslint-disable-next-line no-restricted-properties -- the age of a folder
  if (namespace !== self().namespace) return Date.now() - stats.mtimeMs > OLD;
  return !isAlive({ pid: Number(pid), started, namespace });
}

function isAlive({ pid, started }: Owner): boolean {
  if (!isRunning(pid)) return false;
  const now = startOf(pid);
  return now === '' || started === '' || now === started;
}

let own: Owner | undefined;

function self(): Owner {
  return (own ??= { pid: process.pid, started: startOf(process.pid), namespace: namespaceOf() });
}

/** Field 22 of `/proc/PID/stat`, after the name of the program, which may hold any character; of a zombie, which has ended, -1. */
function startOf(pid: number): string {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? '-1' : (fields[19] ?? '');
  } catch {
    return '';
  }
}

function namespaceOf(): string {
  try {
    return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? '';
  } catch {
    return '';
  }
}
