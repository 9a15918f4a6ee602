import { isBlank, isBlankOrEnd, isBreak, TAB, type Cursor } from './cursor';
import type { Fail, Token } from './token';

const DOUBLE_QUOTE = 34;
const HASH = 35;
const SINGLE_QUOTE = 39;
const COMMA = 44;
const COLON = 58;
const QUESTION_MARK = 63;
const BACKSLASH = 92;

/** The escapes of one character; YAML 1.1 has no `\/`. */
const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  "'": "'",
  '\\': '\\',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
};

const CODE_LENGTHS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

const UNCLOSED = 'Close the quote that opens here.';

/** Blanks and line breaks between two words of a scalar: what stays of them. */
class Gap {
  private blanks = '';
  private first = '';
  private further = '';
  /** Whether there is a line break, after which blanks are indentation. */
  hasBreak = false;

  blank(blank: string): void {
    if (!this.hasBreak) this.blanks += blank;
  }

  lineBreak(lineBreak: string): void {
    if (this.hasBreak) this.further += lineBreak;
    else this.first = lineBreak;
    this.hasBreak = true;
  }

  /** Like a line break, but nothing stays of it: its break is escaped. */
  escapedBreak(): void {
    this.hasBreak = true;
  }

  /** A single line break is a space. */
  get text(): string {
    if (!this.hasBreak) return this.blanks;
    if (this.first !== '\n') return this.first + this.further;
    return this.further === '' ? ' ' : this.further;
  }
}

/** Scans a scalar in single or double quotes. */
export function scanQuoted(cursor: Cursor, fail: Fail): Token {
  const start = cursor.mark;
  const quote = cursor.peek();
  cursor.skip();
  let value = '';
  for (;;) {
    if (cursor.isAtDocumentMarker()) fail('found unexpected document indicator', start, UNCLOSED);
    if (cursor.isAtEnd) fail('found unexpected end of stream', start, UNCLOSED);
    const gap = new Gap();
    value += scanQuotedWord(cursor, quote, gap, fail);
    if (cursor.peek() === quote) break;
    passGap(cursor, gap);
    value += gap.text;
  }
  cursor.skip();
  return { type: 'scalar', start, value, style: 'quoted' };
}

/** Up to a blank, a line break or the closing quote. */
function scanQuotedWord(cursor: Cursor, quote: number, gap: Gap, fail: Fail): string {
  let word = '';
  for (;;) {
    word += cursor.takeWhile((code) => code !== quote && code !== BACKSLASH && !isBlankOrEnd(code));
    const code = cursor.peek();
    if (quote === SINGLE_QUOTE && code === BACKSLASH) {
      cursor.skip();
      word += '\\';
    } else if (quote === SINGLE_QUOTE && code === quote && cursor.peek(1) === quote) {
      cursor.skip(2);
      word += "'";
    } else if (quote === DOUBLE_QUOTE && code === BACKSLASH) {
      if (isBreak(cursor.peek(1))) {
        cursor.skip();
        cursor.takeBreak();
        gap.escapedBreak();
        return word;
      }
      word += scanEscape(cursor, fail);
    } else {
      return word;
    }
  }
}

function scanEscape(cursor: Cursor, fail: Fail): string {
  const start = cursor.mark;
  const letter = String.fromCharCode(cursor.peek(1));
  const length = CODE_LENGTHS[letter];
  if (length === undefined) {
    const character = Object.hasOwn(ESCAPES, letter) ? ESCAPES[letter] : undefined;
    if (character === undefined)
      fail('found unknown escape character', start, 'Write \\\\ for a backslash, or use single quotes.');
    cursor.skip(2);
    return character;
  }
  const digits = cursor.text.slice(cursor.offset + 2, cursor.offset + 2 + length);
  if (digits.length < length || !/^[\da-fA-F]+$/.test(digits))
    fail('did not find expected hexdecimal number', start, `\\${letter} takes ${length} hexadecimal digits.`);
  const code = parseInt(digits, 16);
  if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff)
    fail(
      'found invalid Unicode character escape code',
      start,
      'Write the character itself, or \\U and its eight hexadecimal digits.',
    );
  cursor.skip(2 + length);
  return String.fromCodePoint(code);
}

function passGap(cursor: Cursor, gap: Gap): void {
  for (;;) {
    if (isBlank(cursor.peek())) gap.blank(cursor.takeTo(cursor.offset + 1));
    else if (isBreak(cursor.peek())) gap.lineBreak(cursor.takeBreak());
    else return;
  }
}

/** A plain scalar, and whether it ends after a line break, so that a key may follow. */
export interface PlainScalar {
  readonly token: Token;
  readonly endsLine: boolean;
}

/**
 * Scans a scalar without quotes.
 *
 * @param indent the least column of its further lines
 */
export function scanPlain(cursor: Cursor, indent: number, inFlow: boolean, fail: Fail): PlainScalar {
  const start = cursor.mark;
  let value = '';
  let gap = new Gap();
  while (!cursor.isAtDocumentMarker() && cursor.peek() !== HASH) {
    const word = scanPlainWord(cursor, inFlow);
    if (word !== '') {
      value += gap.text + word;
      gap = new Gap();
    }
    if (!isBlank(cursor.peek()) && !isBreak(cursor.peek())) break;
    passPlainGap(cursor, gap, indent, fail);
    if (!inFlow && cursor.column < indent) break;
  }
  return { token: { type: 'scalar', start, value, style: 'plain' }, endsLine: gap.hasBreak };
}

function scanPlainWord(cursor: Cursor, inFlow: boolean): string {
  const { text } = cursor;
  let end = cursor.offset;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (isBlankOrEnd(code) || (inFlow && endsInFlow(code))) break;
    if (code === COLON && isBlankOrEnd(end + 1 < text.length ? text.charCodeAt(end + 1) : 0)) break;
  }
  return cursor.takeTo(end);
}

function endsInFlow(code: number): boolean {
  return (
    code === COMMA || code === QUESTION_MARK || code === 91 || code === 93 || code === 123 || code === 125
  );
}

function passPlainGap(cursor: Cursor, gap: Gap, indent: number, fail: Fail): void {
  for (;;) {
    const code = cursor.peek();
    if (isBlank(code)) {
      if (gap.hasBreak && cursor.column < indent && code === TAB)
        fail('found a tab character that violates indentation', cursor.mark, 'Indent with spaces.');
      gap.blank(cursor.takeTo(cursor.offset + 1));
    } else if (isBreak(code)) {
      gap.lineBreak(cursor.takeBreak());
    } else {
      return;
    }
  }
}
