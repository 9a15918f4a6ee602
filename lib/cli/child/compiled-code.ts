import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import Module from 'node:module';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';

/** Where compiled code is kept, and of what. */
export interface CompiledCode {
  /** The modules, by the folders that they are in: absolute paths that end in a separator. */
  readonly folders: readonly string[];
  /** A folder that only this user can write to: what is found there is run. */
  readonly cache: string;
}

/** How many builds keep their code: one for each Node and Seaworthy that this user runs by turns. */
const KEPT = 4;

/** What asks for other modules while it runs is left to Node: in code that was kept, Node 20 refuses such a request. */
const IMPORTS = /\bimport\s*\(/;

/** Bytes of the checksum that an entry begins with. */
const CHECKSUM = 20;

/** Node's own way to run the text of a module; `@types/node` leaves it out. */
interface Compiler {
  _compile(this: NodeJS.Module, text: string, file: string): unknown;
}

/**
 * Keeps the compiled code of modules between runs, as `enableCompileCache` does in Node 22 and later. An entry belongs to
 * one text, one Node and one processor. One that is damaged is not used, and a cache that cannot be written to changes nothing.
 *
 * @returns writes what was compiled in this run; called once, when the functions that the run needs are compiled
 */
export function keepCompiledCode({ folders, cache }: CompiledCode): () => void {
  const { prototype } = Module as unknown as { readonly prototype: Compiler };
  const original = Reflect.get(prototype, '_compile');
  const fresh: [entry: string, script: Script][] = [];
  const { arch, version, versions } = process;
  const folder = join(cache, hash(`${folders.join()} ${arch} ${version} ${versions.v8}`));
  prototype._compile = function (text, file) {
    const isKept = folders.some((folder) => file.startsWith(folder)) && !IMPORTS.test(text);
    if (!isKept) return original.call(this, text, file);
    const entry = join(folder, hash(`${file}\0${text}`));
    const cachedData = readEntry(entry);
    const script = new Script(Module.wrap(text), { filename: file, ...(cachedData && { cachedData }) });
    if (cachedData === undefined || script.cachedDataRejected === true) fresh.push([entry, script]);
    const run = script.runInThisContext() as (...scope: unknown[]) => unknown;
    return run.call(this.exports, this.exports, requireOf(this), this, file, dirname(file));
  };
  return () => {
    if (fresh.length > 0) write(cache, folder, fresh);
  };
}

/** What a module calls `require`. One by `createRequire` would find each module anew, which takes as long as to compile it. */
function requireOf(module: NodeJS.Module): NodeJS.Require {
  const own = (id: string): unknown => beside(module, id) ?? module.require(id);
  const { cache, main } = require;
  const resolve = (id: string, options?: { paths?: string[] }): string =>
    Module.createRequire(module.filename).resolve(id, options);
  return Object.assign(own, { cache, main, resolve }) as NodeJS.Require;
}

/**
 * What a module exports that is named by its file in the same folder, as all of a bundle are: to find it, Node would look for
 * that file, its real path and the package that it is in, which takes as long as to run it. Node loads what is not just so.
 */
function beside(module: NodeJS.Module, id: string): unknown {
  if (!/^\.\/[^/]+\.js$/.test(id)) return undefined;
  const path = join(dirname(module.filename), id.slice(2));
  const known = require.cache[path];
  if (known !== undefined) return known.exports;
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
  const loaded = new Module(path, module);
  loaded.filename = path;
  loaded.paths = module.paths;
  require.cache[path] = loaded;
  try {
    (loaded as unknown as Compiler)._compile.call(loaded, text, path);
    loaded.loaded = true;
    return loaded.exports;
  } finally {
    if (!loaded.loaded) Reflect.deleteProperty(require.cache, path);
  }
}

function hash(text: string | Buffer): string {
  return createHash('sha1').update(text).digest('hex');
}

/** The code of an entry that is whole. V8 itself does not look for damage. */
function readEntry(path: string): Buffer | undefined {
  try {
    const bytes = readFileSync(path);
    const code = bytes.subarray(CHECKSUM);
    return hash(code) === bytes.toString('hex', 0, CHECKSUM) ? code : undefined;
  } catch {
    return undefined;
  }
}

/** Each entry is renamed to its place once it is whole, so that other runs never see a part. */
function write(cache: string, folder: string, fresh: readonly (readonly [string, Script])[]): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const [entry, script] of fresh) {
      const code = script.createCachedData();
      const temporary = `${entry}.${process.pid}`;
      writeFileSync(temporary, Buffer.concat([Buffer.from(hash(code), 'hex'), code]), { mode: 0o600 });
      renameSync(temporary, entry);
    }
    prune(cache);
  } catch {
    // A full or read-only disk: the next run compiles once more.
  }
}

/** Removes the code of all but the builds that were written to last. */
function prune(cache: string): void {
  const builds = readdirSync(cache).map((name) => ({ name, time: statSync(join(cache, name)).mtimeMs }));
  const old = builds.sort((a, b) => b.time - a.time).slice(KEPT);
  for (const { name } of old) rmSync(join(cache, name), { recursive: true, force: true });
}
