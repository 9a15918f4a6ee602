import { readFileSync } from 'node:fs';
import { findSourceMap, SourceMap, type SourceMapPayload } from 'node:module';
import { dirname, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInThisContext } from 'node:vm';

/** Positions in compiled code, and what they are in the user's files. Apps create thousands of constructs from few lines. */
const known = new Map<string, string>();

type Prepare = typeof Error.prepareStackTrace;

/** `site` as `apps/shop/shop.ts:42`, through source maps. @param prepare what formats stack traces here */
export function sourceLine(site: NodeJS.CallSite, prepare: Prepare): string {
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
