import { LETTER_ESCAPES } from '../../kube/escapes';
import { CelSyntaxError } from '../problem';

const SIMPLE: Readonly<Record<string, string>> = {
  ...LETTER_ESCAPES,
  "'": "'",
  '"': '"',
  '`': '`',
  '?': '?',
};

/** Number and base of the digits, by the letter after the backslash. */
const DIGITS: Readonly<Record<string, number>> = { x: 2, X: 2, u: 4, U: 8 };

interface Body {
  readonly text: string;
  readonly isRaw: boolean;
  readonly at: number;
}

/** The value of a string literal: `'a\n'` has two characters. */
export function unquote(source: string, at: number): string {
  const body = bodyOf(source, at);
  if (body.isRaw) return body.text;
  return unescape(body, (code) => {
    if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
      throw new CelSyntaxError(at, 'an escape names no character');
    return String.fromCodePoint(code);
  }).join('');
}

/** The bytes of `b'…'`: escapes in octal and `\x` are bytes, the rest is UTF-8. */
export function unquoteBytes(source: string, at: number): Uint8Array {
  const body = bodyOf(source.slice(1), at);
  const encoder = new TextEncoder();
  if (body.isRaw) return encoder.encode(body.text);
  const parts = unescape<string | number>(body, (code, letter) => {
    if (letter === 'u' || letter === 'U') throw new CelSyntaxError(at, `\\${letter} has no meaning in bytes`);
    return code;
  });
  return Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'number' ? [part] : [...encoder.encode(part)])),
  );
}

function bodyOf(source: string, at: number): Body {
  const isRaw = /^[rR]/.test(source);
  const quoted = isRaw ? source.slice(1) : source;
  const width = /^("""|''')/.test(quoted) && quoted.length >= 6 ? 3 : 1;
  const text = quoted.slice(width, -width);
  // Line endings are normalized: a carriage return is not part of a string.
  return { text: text.replace(/\r\n?/g, '\n'), isRaw, at };
}

function unescape<T>({ text, at }: Body, coded: (code: number, letter: string) => T): (T | string)[] {
  const parts: (T | string)[] = [];
  let index = 0;
  while (index < text.length) {
    const slash = text.indexOf('\\', index);
    if (slash < 0) break;
    if (slash > index) parts.push(text.slice(index, slash));
    const letter = text[slash + 1] ?? '';
    const simple = SIMPLE[letter];
    if (simple !== undefined) {
      parts.push(simple);
      index = slash + 2;
      continue;
    }
    const [digits, base] = digitsAfter(text, slash + 1, letter, at);
    parts.push(coded(parseInt(digits, base), letter));
    index = slash + (base === 8 ? 1 : 2) + digits.length;
  }
  parts.push(text.slice(index));
  return parts;
}

function digitsAfter(text: string, from: number, letter: string, at: number): [digits: string, base: 8 | 16] {
  const width = DIGITS[letter];
  const octal = text.slice(from, from + 3);
  if (width === undefined && /^[0-3][0-7]{2}$/.test(octal)) return [octal, 8];
  const hex = text.slice(from + 1, from + 1 + (width ?? 0));
  if (width !== undefined && hex.length === width && /^[0-9a-fA-F]+$/.test(hex)) return [hex, 16];
  throw new CelSyntaxError(at, `\\${letter} is not an escape`);
}
