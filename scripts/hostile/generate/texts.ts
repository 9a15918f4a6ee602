/** Texts for the reader: real documents that are changed, spliced or cut, and documents that no person writes. */
import { corpus } from '../corpus';
import type { Random } from '../random';
import { changed, stringFor } from './strings';
import { shape } from './shapes';

export function text(random: Random): string {
  return random.weighted([
    [70, () => mutated(random)],
    [10, () => spliced(random)],
    [12, () => tokens(random)],
    [8, () => shape(random)],
  ]);
}

function mutated(random: Random): string {
  let result = random.pick(corpus().texts);
  // What is short is fast, and shows as much.
  if (result.length > 500 && random.chance(92)) result = part(result, random);
  for (let left = 1 + random.below(4); left > 0; left--) result = random.pick(MUTATIONS)(result, random);
  return result;
}

/** Some lines of a document, as they stand. */
function part(from: string, random: Random): string {
  const lines = from.split('\n');
  const first = random.chance(50) ? 0 : random.below(lines.length);
  return lines.slice(first, first + 4 + random.below(12)).join('\n');
}

function spliced(random: Random): string {
  const [one, other] = [part(random.pick(corpus().texts), random), part(random.pick(corpus().texts), random)];
  const joint = random.pick([
    '\n---\n',
    '\n...\n',
    '\n',
    '',
    '\n--- |\n',
    '\n--- # x\n',
    '\n%YAML 1.1\n---\n',
    '\r\n---\r\n',
  ]);
  return `${one}${joint}${other}`;
}

const TOKENS =
  `- : ? , [ ] { } & * ! | > ' " % @ \` # --- ... << ~ null true no 0x1F 0o17 0b1 1_000 190:20:30 1e999 .inf -.nan
  .5 -0 1. 9223372036854775807 9223372036854775808 123456789012345678901234567890 2001-01-01 !!str !!int !!float !!bool
  !!null !!binary !!set !!omap !!merge !<tag:x> !local &a *a *b |+ >- |9 "\\x41" "\\ud800" 'it''s' "a apiVersion kind
  metadata name: name v1 List items: = __proto__: constructor: toString:`.split(/\s+/);
const SPACES = [' ', ' ', ' ', '\n', '\n', '\n  ', '\n    ', '\t', '', ': ', ':\n  ', '\n- ', '\r\n', '\r'];

function tokens(random: Random): string {
  return random.times(1, 30, () => random.pick(TOKENS) + random.pick(SPACES)).join('');
}

type Mutation = (text: string, random: Random) => string;

const onLine =
  (
    change: (line: string, random: Random, lines: readonly string[]) => string | readonly string[],
  ): Mutation =>
  (text, random) => {
    const lines = text.split('\n');
    const at = random.below(lines.length);
    return [
      ...lines.slice(0, at),
      ...[change(lines[at] ?? '', random, lines)].flat(),
      ...lines.slice(at + 1),
    ].join('\n');
  };

const indentOf = (line: string): string => /^ */.exec(line)?.[0] ?? '';
const bodyOf = (line: string): string => line.trimStart();

/** Wraps the value of a line: `image: nginx` to `image: *a`. */
const onValue = (change: (value: string, random: Random) => string): Mutation =>
  onLine((line, random) =>
    line.replace(/(:|-) (.*)$/, (_, mark: string, value: string) => `${mark} ${change(value, random)}`),
  );

const VALUES =
  `&a *a !!str !!int !!binary !!null !x | > |- >+ |2 ? "' [ { [] {} [a,b] {a:b} {a: , [[ }} @x \`x %x *: &: -- - : ~
  .nan .inf 0x 0o8 1e400 1_0 12:30:45 1e-400 99999999999999999999 -9223372036854775809 1.7976931348623157e309 <<: *a`.split(
    /\s+/,
  );

const MUTATIONS: readonly Mutation[] = [
  (text, random) => changed(text, random),
  (text, random) => text.slice(0, random.below(text.length + 1)),
  (text, random) => text.slice(random.below(text.length + 1)),
  (text) => text.replaceAll('\n', '\r\n'),
  (text, random) => text.replace(/\n/g, (found) => (random.chance(20) ? '\r' : found)),
  (text) => `\ufeff${text}`,
  (text) => Buffer.from(text, 'utf16le').toString('latin1'),
  (text, random) => {
    const bytes = Buffer.from(text);
    if (bytes.length > 0) bytes[random.below(bytes.length)] = random.below(256);
    return bytes.toString(random.chance(80) ? 'utf8' : 'latin1');
  },
  (text, random) =>
    text.replace(/^( *)([\w.-]+):/m, (_, space: string) => `${space}${stringFor('key', random)}:`),
  onLine((line, random) => ' '.repeat(random.below(4)) + line),
  onLine((line, random) => line.slice(random.below(4))),
  onLine((line) => `\t${line}`),
  onLine((line) => line.replace(/^ {2}/, '\t')),
  onLine((line) => [line, line]),
  onLine(() => []),
  onLine((line, random, lines) => [line, random.pick(lines)]),
  onLine((_, random, lines) => random.pick(lines)),
  onLine((line) => `${indentOf(line)}- ${bodyOf(line)}`),
  onLine((line) => `${indentOf(line)}? ${bodyOf(line)}`),
  onLine((line) => `${indentOf(line)}<<: ${bodyOf(line)}`),
  onLine((line) => [`${indentOf(line)}__proto__:`, `${indentOf(line)}  polluted: yes`, line]),
  onLine((line) => [line, `${indentOf(line)}constructor: {prototype: {polluted: 1}}`]),
  onLine((line, random) => `${line} ${random.pick(TOKENS)}`),
  onLine((line, random) => `${line}${'x'.repeat(random.below(2000))}`),
  onLine((line, random) => [
    line,
    random.pick(['---', '...', '--- a', '%TAG ! x', '# c', '', ' ', '\t', '--- &a', '- - - -', '? ', ':']),
  ]),
  onValue((value, random) => `${random.pick(VALUES)} ${value}`),
  onValue((_, random) => random.pick(VALUES)),
  onValue((value) => `"${value}"`),
  onValue((value) => `'${value}`),
  onValue((value) => `"${value}\\`),
  onValue((_, random) => JSON.stringify(stringFor('', random))),
  onValue((value) => `&anchor ${value}`),
  onValue(() => '*anchor'),
  onValue((value) => `{a: ${value}, b: [${value}]}`),
];
