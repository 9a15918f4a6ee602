import { isMap, isScalar, parseDocument, stringify, type Pair, type YAMLMap } from 'yaml';
import type { PinValue } from './pins';

/**
 * The text of a pins file with other values in one environment. What has a pin changes at its place, and all else stays as it
 * is, byte for byte; a new pin gets a line at the end of its environment.
 *
 * @param text what `readPins` takes
 */
export function withPins(text: string, environment: string, values: ReadonlyMap<string, PinValue>): string {
  const added = new Map(values);
  const section = parseDocument(text).get(environment);
  const edits: (readonly [start: number, end: number, value: string])[] = [];
  for (const { key, value } of isMap(section) ? section.items : []) {
    const name = isScalar(key) ? String(key.source ?? key.value) : '';
    const next = added.get(name);
    if (next === undefined || !isScalar(value) || value.range == null) continue;
    const [start, end] = value.range;
    edits.push([start, end, written(next)]);
    added.delete(name);
  }
  const edited = edits
    .reverse()
    .reduce((so, [start, end, value]) => so.slice(0, start) + value + so.slice(end), text);
  return added.size === 0 ? edited : extended(edited, environment, added);
}

/** Adds pins that were not there: as lines of their own where the file is of lines, else the document is written anew. */
function extended(text: string, environment: string, values: ReadonlyMap<string, PinValue>): string {
  const document = parseDocument(text);
  const { contents } = document;
  const section = document.get(environment);
  const ending = text.includes('\r\n') ? '\r\n' : '\n';
  const linesOf = (indent: string): string =>
    [...values].map(([name, value]) => `${indent}${name}: ${written(value)}${ending}`).join('');
  if (isBlock(section)) {
    const [{ key }, last] = [section.items[0], section.items.at(-1)] as [Pair, Pair];
    const at = endOfLine(text, rangeOf(last.value ?? last.key)[1]);
    const start = rangeOf(key)[0];
    const indent = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
    return insert(text, at, linesOf(indent), ending);
  }
  if (isMap(contents) && contents.flow !== true && !document.has(environment))
    return insert(text, text.length, `${environment}:${ending}${linesOf('  ')}`, ending);
  for (const [name, value] of values) {
    // `production:` with nothing below it.
    if (!isMap(document.get(environment))) document.set(environment, document.createNode({}));
    document.setIn([environment, name], value);
  }
  return document.toString({ lineWidth: 0 }).replaceAll(/\r?\n/g, ending);
}

/** Whether a section has its pins on lines below its name. */
function isBlock(section: unknown): section is YAMLMap {
  return isMap(section) && section.flow !== true && section.items.length > 0;
}

function rangeOf(node: unknown): readonly [number, number] {
  const [start = 0, end = 0] = (node as { readonly range?: readonly number[] | null }).range ?? [];
  return [start, end];
}

/** Where the next line begins. */
function endOfLine(text: string, from: number): number {
  if (text[from - 1] === '\n') return from;
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end + 1;
}

function insert(text: string, at: number, lines: string, ending: string): string {
  const before = text.slice(0, at);
  return `${before}${before === '' || before.endsWith('\n') ? '' : ending}${lines}${text.slice(at)}`;
}

/** A value on one line, in quotes where it needs them. */
function written(value: PinValue): string {
  return stringify(value, { lineWidth: 0, blockQuote: false }).trimEnd();
}
