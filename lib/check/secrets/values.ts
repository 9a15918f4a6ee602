/** The value at an offset of a text, and how it is written there. */
export interface Written {
  readonly start: number;
  readonly end: number;
  readonly form: 'quoted' | 'block' | 'line' | 'token';
}

/** Characters. A quote that is not closed by then is no quote. */
const LONGEST = 4_000;

/** An anchor or a tag of YAML, the scheme of a header: what may stand before a value and is no part of it. */
const PREFIX = /(?:(?:[&!][^\s"']*|bearer|basic|token|digest|apikey)[ \t]+)+/iy;
const QUOTED = [
  new RegExp(`\\\\"((?:[^"\\\\]|\\\\(?!"))*)\\\\"`, 'dy'),
  /"((?:[^"\\]|\\.)*)"/dsy,
  /'((?:[^']|'')*)'/dy,
  /`([^`]*)`/dy,
];
const BLOCK = /[|>][-+0-9]*[ \t]*(?:#.*)?\r?\n/y;
const REST = /[^\r\n]*/y;
const TOKEN =
  /(?:\(hidden\)|\$\{[^{}\n]*\}|\{\{(?:(?!\{\{)[^\n])*?\}\}|\$\([^()\n]*\)|[^\s"'`,;&|<>)}\]\\])+/y;

/**
 * The values that follow an `=` or a `:` that ends at `at`: more than one if it can be read in several ways, as in
 * `PASSWORD=a b`.
 *
 * @param most what it may be: in quotes or a block, also a word, also the rest of its line
 */
export function valuesAt(text: string, at: number, most: 'quoted' | 'token' | 'line'): Written[] {
  const start = prefixed(text, at);
  const quoted = quotedAt(text, start);
  if (quoted !== undefined) return [quoted];
  const block = blockAt(text, start);
  if (block !== undefined) return [block];
  if (text[start] === '[') return listAt(text, start);
  // The names of a map speak for themselves.
  if (text[start] === '{' && text[start + 1] !== '{') return [];
  if (most === 'quoted') return [];
  const token = endOf(TOKEN, text, start);
  const found: Written[] = token > start ? [{ start, end: token, form: 'token' }] : [];
  if (most !== 'line') return found;
  const line = text.slice(start, endOf(REST, text, start));
  const value = line.replace(/(?<!\s)\s+#[^]*$/, '').trimEnd();
  return value.length > token - start
    ? [...found, { start, end: start + value.length, form: 'line' }]
    : found;
}

function prefixed(text: string, at: number): number {
  return Math.max(at, endOf(PREFIX, text, at));
}

function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

function quotedAt(text: string, at: number): Written | undefined {
  const piece = /["'`\\]/.test(text[at] ?? '') ? text.slice(at, at + LONGEST) : '';
  for (const pattern of piece === '' ? [] : QUOTED) {
    pattern.lastIndex = 0;
    const [start, end] = pattern.exec(piece)?.indices?.[1] ?? [];
    if (start !== undefined && end !== undefined) return { start: at + start, end: at + end, form: 'quoted' };
  }
  // Without its end, the rest of the line belongs to it.
  return piece === '' || piece.startsWith('\\')
    ? undefined
    : { start: at + 1, end: endOf(REST, text, at + 1), form: 'quoted' };
}

/** The lines below `name: |` that are indented more. */
function blockAt(text: string, at: number): Written | undefined {
  const start = endOf(BLOCK, text, at);
  if (start === at) return undefined;
  const indent = indentOf(text, text.lastIndexOf('\n', at - 1) + 1);
  let end = start;
  while (end < text.length) {
    const next = text.indexOf('\n', end);
    const stop = next < 0 ? text.length : next + 1;
    if (text.slice(end, stop).trim() !== '' && indentOf(text, end) <= indent) break;
    end = stop;
  }
  const lead = indentOf(text, start);
  const value = text.slice(start + lead, end).trimEnd();
  return { start: start + lead, end: start + lead + value.length, form: 'block' };
}

function indentOf(text: string, at: number): number {
  let end = at;
  while (text[end] === ' ' || text[end] === '\t') end++;
  return end - at;
}

/** The items of a list on one line. */
function listAt(text: string, at: number): Written[] {
  const [inside = ''] = text.slice(at + 1, at + LONGEST).split(']', 1);
  return [...inside.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|([^\s,"']+)/dg)].flatMap(
    ({ indices }): Written[] => {
      const [start, end] = indices?.[1] ?? indices?.[2] ?? indices?.[3] ?? [];
      if (start === undefined || end === undefined) return [];
      return [{ start: at + 1 + start, end: at + 1 + end, form: 'quoted' }];
    },
  );
}
