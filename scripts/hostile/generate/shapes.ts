/** Documents of one shape: bombs of aliases, deep nesting, long lines, odd numbers and JSON. */
import { corpus } from '../corpus';
import type { Random } from '../random';
import { changed } from './strings';

export function shape(random: Random): string {
  return random.weighted([
    [30, () => json(random)],
    [30, () => numbers(random)],
    [20, () => keys(random)],
    [12, () => anchors(random)],
    [6, () => nested(random)],
    [1, () => long(random)],
    [1, () => bomb(random)],
  ]);
}

/** A JSON document, changed in some cases. */
function json(random: Random): string {
  const one = JSON.stringify(random.pick(corpus().objects), undefined, random.pick([0, 2, '\t']));
  const short = one.slice(0, random.chance(50) ? 800 : one.length);
  const text = random.chance(20) ? short : changed(short, random);
  return random.weighted([
    [6, () => text],
    [1, () => `${text}${text}`],
    [1, () => `${text}\n---\n${text}`],
    [1, () => `[${text}]`],
    [1, () => text.replace(/"(\w+)":/, '"__proto__":')],
    [1, () => text.replace(/:"[^"]*"/, () => `:${digits(random)}`)],
    [1, () => text.replace(/:"/, `:"\\u${random.pick(['d800', '0000', 'zzzz', '00e', 'dc00\\ud800'])}`)],
  ]);
}

function digits(random: Random): string {
  const whole = random.pick([
    '1',
    '9',
    '-1',
    '0',
    '00',
    '+1',
    '0x',
    '9007199254740993',
    '-9223372036854775808',
  ]);
  const rest = random.pick([
    '',
    '0'.repeat(random.below(400)),
    '.',
    '.0',
    `e${random.below(2000)}`,
    'E-400',
    '.5e+3',
  ]);
  return whole + rest;
}

const object = (data: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n${data}`;

function numbers(random: Random): string {
  const value = random.weighted([
    [3, () => digits(random)],
    [1, () => `0x${'f'.repeat(random.below(300))}`],
    [1, () => `0o${'7'.repeat(random.below(300))}`],
    [1, () => `0b${'1'.repeat(random.below(2000))}`],
    [1, () => `${'1_'.repeat(random.below(200))}0`],
    [1, () => `${'59:'.repeat(random.below(200))}59`],
    [1, () => `.${'0'.repeat(random.below(400))}1`],
    [1, () => `2024-0${random.below(99)}-1${random.below(9)}T99:99:99.${'9'.repeat(random.below(40))}Z`],
  ]);
  return object(`  a: ${value}\n  ${value}: b\n  c: [${value}, {${value}: ${value}}]\n`);
}

/** Keys that are lists, maps, long, equal or merged. */
function keys(random: Random): string {
  const key = (): string =>
    random.pick([
      'a',
      '"a"',
      "'a'",
      '? a',
      '[a]',
      '{a: b}',
      '<<',
      '!!str a',
      '1',
      '01',
      '0x1',
      'yes',
      'null',
      '~',
      '*a',
      '&a a',
      '__proto__',
      'toString',
      '"\\u005f_proto__"',
      'a'.repeat(1025),
      '-',
      '? - a\n  ',
      '"a\n    b"',
    ]);
  return object(
    random
      .times(
        1,
        6,
        () =>
          `  ${key()}: ${random.pick(['x', '&a {x: y}', '*a', '[*a]', '{<<: *a}', '', '|', '>\n    x'])}\n`,
      )
      .join(''),
  );
}

function anchors(random: Random): string {
  const names = ['a', 'b', 'c'];
  const node = (depth: number): string =>
    random.weighted([
      [3, () => `*${random.pick(names)}`],
      [2, () => `&${random.pick(names)} x`],
      [
        depth > 3 ? 0 : 2,
        () => `&${random.pick(names)} [${random.times(0, 3, () => node(depth + 1)).join(', ')}]`,
      ],
      [depth > 3 ? 0 : 2, () => `&${random.pick(names)} {<<: ${node(depth + 1)}, k: ${node(depth + 1)}}`],
      [depth > 3 ? 0 : 1, () => `{<<: [${random.times(0, 3, () => node(depth + 1)).join(', ')}]}`],
    ]);
  return object(random.times(1, 5, () => `  ${random.pick(['k', 'l', '<<', '*a '])}: ${node(0)}\n`).join(''));
}

const DEPTHS = [10, 60, 100, 101, 150, 400];

function nested(random: Random): string {
  // Deep ones take milliseconds each.
  const depth = random.chance(1) ? 10_000 : random.pick(DEPTHS);
  const close = random.chance(60);
  return random.weighted([
    [1, () => object(`  a: ${'['.repeat(depth)}${close ? ']'.repeat(depth) : ''}\n`)],
    [1, () => object(`  a: ${'{a: '.repeat(depth)}${close ? '}'.repeat(depth) : ''}\n`)],
    [1, () => object(`  ${'- '.repeat(depth)}x\n`)],
    [1, () => object(`  ${'? '.repeat(depth)}x\n`)],
    [1, () => '['.repeat(depth) + (close ? ']'.repeat(depth) : '')],
    [1, () => '{"a":'.repeat(depth) + (close ? `1${'}'.repeat(depth)}` : '')],
    [
      1,
      () => Array.from({ length: Math.min(depth, 200) }, (_, level) => `${' '.repeat(level)}a:`).join('\n'),
    ],
    [1, () => `${'!!map '.repeat(depth)}{}`],
    [1, () => `a: ${'&a '.repeat(depth)}x`],
  ]);
}

function long(random: Random): string {
  const size = 10_000 + random.below(30_000);
  return random.weighted([
    [1, () => object(`  a: ${'x'.repeat(size)}\n`)],
    [1, () => object(`  a: "${'\\n'.repeat(size)}"\n`)],
    [1, () => object(`  a: '${"''".repeat(size)}\n`)],
    [1, () => object(`  a: |\n${' \n'.repeat(size / 10)}`)],
    [1, () => object(`  a: [${'x,'.repeat(size / 20)}]\n`)],
    [1, () => `${'# x\n'.repeat(size / 20)}a: b`],
    [1, () => `${'---\n'.repeat(size / 200)}a: b`],
    [1, () => ' '.repeat(size)],
    [1, () => `${'a: '.repeat(size / 20)}b`],
    [1, () => object(`  a: ${'"'.repeat(size)}\n`)],
    [1, () => object(Array.from({ length: size / 100 }, (_, key) => `  k${key}: v\n`).join(''))],
    [1, () => '\t\n \n'.repeat(size / 10)],
  ]);
}

/** Billion laughs in its forms: lists, maps, merges, long texts. */
function bomb(random: Random): string {
  const [width, levels] = [2 + random.below(9), 3 + random.below(random.chance(10) ? 12 : 4)];
  const times = (of: string): string => Array.from({ length: width }, () => of).join(', ');
  const text = random.pick(['x', 'lol', 'x'.repeat(1000)]);
  const lines = [`a0: &a0 ${random.pick([text, `[${times(text)}]`, '{x: y}'])}`];
  for (let level = 1; level <= levels; level++) {
    const below = `*a${level - 1}`;
    const node = random.pick([
      `[${times(below)}]`,
      `{${Array.from({ length: width }, (_, key) => `k${key}: ${below}`).join(', ')}}`,
      `{<<: [${times(below)}]}`,
      `{<<: ${below}, l${level}: ${below}}`,
    ]);
    lines.push(`a${level}: &a${level} ${node}`);
  }
  return `apiVersion: v1\nkind: X\nmetadata: {name: a}\n${lines.join('\n')}\n`;
}
