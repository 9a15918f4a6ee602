import fs from 'node:fs';
import { emptyFolder, remove } from './outputs';

/** The calls through which the writer sees and changes the file system. */
const CALLS = [
  'chmodSync',
  'chownSync',
  'closeSync',
  'copyFileSync',
  'linkSync',
  'lstatSync',
  'mkdirSync',
  'openSync',
  'readFileSync',
  'readdirSync',
  'readlinkSync',
  'renameSync',
  'rmSync',
  'rmdirSync',
  'statSync',
  'symlinkSync',
  'utimesSync',
  'writeFileSync',
] as const;

// Node loads what deletes folders on first use, and it keeps the calls that it finds then: it must not find ours.
remove(emptyFolder());

type Call = (...parameters: unknown[]) => unknown;

/** Runs before each call; what it throws, the call fails with. */
export type Watch = (name: string, parameters: readonly unknown[], number: number) => void;

/** Runs `action` with `watch` before each call to the file system. Returns how many calls there were. */
export function watched(watch: Watch, action: () => void): number {
  const system = fs as unknown as Record<string, Call>;
  let number = 0;
  const spies = CALLS.map((name) => {
    const original = system[name] as Call;
    return jest.spyOn(system, name as never).mockImplementation(((...parameters: unknown[]) => {
      watch(name, parameters, number++);
      return original(...parameters);
    }) as never);
  });
  try {
    action();
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return number;
}

/** An error as the file system throws it; of calls on an open file it does not say the path. */
export function systemError(code: string, path: unknown): Error {
  const where = typeof path === 'string' ? { path } : {};
  return Object.assign(new Error(`${code}: injected`), { code, syscall: 'injected', ...where });
}

/** Fails call number `target` with `code`, and no other. */
export function failOnce(target: number, code: string): Watch {
  return (_, [path], number) => {
    if (number === target) throw systemError(code, path);
  };
}

/** Fails call number `target` and every later one, as if the process had ended there: nothing more is done. */
export function dieAt(target: number): Watch {
  return (_, __, number) => {
    if (number >= target) throw new Error('this process is dead');
  };
}

/** An overlay file system, where `folder` is of a lower layer and cannot be renamed. */
export function overlay(folder: string): Watch {
  return (name, [from]) => {
    if (name === 'renameSync' && from === folder) throw systemError('EXDEV', from);
  };
}

export function both(one: Watch, other: Watch): Watch {
  return (...call) => {
    one(...call);
    other(...call);
  };
}
