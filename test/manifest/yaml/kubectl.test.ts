import * as fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import { stringify } from 'yaml';
import { emitDocuments } from '../../../lib/manifest/yaml/emit';
import { parseDocuments } from '../../../lib/manifest/yaml/parse';
import { bareScalars, nastyNumber, nastyString, nastyStrings, nastyValue, recordOf } from './arbitraries';
import { payloadsThroughKubectl, withoutKubectl } from './kubectl';
import { runs } from './runs';

/** The API speaks JSON, which has no negative zero. */
const asJson = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;

const objectWith = (payload: unknown, index: number) => ({
  apiVersion: 'example.com/v1',
  kind: 'Payload',
  metadata: { name: `payload-${index}` },
  payload,
});

/** The first of `values` that kubectl reads otherwise from our YAML, with what it reads. One process for them all. */
function firstMisread(values: readonly unknown[]): unknown {
  const read = payloadsThroughKubectl(emitDocuments(values.map(objectWith)));
  expect(read).toHaveLength(values.length);
  const index = values.findIndex((value, at) => !isDeepStrictEqual(read[at], asJson(value)));
  return index < 0 ? undefined : { written: values[index], read: read[index] };
}

/** The payload of an object whose YAML is `text`, as we read it. */
const ours = (text: string) => (parseDocuments(text)[0]?.value as { payload: unknown }).payload;

const HEAD = 'apiVersion: example.com/v1\nkind: Payload\nmetadata: {name: a}\n';

(withoutKubectl ? describe.skip : describe)('kubectl', () => {
  it('reads every nasty string back from our YAML, as a value, a key and an item', () => {
    const values = nastyStrings.map((text) =>
      recordOf([[text, { [`${text}x`]: [text, [text], { a: text }] }]]),
    );
    expect(firstMisread(values)).toBeUndefined();
  });

  it('reads any data back from our YAML', () => {
    expect(firstMisread(fc.sample(nastyValue, runs))).toBeUndefined();
    expect(firstMisread(fc.sample(fc.dictionary(nastyString, nastyString), runs))).toBeUndefined();
  });

  it('reads every number back from our YAML', () => {
    expect(firstMisread([fc.sample(nastyNumber, runs)])).toBeUndefined();
  });

  it('makes of bare scalars what our reader makes of them', () => {
    const scalars = [...bareScalars.table, ...fc.sample(bareScalars.any, runs)];
    const text = `${HEAD}payload:\n${scalars.map((scalar) => `  - ${scalar}\n`).join('')}`;
    const kubectl = payloadsThroughKubectl(text)[0] as unknown[];
    const read = asJson(ours(text)) as unknown[];
    const different = scalars.filter((_, at) => !isDeepStrictEqual(kubectl[at], read[at]));
    expect(different).toEqual([]);
    expect(read).toHaveLength(scalars.length);
  });

  it('makes of bare keys what our reader makes of them', () => {
    const keys = [
      'y',
      'No',
      'TRUE',
      '1',
      '0x1F',
      '0644',
      '1_000',
      '1.50',
      '1e3',
      '.5',
      '-0',
      '1e6',
      '123456.7',
      '12:30',
      '2024-01-01',
    ];
    const text = `${HEAD}payload:\n${keys.map((key) => `  - ${key}: 1\n`).join('')}`;
    expect(payloadsThroughKubectl(text)[0]).toEqual(ours(text));
  });

  it.each([
    [
      'a merge key',
      'base: &base {a: 1, b: 1}\nmore: &more {b: 2, c: 2}\nlast: {<<: [*base, *more], c: 3}\nfirst: {a: 0, <<: *base}',
    ],
    ['an alias of an anchor that is named twice', 'a: &x 1\nb: {c: *x, d: &x 2}\ne: *x'],
    [
      'tags',
      'a: !!str 1\nb: !!int "2"\nc: !!float 3\nd: !!bool "yes"\ne: !mine 12\nf: !!binary aGk=\ng: !!null ""\nh: ! 12',
    ],
    ['flow style', 'a: {b: [1, {c: d}, ], "e": f, g, h:1}\ni: [yes, 0o7, ~, x: y]'],
    ['folded text', 'a: >\n  b\n  c\n\n   d\n\ne: >-\n  f\ng: "h\n  i\n\n  j"\nk: l\n  m'],
    ['quoted text that is indented less than it should be', "a:\n  b: \"c\n  d\"\n  e: 'f\n\n it''s'\n"],
    ['lists as deep as their key', 'a:\n- b\n- - c\n  - d:\n    - e\n-\n  f: g\n-\n'],
    ['Windows line ends', 'a: |\r\n  b\r\n  c\r\nd: e\r\n'],
    ['text that ends with the file', 'a: |\n  b'],
    ['comments', '# a\na: b # c\n# d\ne:\n  # f\n  - g#h # i\n'],
    ['explicit keys', '? a\n: b\n? c\n'],
    [
      'large and small numbers',
      'a: [18446744073709551615, 1e400, -1e-400, 1e21, 0x7fffffff, 9007199254740993.0]',
    ],
  ])('and our reader agree on %s', (_, body) => {
    const text = `${HEAD}payload:\n${body.replace(/^(?=[^\r\n])/gm, '  ')}`;
    expect(asJson(ours(text))).toEqual(payloadsThroughKubectl(text)[0]);
  });

  it('and our reader agree on what other writers write', () => {
    const values = fc
      .sample(fc.jsonValue({ noUnicodeString: false, maxDepth: 3 }).filter(isWritable), runs)
      .map(objectWith);
    const texts = values.map((value, index) =>
      stringify(value, {
        version: '1.1',
        indentSeq: index % 2 === 0,
        lineWidth: index % 3 === 0 ? 30 : 80,
        defaultStringType:
          (['PLAIN', 'QUOTE_SINGLE', 'QUOTE_DOUBLE', 'BLOCK_FOLDED'] as const)[index % 4] ?? 'PLAIN',
      }),
    );
    const read = payloadsThroughKubectl(texts.join('---\n'));
    const different = texts.filter((text, at) => !isDeepStrictEqual(asJson(ours(text)), read[at]));
    expect(different).toEqual([]);
  });
});

/** Whether the yaml package writes `value` such that Go reads it at all, and numbers to the last digit. */
function isWritable(value: unknown): boolean {
  return /^[\x20-\x7e]*$/.test(JSON.stringify(value)) && !/\d{16}/.test(JSON.stringify(value));
}
