/** Notes what an app loads and reads, for `synth --watch`. It runs in the preload, and only if that asks for it. */
import * as nodeModule from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

type Read = (path: unknown, ...rest: unknown[]) => unknown;

/**
 * Calls `write`, when the process ends, with the absolute paths of the modules that were loaded and of the files and folders
 * that were read. A folder ends in a slash.
 */
export function noteLoaded(write: (paths: readonly string[]) => void): void {
  // What the app itself imports; an import of ours may be a copy.
  const fs = process.getBuiltinModule('node:fs');
  const paths = new Set<string>();
  const note = (path: unknown, ending = ''): void => {
    if (path instanceof URL && path.protocol === 'file:') paths.add(fileURLToPath(path) + ending);
    else if (typeof path === 'string') paths.add(resolve(path) + ending);
  };
  for (const [owner, name, ending] of [
    [fs, 'readFileSync', ''],
    [fs, 'readFile', ''],
    [fs.promises, 'readFile', ''],
    [fs, 'readdirSync', '/'],
    [fs, 'readdir', '/'],
    [fs.promises, 'readdir', '/'],
  ] as const)
    follow(owner as unknown as Record<string, Read>, name, (path) => note(path, ending));
  nodeModule.syncBuiltinESMExports();
  // Node 22.15 and later: modules of ESM are in no cache that can be read.
  (nodeModule as { registerHooks?: (hooks: object) => void }).registerHooks?.({
    load: (url: string, context: unknown, next: (url: string, context: unknown) => unknown) => {
      if (url.startsWith('file:')) note(new URL(url));
      return next(url, context);
    },
  });
  process.on('exit', () => {
    const { _cache: cache } = nodeModule.Module as unknown as { readonly _cache: object };
    for (const path of Object.keys(cache)) note(path);
    write([...paths]);
  });
}

/** Lets `note` see the first argument of a function of Node, which stays what it was for everybody else. */
function follow(owner: Record<string, Read>, name: string, note: (path: unknown) => void): void {
  const original = owner[name];
  if (original === undefined) return;
  const following: Read = function (this: unknown, path, ...rest) {
    note(path);
    return original.call(this, path, ...rest);
  };
  owner[name] = Object.defineProperties(following, Object.getOwnPropertyDescriptors(original));
}
