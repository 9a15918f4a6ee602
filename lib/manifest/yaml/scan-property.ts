import {
  isBlank,
  isBlankOrEnd,
  isBreakOrEnd,
  isDigit,
  isWordCharacter,
  type Cursor,
  type Mark,
} from './cursor';
import type { Fail, Token } from './token';

const EXCLAMATION_MARK = 33;
const PERCENT = 37;
const FULL_STOP = 46;

const MOST_VERSION_DIGITS = 2;

/** Characters of a tag, besides those of words and `%`. */
const URI = ";/?:@&=+$,.!~*'()[]";
const AFTER_ANCHOR = '?:,]}%@`';

/** Scans `&name` or `*name`. */
export function scanAnchor(cursor: Cursor, type: 'anchor' | 'alias', fail: Fail): Token {
  const start = cursor.mark;
  cursor.skip();
  const name = cursor.takeWhile(isWordCharacter);
  if (name === '' || !(isBlankOrEnd(cursor.peek()) || isOneOf(cursor.peek(), AFTER_ANCHOR)))
    fail(
      'did not find expected alphabetic or numeric character',
      start,
      'Quote text that starts with * or &.',
    );
  return { type, start, name };
}

/** Scans `!tag`, `!handle!tag` or `!<tag>`. */
export function scanTag(cursor: Cursor, fail: Fail): Token {
  const start = cursor.mark;
  let handle = '';
  let suffix = '';
  if (cursor.text[cursor.offset + 1] === '<') {
    cursor.skip(2);
    suffix = scanUri(cursor, '', start, fail);
    if (cursor.text[cursor.offset] !== '>') fail("did not find the expected '>'", start);
    cursor.skip();
  } else {
    handle = scanHandle(cursor, false, start, fail);
    if (handle.length > 1 && handle.endsWith('!')) {
      suffix = scanUri(cursor, '', start, fail);
    } else {
      suffix = scanUri(cursor, handle, start, fail);
      handle = '!';
      if (suffix === '') [handle, suffix] = ['', '!'];
    }
  }
  if (!isBlankOrEnd(cursor.peek()))
    fail('did not find expected whitespace or line break', start, 'Quote text that starts with !.');
  return { type: 'tag', start, handle, suffix };
}

function scanHandle(cursor: Cursor, inDirective: boolean, start: Mark, fail: Fail): string {
  if (cursor.peek() !== EXCLAMATION_MARK) fail("did not find expected '!'", start);
  cursor.skip();
  const handle = `!${cursor.takeWhile(isWordCharacter)}`;
  if (cursor.peek() === EXCLAMATION_MARK) {
    cursor.skip();
    return `${handle}!`;
  }
  if (inDirective && handle !== '!') fail("did not find expected '!'", start);
  return handle;
}

/** The rest of a tag behind `head`, whose first character does not count. */
function scanUri(cursor: Cursor, head: string, start: Mark, fail: Fail): string {
  const from = cursor.offset;
  let uri = head.slice(1);
  for (
    let code = cursor.peek();
    isWordCharacter(code) || code === PERCENT || isOneOf(code, URI);
    code = cursor.peek()
  ) {
    if (code === PERCENT) uri += scanUriEscapes(cursor, start, fail);
    else uri += cursor.takeTo(cursor.offset + 1);
  }
  if (cursor.offset === from && head === '') fail('did not find expected tag URI', start);
  return uri;
}

/** One character, as the percent-encoded octets of its UTF-8. */
function scanUriEscapes(cursor: Cursor, start: Mark, fail: Fail): string {
  const octets: number[] = [];
  let width = 1;
  for (; octets.length < width; cursor.skip(3)) {
    const [, digits] = /^%([\da-fA-F]{2})/.exec(cursor.text.slice(cursor.offset, cursor.offset + 3)) ?? [];
    if (digits === undefined) fail('did not find URI escaped octet', start);
    const octet = parseInt(digits, 16);
    if (octets.length === 0) {
      width = widthOf(octet);
      if (width === 0) fail('found an incorrect leading UTF-8 octet', start);
    } else if ((octet & 0xc0) !== 0x80) {
      fail('found an incorrect trailing UTF-8 octet', start);
    }
    octets.push(octet);
  }
  return Buffer.from(octets).toString();
}

/** The octets of the character that `octet` leads; 0 if none starts so. */
function widthOf(octet: number): number {
  if (octet < 0x80) return 1;
  if ((octet & 0xe0) === 0xc0) return 2;
  if ((octet & 0xf0) === 0xe0) return 3;
  return (octet & 0xf8) === 0xf0 ? 4 : 0;
}

const DIRECTIVE = 'Quote a key or text that starts with %.';

/** Scans a line that starts with `%`. */
export function scanDirective(cursor: Cursor, fail: Fail): Token {
  const start = cursor.mark;
  cursor.skip();
  const name = cursor.takeWhile(isWordCharacter);
  if (name === '') fail('could not find expected directive name', start, DIRECTIVE);
  if (!isBlankOrEnd(cursor.peek())) fail('found unexpected non-alphabetical character', start, DIRECTIVE);
  if (name !== 'YAML' && name !== 'TAG') fail('found unknown directive name', start, DIRECTIVE);
  cursor.skipBlanks();
  const token =
    name === 'YAML'
      ? ({ type: 'version-directive', start, version: scanVersion(cursor, start, fail) } as const)
      : scanTagDirective(cursor, start, fail);
  cursor.skipBlanks();
  cursor.skipComment();
  if (!isBreakOrEnd(cursor.peek())) fail('did not find expected comment or line break', start);
  cursor.takeBreak();
  return token;
}

/** `1.1`, without leading zeros. */
function scanVersion(cursor: Cursor, start: Mark, fail: Fail): string {
  const major = scanVersionNumber(cursor, start, fail);
  if (cursor.peek() !== FULL_STOP) fail("did not find expected digit or '.' character", start);
  cursor.skip();
  return `${major}.${scanVersionNumber(cursor, start, fail)}`;
}

function scanVersionNumber(cursor: Cursor, start: Mark, fail: Fail): number {
  const digits = cursor.takeWhile(isDigit);
  if (digits.length > MOST_VERSION_DIGITS) fail('found extremely long version number', start);
  if (digits === '') fail('did not find expected version number', start);
  return Number(digits);
}

function scanTagDirective(cursor: Cursor, start: Mark, fail: Fail): Token {
  const handle = scanHandle(cursor, true, start, fail);
  if (!isBlank(cursor.peek())) fail('did not find expected whitespace', start);
  cursor.skipBlanks();
  const prefix = scanUri(cursor, '', start, fail);
  if (!isBlankOrEnd(cursor.peek())) fail('did not find expected whitespace or line break', start);
  return { type: 'tag-directive', start, handle, prefix };
}

function isOneOf(code: number, characters: string): boolean {
  return code !== 0 && characters.includes(String.fromCharCode(code));
}
