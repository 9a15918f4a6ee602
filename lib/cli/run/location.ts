import { readFileSync, statSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { codeFrame } from '../../report/frame';
import { redactCode } from '../../report/redact/code';
import type { Failure } from '../child/protocol';

/** A line of a file, counted from 1. */
export interface Location {
  readonly file: string;
  readonly line: number;
}

/** Seaworthy's compiled files, which are never the location of a user's mistake. */
const OURS = resolve(__dirname, '..', '..') + sep;

/** A file larger than this was not written by hand. */
const READABLE = 1 << 22;

/**
 * The user's line that a failure comes from: where a parser stopped, else the innermost stack frame that is not in
 * Node, a library or our code. Compiled code is mapped to its source if it has a source map.
 */
export function locate(failure: Failure): Location | undefined {
  for (const { file, line, column } of positions(failure)) {
    if (isUsers(file)) return original(file, line, column) ?? { file, line };
  }
  return undefined;
}

/** `location` for messages: relative to `root` if it is inside. */
export function describeLocation({ file, line }: Location, root: string): string {
  const path = relative(root, file);
  const inside = path !== '' && !path.startsWith('..') && !isAbsolute(path);
  return `${inside ? path.split(sep).join('/') : file}:${line}`;
}

/** The lines around `location` without secrets, the line itself marked; nothing if the file cannot be read. */
export function frameAt({ file, line }: Location): string | undefined {
  const lines = readText(file)?.split(/\r?\n/) ?? [];
  return codeFrame(lines, line, 2, (_, number) => redactCode(lines, number));
}

interface Position extends Location {
  readonly column: number;
}

/** The positions that a failure names, the most precise first. */
function* positions({ message, stack }: Failure): Generator<Position> {
  // A syntax error of Node starts its stack with the place, one of jiti's parser ends its message with it.
  for (const pattern of [/^(\/.*|[A-Za-z]:\\.*):(\d+)()$/m, /\n (.+):(\d+):(\d+)$/]) {
    const match = pattern.exec(pattern.multiline ? firstLine(stack) : message);
    if (match !== null) yield position(match);
  }
  for (const line of stack.split('\n')) {
    const match = /^\s+at (?:.*\()?(?:async )?(.+?):(\d+):(\d+)\)?$/.exec(line);
    if (match !== null) yield position(match);
  }
}

function position([, file = '', line, column]: RegExpExecArray): Position {
  const path = file.startsWith('file://') ? fileURLToPath(file) : file;
  return { file: path, line: Number(line), column: Number(column) };
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

function isUsers(file: string): boolean {
  if (!isAbsolute(file) || file.startsWith(OURS)) return false;
  return (
    !file.includes(`${sep}node_modules${sep}`) && statSync(file, { throwIfNoEntry: false })?.isFile() === true
  );
}

/** The line of the source, by the source map of a compiled file. */
function original(file: string, line: number, column: number): Location | undefined {
  if (!/\.[cm]?js$/.test(file)) return undefined;
  try {
    const map = readSourceMap(file);
    const entry = map && new SourceMap(map).findEntry(line - 1, Math.max(0, column - 1));
    if (entry === undefined || !('originalSource' in entry)) return undefined;
    const source = resolve(dirname(file), map?.sourceRoot ?? '', entry.originalSource);
    return { file: source, line: entry.originalLine + 1 };
  } catch {
    return undefined; // The error matters more than a broken source map.
  }
}

function readSourceMap(file: string): SourceMapPayload | undefined {
  const comments = readText(file)?.matchAll(/^\/\/# sourceMappingURL=(\S+)\s*$/gm);
  const url = [...(comments ?? [])].at(-1)?.[1];
  if (url === undefined) return undefined;
  const inline = /^data:application\/json[^,]*;base64,(.*)$/.exec(url)?.[1];
  const text =
    inline === undefined ? readText(resolve(dirname(file), url)) : Buffer.from(inline, 'base64').toString();
  return text === undefined ? undefined : (JSON.parse(text) as SourceMapPayload);
}

function readText(file: string): string | undefined {
  try {
    return statSync(file).size > READABLE ? undefined : readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
