import { DEEPEST, LineCursor, LONGEST_LOCATED, type Chunk, type ParsedDocument } from './chunk';

const TOKEN = /["{[\]}]|-?\d[\d.eE+-]*/g;
const COLON = /\s*:/y;
const LONG_INTEGER = /^-?\d{16,}$/;

/** What may precede a JSON text and follow the last one. */
const GAP = /\s*(?:---(?!\S)\s*)*/y;

const BACKSLASH = 92;

/**
 * The JSON texts of a stream: one, or several with nothing but space or `---` between them, as kubectl reads them.
 * Returns `undefined` where JSON.parse would lose something: invalid JSON, duplicate keys, integers that a number
 * cannot hold.
 */
export function parseJson(chunk: Chunk): ParsedDocument[] | undefined {
  const { text } = chunk;
  const lines = new LineCursor(chunk);
  const documents: ParsedDocument[] = [];
  for (let start = afterGap(text, 0); start < text.length;) {
    const extent = extentOf(text, start);
    if (extent === undefined) return undefined;
    const value = parsed(text.slice(start, extent.end));
    if (value === undefined || countKeys(value) !== extent.keys) return undefined;
    const { end } = extent;
    // The values hold nothing of the text: it would stay in memory for their lines alone.
    const located = text.length <= LONGEST_LOCATED && { text: { text, start, end } };
    documents.push({ value, line: lines.at(start), ...located });
    start = afterGap(text, extent.end);
  }
  return documents;
}

/**
 * Where the object or list that starts at `start` ends, and how many keys it has.
 * `undefined` if there is none, or if a number cannot hold one of its integers.
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
    } else if (LONG_INTEGER.test(token) && BigInt(token) !== BigInt(Number(token))) {
      return undefined;
    }
  }
  return undefined;
}

/** The offset after the closing quote of the string that opens at `quote`. */
function afterString(text: string, quote: number): number {
  for (let end = text.indexOf('"', quote + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let backslashes = end;
    while (text.charCodeAt(backslashes - 1) === BACKSLASH) backslashes--;
    if ((end - backslashes) % 2 === 0) return end + 1;
  }
  return text.length;
}

function afterGap(text: string, at: number): number {
  GAP.lastIndex = at;
  GAP.test(text);
  return GAP.lastIndex;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const children: unknown[] = Object.values(value);
  let count = Array.isArray(value) ? 0 : children.length;
  for (const child of children) count += countKeys(child);
  return count;
}
