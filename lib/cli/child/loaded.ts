/** Notes what an app loads and reads, for `synth --watch`. It runs in the preload, and only if that asks for it. */
import * as nodeModule from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMainThread, MessageChannel, receiveMessageOnPort } from 'node:worker_threads';

type Read = (path: unknown, ...rest: unknown[]) => unknown;

/**
 * Calls `write`, when the process ends, with the absolute paths of the modules that were loaded and of the files and folders
 * that were read. A folder ends in a slash.
 *
 * @param write also gets those of them that `require` loads, in the order in which it began
 */
export function noteLoaded(write: (paths: readonly string[], required: readonly string[]) => void): void {
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
  const modules = noteModules();
  process.on('exit', () => {
    for (const url of modules()) note(new URL(url));
    const { _cache: cache } = nodeModule.Module as unknown as { readonly _cache: object };
    const required = Object.keys(cache);
    for (const path of required) note(path);
    write([...paths], required);
  });
}

/** The hooks of `register`, which run in a thread of their own. */
const HOOKS = `let port;
export const initialize = (data) => { port = data; };
export const load = (url, context, next) => {
  if (url.startsWith('file:')) port.postMessage(url);
  return next(url, context);
};`;

/** Notes the modules of ESM, which are in no cache that can be read: a function that returns the URLs of those so far. */
function noteModules(): () => Iterable<string> {
  const { registerHooks } = nodeModule as { registerHooks?: (hooks: object) => void };
  const urls = new Set<string>();
  if (registerHooks !== undefined) {
    registerHooks({
      load: (url: string, context: unknown, next: (url: string, context: unknown) => unknown) => {
        if (url.startsWith('file:')) urls.add(url);
        return next(url, context);
      },
    });
    return () => urls;
  }
  // Before Node 22.15. The thread of the hooks runs the preload, too.
  if (!isMainThread) return () => urls;
  const { port1, port2 } = new MessageChannel();
  const hooks = `data:text/javascript,${encodeURIComponent(HOOKS)}`;
  nodeModule.register(hooks, { data: port2, transferList: [port2] });
  return function* () {
    for (let said = receiveMessageOnPort(port1); said !== undefined; said = receiveMessageOnPort(port1))
      yield said.message as string;
  };
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
