import { setOwn, type PlainRecord } from '../data';
import { DEEPEST, type Chunk, type Recorder } from './chunk';
import { resolve } from './resolve';
import { LONGEST_KEY } from './simple-keys';
import { isBareLine, isWord } from './scalar';

/** A key that is one word, or quoted without escapes. */
export const KEY = /(?:([\w./][\w./-]*)|"([^"\\\n]*)"|'([^'\n]*)'):(?=[ \n]|$)/y;
/** Escapes that JSON knows and kubectl does not: slashes and pairs of surrogates. */
const FOREIGN_ESCAPE = /\\(?:[^"\\bfnrtu]|u[dD][89a-fA-F])/;
/** Characters that kubectl rejects, or takes for line breaks. */
const RARE = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]/u;
const LITERAL = /^\|([1-9]?)([-+]?)$/;
/** The end of a part of a document: a line that begins with something else than a blank, a comment, or an item of a list. */
const AFTER_LIST = /\n(?=[^ \n#-]|-[^ \n])/g;
/** The same where no list begins in the first column. */
const AFTER_MAP = /\n(?=[^ \n#])/g;
/** Characters. A longer part is hardly like another, and takes long to compare. */
const LONGEST_PART = 16_000;

const SPACE = 32;
const HASH = 35;
const DASH = 45;

/** What fields of documents hold, by the lines below their keys: where those are the same, so is the value. */
export type ReadParts = Map<string, unknown>;

/**
 * The value of a document in the style that nearly all manifests are in: block maps and lists, scalars on one line,
 * literal blocks. Reading those directly takes a fraction of the time of a full parser.
 * Returns `undefined` at the first sign of anything else, errors included: `composeDocument` then reads the document.
 *
 * @param record takes the offsets of keys and items. @default they are not kept
 * @param parts that were read before, and may be shared with this document. @default all is read
 */
export function readBlock(
  chunk: Chunk,
  record?: Recorder,
  parts?: ReadParts,
): { value: unknown; offset: number } | undefined {
  if (RARE.test(chunk.text)) return undefined;
  try {
    return new BlockReader(chunk.text, record, parts).document();
  } catch (error) {
    if (error === UNSURE) return undefined;
    throw error;
  }
}

const UNSURE = new Error('not in plain block style');

/** One walk over the lines. Nothing of the current line has been read yet. */
class BlockReader {
  private readonly text: string;
  private readonly record: Recorder | undefined;
  private readonly parts: ReadParts | undefined;
  /** Of the current line: where it starts, where its content starts and ends, and the column of that; -1 at the end. */
  private lineStart = 0;
  private start = 0;
  private end = -1;
  private indent = -1;

  constructor(text: string, record: Recorder | undefined, parts: ReadParts | undefined) {
    this.text = text;
    this.record = record;
    this.parts = parts;
    // A separator that the document begins with.
    if (text.startsWith('---')) {
      this.end = endOfLine(text, 0);
      if (!/^---(?: *| +#.*)$/.test(text.slice(0, this.end))) throw UNSURE;
    }
    this.next();
  }

  document(): { value: unknown; offset: number } {
    if (this.indent < 0) return { value: null, offset: 0 };
    const offset = this.start;
    const value = this.node();
    if (this.indent >= 0) throw UNSURE;
    return { value, offset };
  }

  /** Goes to the next line that holds more than blanks and a comment. */
  private next(): void {
    const { text } = this;
    let lineStart = this.end + 1;
    while (lineStart < text.length) {
      const start = skipSpaces(text, lineStart);
      const end = endOfLine(text, start);
      if (start < end && text.charCodeAt(start) !== HASH) {
        this.lineStart = lineStart;
        this.start = start;
        this.end = end;
        this.indent = start - lineStart;
        return;
      }
      lineStart = end + 1;
    }
    this.indent = -1;
  }

  private node(): unknown {
    if (this.indent > DEEPEST) throw UNSURE;
    return this.atDash(this.start) ? this.list(this.indent) : this.map(this.indent);
  }

  private map(indent: number): PlainRecord {
    const record: PlainRecord = {};
    do {
      const key = this.keyAt(this.start);
      if (key === undefined || Object.hasOwn(record, key)) throw UNSURE;
      this.record?.(record, key, this.start);
      setOwn(record, key, this.entry(KEY.lastIndex, indent, key));
    } while (this.indent === indent && !this.atDash(this.start));
    if (this.indent > indent) throw UNSURE;
    return record;
  }

  private list(indent: number): unknown[] {
    const items: unknown[] = [];
    do {
      const at = skipSpaces(this.text, this.start + 1);
      if (at >= this.end) {
        this.next();
        this.record?.(items, items.length, this.indent > indent ? this.start : at);
        items.push(this.indent > indent ? this.node() : null);
      } else if (this.atDash(at) || this.keyAt(at) !== undefined) {
        // A map or list that begins behind the dash is indented by the column it begins at.
        this.start = at;
        this.indent = at - this.lineStart;
        this.record?.(items, items.length, at);
        items.push(this.node());
      } else {
        this.record?.(items, items.length, at);
        items.push(this.scalar(at, indent, false));
      }
    } while (this.indent === indent && this.atDash(this.start));
    if (this.indent > indent) throw UNSURE;
    return items;
  }

  /** The value after a colon, or below it. */
  private entry(afterColon: number, indent: number, key: string): unknown {
    const at = skipSpaces(this.text, afterColon);
    if (at < this.end) return this.scalar(at, indent, true);
    this.next();
    const isList = this.indent === indent && this.atDash(this.start);
    if (this.indent <= indent && !isList) return null;
    // The items of a list of objects have places of their own.
    if (indent === 0 && this.parts !== undefined && key !== 'items') return this.part(this.parts, isList);
    return isList ? this.list(indent) : this.node();
  }

  /** The value of a field of the document, which is read if no other had the same lines. */
  private part(parts: ReadParts, isList: boolean): unknown {
    const after = isList ? AFTER_LIST : AFTER_MAP;
    after.lastIndex = this.end;
    const end = after.exec(this.text)?.index ?? this.text.length;
    const lines = end - this.lineStart > LONGEST_PART ? undefined : this.text.slice(this.lineStart, end + 1);
    const known = lines === undefined ? undefined : parts.get(lines);
    if (known !== undefined) {
      this.end = end;
      this.next();
      return known;
    }
    const value = isList ? this.list(0) : this.node();
    // Lines that are left make the document one for the full parser.
    const isWhole = this.indent < 0 || this.lineStart > end;
    if (lines !== undefined && isWhole) parts.set(lines, value);
    return value;
  }

  private scalar(at: number, indent: number, inMap: boolean): unknown {
    const text = this.text.slice(at, beforeSpaces(this.text, this.end));
    const literal = LITERAL.exec(text);
    const value = literal === null ? valueOf(text) : this.literal(literal, indent, inMap);
    this.next();
    if (this.indent > indent) throw UNSURE;
    return value;
  }

  /** The lines of a literal block below the current line, which becomes its last. */
  private literal([, indicator, chomping]: RegExpExecArray, indent: number, inMap: boolean): string {
    const { text } = this;
    if (indicator !== '' && !inMap) throw UNSURE;
    let depth = indicator === '' ? 0 : indent + Number(indicator);
    const lines: string[] = [];
    for (let at = this.end + 1; at < text.length; at = this.end + 1) {
      const start = skipSpaces(text, at);
      const end = endOfLine(text, start);
      const blank = start === end;
      if (depth === 0 && !blank) {
        depth = start - at;
        // A tab where the indentation would end.
        if (text[start] === '\t') throw UNSURE;
      }
      if (!blank && start - at <= indent) break;
      // Blanks beyond the indentation and lines short of it are for the full parser.
      if (blank ? start - at > depth : start - at < depth) throw UNSURE;
      lines.push(blank ? '' : text.slice(at + depth, end));
      this.end = end;
    }
    let last = lines.length;
    while (last > 0 && lines[last - 1] === '') last--;
    if (last === 0) throw UNSURE;
    const body = lines.slice(0, last).join('\n');
    if (chomping === '-') return body;
    return chomping === '+' ? `${body}\n${'\n'.repeat(lines.length - last)}` : `${body}\n`;
  }

  private atDash(at: number): boolean {
    return (
      this.text.charCodeAt(at) === DASH && (at + 1 === this.end || this.text.charCodeAt(at + 1) === SPACE)
    );
  }

  /** The key at `at`; KEY.lastIndex is behind its colon then. */
  private keyAt(at: number): string | undefined {
    KEY.lastIndex = at;
    const match = KEY.exec(this.text);
    if (match === null) return undefined;
    // Whether a longer key is one depends on its length in characters.
    if (match[0].length > LONGEST_KEY) throw UNSURE;
    const bare = match[1];
    if (bare === undefined) return match[2] ?? match[3];
    if (typeof resolve(bare) !== 'string') throw UNSURE;
    return bare;
  }
}

function valueOf(text: string): unknown {
  if (isWord(text)) return text;
  if (text === '{}') return {};
  if (text === '[]') return [];
  if (text.startsWith('"')) return doubleQuoted(text);
  if (text.startsWith("'")) return singleQuoted(text);
  if (!isBareLine(text)) throw UNSURE;
  const value = resolve(text);
  if (typeof value === 'bigint' || (typeof value === 'number' && !Number.isFinite(value))) throw UNSURE;
  return value;
}

function doubleQuoted(text: string): string {
  if (FOREIGN_ESCAPE.test(text)) throw UNSURE;
  try {
    return JSON.parse(text) as string;
  } catch {
    throw UNSURE;
  }
}

function singleQuoted(text: string): string {
  const parts = text.slice(1, -1).split("''");
  if (text.length < 2 || !text.endsWith("'") || parts.some((part) => part.includes("'"))) throw UNSURE;
  return parts.join("'");
}

export function skipSpaces(text: string, at: number): number {
  while (text.charCodeAt(at) === SPACE) at++;
  return at;
}

function beforeSpaces(text: string, at: number): number {
  while (text.charCodeAt(at - 1) === SPACE) at--;
  return at;
}

export function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}
