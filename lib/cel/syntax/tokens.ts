import { CelSyntaxError } from '../problem';

export interface Token {
  readonly kind: 'ident' | 'int' | 'uint' | 'double' | 'string' | 'bytes' | 'sign' | 'end';
  readonly text: string;
  readonly at: number;
}

/** The token patterns of the language definition, longest first where one is a prefix of another. */
const SHAPES: readonly (readonly [kind: Token['kind'] | 'blank', shape: RegExp])[] = [
  ['blank', /(?:[\t \r\n\f]+|\/\/[^\n]*)/y],
  ['bytes', /[bB](?=[rR]?["'])/y],
  ['string', /[rR]?(?=["'])/y],
  ['ident', /[A-Za-z_][A-Za-z0-9_]*/y],
  ['double', /(?:\d+\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+|\.\d+(?:[eE][+-]?\d+)?)/y],
  ['uint', /(?:0x[0-9a-fA-F]+|\d+)[uU]/y],
  ['int', /(?:0x[0-9a-fA-F]+|\d+)/y],
  ['sign', /(?:==|!=|<=|>=|&&|\|\||[<>[\]{}().,\-!?:+*/%])/y],
];

/** The tokens of an expression, including one for its end. */
export function tokens(text: string): Token[] {
  const found: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const token = next(text, at);
    if (token === undefined) throw new CelSyntaxError(at, `there is no meaning to ${show(text, at)}`);
    if (token.kind !== 'blank') found.push({ kind: token.kind, text: token.text, at });
    at += token.text.length;
  }
  found.push({ kind: 'end', text: '', at });
  return found;
}

function next(text: string, at: number): { kind: Token['kind'] | 'blank'; text: string } | undefined {
  for (const [kind, shape] of SHAPES) {
    shape.lastIndex = at;
    const match = shape.exec(text)?.[0];
    if (match === undefined) continue;
    if (kind !== 'string' && kind !== 'bytes') return { kind, text: match };
    return { kind, text: text.slice(at, quotedEnd(text, at)) };
  }
  return undefined;
}

/** The end of the string literal at `start`, including prefixes and quotes. */
function quotedEnd(text: string, start: number): number {
  let at = start;
  while (text[at] !== '"' && text[at] !== "'") at += 1;
  const isRaw = /[rR]/.test(text.slice(start, at));
  const one = text[at] ?? '';
  const isLong = text.startsWith(one.repeat(3), at);
  const quote = isLong ? one.repeat(3) : one;
  at += quote.length;
  while (at < text.length) {
    if (text.startsWith(quote, at)) return at + quote.length;
    if (!isLong && (text[at] === '\n' || text[at] === '\r')) break;
    at += !isRaw && text[at] === '\\' ? 2 : 1;
  }
  throw new CelSyntaxError(start, 'a string that begins here does not end');
}

function show(text: string, at: number): string {
  return JSON.stringify(String.fromCodePoint(text.codePointAt(at) ?? 0));
}
