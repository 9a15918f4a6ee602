import { DEEPEST, LONGEST_LOCATED, type Chunk, type ParsedDocument } from './chunk';
import { afterString, JsonFault, JsonReader } from './json-reader';
import { GO_SPACE } from './json-start';
import { LineNumbers } from './lines';

const TOKEN = /["{[\]}]|-?\d[\d.eE+-]*/g;
const COLON = /\s*:/y;
const SPACE = /[ \t\r\n]*/y;
const LONG_INTEGER = /^-?\d{16,}$/;
/** Escapes of surrogates: JSON.parse takes one without its other half as it is. */
const SURROGATE = /\\u[dD][89a-fA-F]/;

/** The documents at the start of a stream that are JSON. */
export interface JsonStream {
  readonly documents: readonly ParsedDocument[];
  /** Where the rest of the stream starts, which is YAML, if kubectl finds it, and why it is no JSON. @default there is none */
  readonly rest?: { readonly offset: number | undefined; readonly fault: JsonFault };
}

/** How many JSON texts make a stream one of JSON, in which no YAML may follow. */
const CERTAINLY_JSON = 2;

/**
 * Reads a stream that starts like JSON, as kubectl does (`YAMLOrJSONDecoder` in k8s.io/apimachinery): JSON texts with
 * nothing but space between them. Where the first or the second is no JSON, the rest is YAML.
 */
export function readJson(chunk: Chunk): JsonStream {
  const { text } = chunk;
  const lines = new LineNumbers(chunk);
  const documents: ParsedDocument[] = [];
  let end = 0;
  for (let start = afterSpace(text, 0); start < text.length; start = afterSpace(text, end)) {
    const read = parsed(text, start) ?? strictlyRead(chunk, lines, start);
    if (read instanceof JsonFault) {
      const offset = documents.length >= CERTAINLY_JSON ? undefined : restOf(text, end);
      return { documents, rest: { offset, fault: read } };
    }
    const { value, dropped = [] } = read;
    ({ end } = read);
    documents.push({
      value,
      line: lines.at(start),
      // The values hold nothing of the text: a long one would stay in memory for its lines alone.
      ...(text.length <= LONGEST_LOCATED && { text: { text, start, end } }),
      ...(dropped.length > 0 && { dropped }),
    });
  }
  return { documents };
}

type Read = Pick<ParsedDocument, 'value' | 'dropped'> & { readonly end: number };

/**
 * The object or list at `start`, read by JSON.parse. `undefined` where that would lose something, or take what Go does
 * not: keys that stand twice, integers that a number cannot hold, floats that are too large.
 */
function parsed(text: string, start: number): Read | undefined {
  const extent = extentOf(text, start);
  if (extent === undefined) return undefined;
  const { end } = extent;
  const written = text.slice(start, end);
  if (SURROGATE.test(written)) return undefined;
  try {
    const value = JSON.parse(written) as unknown;
    return countKeys(value) === extent.keys ? { value, end } : undefined;
  } catch {
    return undefined;
  }
}

function strictlyRead(chunk: Chunk, lines: LineNumbers, start: number): Read | JsonFault {
  const reader = new JsonReader(chunk, lines, start);
  try {
    const value = reader.next();
    return { value, end: reader.offset, dropped: reader.dropped };
  } catch (error) {
    if (error instanceof JsonFault) return error;
    throw error;
  }
}

/** Bytes that kubectl reads at a time to find where YAML goes on. */
const WINDOW = 4;

/**
 * Where YAML goes on behind JSON that ends at `end`: behind space, and at most one line break of it. `undefined` where so
 * little follows that kubectl takes it for the end (`consumeWhitespace` in its decoder).
 */
function restOf(text: string, end: number): number | undefined {
  for (let at = end; Buffer.byteLength(text.slice(at, at + WINDOW)) >= WINDOW; at++) {
    if (text[at] === '\n') return at + 1;
    if (!GO_SPACE.test(text.charAt(at))) return at;
  }
  return undefined;
}

/**
 * Where the object or list that starts at `start` ends, and how many keys it has.
 * `undefined` if there is none, or if a number cannot hold one of its numbers.
 */
function extentOf(text: string, start: number): { end: number; keys: number } | undefined {
  if (text[start] !== '{' && text[start] !== '[') return undefined;
  let depth = 0;
  let keys = 0;
  TOKEN.lastIndex = start;
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) {
    const [token] = match;
    if (token === '"') {
      TOKEN.lastIndex = COLON.lastIndex = afterString(text, match.index);
      if (COLON.test(text)) keys++;
    } else if (token === '{' || token === '[') {
      if (++depth > DEEPEST) return undefined;
    } else if (token === '}' || token === ']') {
      if (--depth === 0) return { end: TOKEN.lastIndex, keys };
    } else if (!holds(token)) {
      return undefined;
    }
  }
  return undefined;
}

/** Whether a number is what the digits say, as far as Go knows. */
function holds(digits: string): boolean {
  if (LONG_INTEGER.test(digits)) return digits.length < 300 && BigInt(digits) === BigInt(Number(digits));
  return Number.isFinite(Number(digits));
}

function afterSpace(text: string, at: number): number {
  SPACE.lastIndex = at;
  SPACE.test(text);
  return SPACE.lastIndex;
}

function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const children: unknown[] = Object.values(value);
  let count = Array.isArray(value) ? 0 : children.length;
  for (const child of children) count += countKeys(child);
  return count;
}
