import { LETTER_ESCAPES } from '../kube/escapes';
import { Pattern } from '../kube/pattern';
import type { Node } from './parse';
import type { PlacedProblem } from './problem';

/** What may follow a backslash in quotes (`UnquoteChar` of util/strutil): as in Go, and either quote only in its own. */
const ESCAPE = /\\(?:[abfnrtv\\]|x[0-9a-fA-F]{2}|[0-7]{3}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})/y;

/** What is wrong with a string, and with the regular expression that it is. */
export function stringProblems(text: string, node: Node): PlacedProblem[] {
  const { from, to } = node;
  const literal = text.slice(from, to);
  const quote = literal.charAt(0);
  // The grammar takes a string without its end, for editors.
  if (literal.length === 1 || !literal.endsWith(quote) || endsEscaped(literal))
    return [{ message: 'unterminated quoted string', at: from }];
  const value = unquoted(literal);
  if (typeof value !== 'string') {
    const hint = `Write it as \\\\, or put the string in backquotes.`;
    return [{ message: `unknown escape sequence ${value.escape}`, at: from + value.offset, hint }];
  }
  const operator = node.prevSibling?.firstChild?.name ?? node.prevSibling?.name ?? '';
  if (operator !== 'EqlRegex' && operator !== 'NeqRegex') return [];
  const wrong = new Pattern(value).problem;
  return wrong === undefined ? [] : [{ message: `error parsing regexp: ${wrong}`, at: from }];
}

function endsEscaped(literal: string): boolean {
  const slashes = /(\\*).$/s.exec(literal)?.[1]?.length ?? 0;
  return !literal.startsWith('`') && slashes % 2 === 1;
}

/** The value of a string that is closed, or the escape in it that there is not. */
export function unquoted(literal: string): string | { readonly escape: string; readonly offset: number } {
  const quote = literal.charAt(0);
  const inside = literal.slice(1, -1);
  if (quote === '`') return inside;
  let value = '';
  for (let at = 0; at < inside.length; at++) {
    const character = inside.charAt(at);
    if (character !== '\\') {
      value += character;
      continue;
    }
    ESCAPE.lastIndex = at;
    const escape = inside.charAt(at + 1) === quote ? `\\${quote}` : ESCAPE.exec(inside)?.[0];
    if (escape === undefined) return { escape: inside.slice(at, at + 2), offset: at + 1 };
    value += meaning(escape.slice(1));
    at += escape.length - 1;
  }
  return value;
}

function meaning(escape: string): string {
  const first = escape.charAt(0);
  if (escape.length === 1) return LETTER_ESCAPES[first] ?? first;
  const code = /^[0-7]/.test(first) ? parseInt(escape, 8) : parseInt(escape.slice(1), 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}
