import { readFileSync } from 'node:fs';
import { findSourceMap, SourceMap, type SourceMapPayload } from 'node:module';
import { dirname, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInThisContext } from 'node:vm';

/** How many frames are looked at: each costs, and mostly one of the first is the user's. */
const FEW = 3;
const MANY = 40;

/** Positions in compiled code, and what they are in the user's files. Apps create thousands of constructs from few lines. */
const known = new Map<string, string>();
/** Whether a script is the user's own. */
const userCode = new Map<string, boolean>();
let callSites: NodeJS.CallSite[] = [];

/**
 * The user's line that the current call comes from, as `apps/shop/shop.ts:42`: the innermost frame that is neither
 * ours, nor a library's, nor Node's. Source maps are followed where the loader registered them.
 *
 * @param above the function whose callers count
 * @param built what is under construction: its own constructors do not count, so that an object of a user's class
 * stands where it was made, and not where the class calls `super`
 */
// eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- the type that captureStackTrace takes
export function callSite(above: Function, built: object): string | undefined {
  // The constructor of the most derived class is the outermost; it need not be there, as in `Reflect.construct`.
  return found(
    () => userSite(built.constructor, FEW) ?? userSite(built.constructor, MANY) ?? userSite(above, MANY),
  );
}

/** The user's line that calls `above`, no matter what is under construction. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- as above
export function lineOf(above: Function): string | undefined {
  return found(() => userSite(above, MANY));
}

/** The place of the frame that `look` finds on the stack. */
function found(look: () => NodeJS.CallSite | undefined): string | undefined {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- kept to be put back
  const { prepareStackTrace, stackTraceLimit } = Error;
  Error.prepareStackTrace = (_, sites) => {
    callSites = sites;
    return '';
  };
  const site = look();
  Error.prepareStackTrace = prepareStackTrace;
  Error.stackTraceLimit = stackTraceLimit;
  callSites = [];
  return site && locate(site, prepareStackTrace);
}

/** The first frame of user code among the innermost `depth` callers of `above`. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- as above
function userSite(above: Function, depth: number): NodeJS.CallSite | undefined {
  const holder: { stack?: unknown } = {};
  callSites = [];
  Error.stackTraceLimit = depth;
  Error.captureStackTrace(holder, above);
  void holder.stack;
  return callSites.find(isUserCode);
}

function isUserCode(site: NodeJS.CallSite): boolean {
  const file = site.getFileName();
  if (file === null || file === undefined) return false;
  let is = userCode.get(file);
  if (is === undefined) {
    is = !file.startsWith('node:') && !/[\\/]node_modules[\\/]/.test(file) && !isOurs(file);
    userCode.set(file, is);
  }
  return is;
}

/** This package's own compiled files, wherever it is installed; this file stands two folders below its root. */
const OUR_FOLDER = resolve(__dirname, '..', '..') + sep;

function isOurs(file: string): boolean {
  return file.startsWith(OUR_FOLDER);
}

type Prepare = typeof Error.prepareStackTrace;

function locate(site: NodeJS.CallSite, prepare: Prepare): string {
  const file = site.getFileName() ?? '';
  const line = site.getLineNumber() ?? 0;
  const column = site.getColumnNumber() ?? 0;
  const key = `${file}:${line}:${column}`;
  let source = known.get(key);
  if (source === undefined) {
    const place = remapped(site, prepare) ?? { file, line, column };
    const { file: path, line: number } = mapped(file, line, column) ?? fromFile(place) ?? place;
    source = `${shown(path)}:${number}`;
    known.set(key, source);
  }
  return source;
}

/** Through the source map that Node itself holds (`--enable-source-maps`, tsx). */
function mapped(file: string, line: number, column: number): Place | undefined {
  return originalOf(findSourceMap(file), line, column);
}

/** A position in a file, counted from 1. */
interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

function originalOf(map: SourceMap | undefined, line: number, column: number): Place | undefined {
  const entry = map?.findEntry(line - 1, Math.max(0, column - 1));
  if (entry === undefined || !('originalSource' in entry)) return undefined;
  return { file: entry.originalSource, line: entry.originalLine + 1, column: entry.originalColumn + 1 };
}

/** Source maps that compilers wrote, by the file of the code. */
const maps = new Map<string, SourceMap | undefined>();

/**
 * Through the source map that the file itself names, as those of the packages of a workspace do: no loader registers it.
 */
function fromFile({ file, line, column }: Place): Place | undefined {
  if (!/\.[cm]?js$/.test(file)) return undefined;
  const path = file.startsWith('file://') ? fileURLToPath(file) : file;
  if (!maps.has(path)) maps.set(path, readSourceMap(path));
  const original = originalOf(maps.get(path), line, column);
  if (original === undefined) return undefined;
  const root = maps.get(path)?.payload.sourceRoot ?? '';
  return { ...original, file: resolve(dirname(path), root, original.file) };
}

function readSourceMap(file: string): SourceMap | undefined {
  try {
    const [, url = ''] = /\n\/\/# sourceMappingURL=(\S+)\s*$/.exec(readFileSync(file, 'utf8')) ?? [];
    const inline = /^data:application\/json[^,]*;base64,(.*)$/.exec(url)?.[1];
    if (url === '') return undefined;
    const text =
      inline === undefined
        ? readFileSync(resolve(dirname(file), url), 'utf8')
        : Buffer.from(inline, 'base64');
    return new SourceMap(JSON.parse(String(text)) as SourceMapPayload);
  } catch {
    return undefined; // The line of the compiled code is better than none.
  }
}

/**
 * Through whatever formats stack traces here, such as source-map-support. Under Jest it stands in the realm around the
 * tests, where Node looks for it too.
 */
function remapped(site: NodeJS.CallSite, prepare: Prepare): Place | undefined {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- a function, which Node calls without `this`
  const format = prepare ?? (runInThisContext('Error') as ErrorConstructor).prepareStackTrace;
  if (format === undefined) return undefined;
  const text = String(format(new Error(), [site]));
  const match = /\(?((?:file:\/\/|[A-Za-z]:[\\/]|\/)[^()\n]+):(\d+):(\d+)\)?\s*$/.exec(text);
  return match?.[1] === undefined
    ? undefined
    : { file: match[1], line: Number(match[2]), column: Number(match[3]) };
}

/**
 * `file` as a reader knows it: relative to the current folder, with forward slashes, so that it is the same on each machine.
 * A package of a workspace stands beside the app: `../platform/src/service.ts`.
 */
function shown(file: string): string {
  const path = file.startsWith('file://') ? fileURLToPath(file) : file;
  return relative(process.cwd(), path).split(sep).join('/');
}
