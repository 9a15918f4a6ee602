import * as fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import { stringify } from 'yaml';
import { emitYaml } from '../../../lib/manifest/yaml/emit';
import { readBlock } from '../../../lib/manifest/yaml/block';
import { composeDocument } from '../../../lib/manifest/yaml/compose';
import { parseDocuments, readStream, type ParsedDocument } from '../../../lib/manifest/yaml/parse';
import { problemOf, problemsOf } from '../problems';
import { nastyValue } from './arbitraries';
import { runs } from './runs';

const valuesOf = (yaml: string) => parseDocuments(yaml).map(({ value }) => value);
/** Values with their lines. */
const linesOf = (yaml: string) => parseDocuments(yaml).map(({ value, line }) => ({ value, line }));
const valueOf = (yaml: string) => valuesOf(yaml)[0];

describe('a YAML stream', () => {
  it('is read document by document, each with the line its content starts on', () => {
    const yaml = '# head\na: 1\n--- # next\n\n# about b\nb: 2\n---\n---\n# nothing\n---\nc: [3]\n';
    expect(linesOf(yaml)).toEqual([
      { value: { a: 1 }, line: 2 },
      { value: { b: 2 }, line: 6 },
      { value: { c: [3] }, line: 11 },
    ]);
  });

  it.each(['', ' \n', '---', '---\n---\n', '# nothing', 'null', '~\n---\n', '\ufeff'])(
    '%j holds nothing',
    (yaml) => {
      expect(valuesOf(yaml)).toEqual([]);
    },
  );

  it('ends a document at a line that begins with ---, whatever it is part of, as kubectl does', () => {
    expect(problemOf(() => parseDocuments('a: "b\n---\nc"\n', { source: 'a.yaml' }))).toMatchObject({
      message: 'found unexpected end of stream',
      source: 'a.yaml:1:4',
    });
    expect(problemOf(() => parseDocuments('%YAML 1.1\n---\na: 1\n')).message).toBe(
      'did not find expected <document start>',
    );
    expect(problemOf(() => parseDocuments('a: 1\n--- {b: hunter2}\n'))).toMatchObject({
      message: 'invalid Yaml document separator',
      place: 'line 2, column 1',
    });
  });

  it('loses what kubectl loses, and says what', () => {
    expect(parseDocuments('# b\n---\na: 1\nb: [1]\na: 2\n...\nc: 3\n')).toMatchObject([
      {
        value: { a: 2, b: [1] },
        line: 3,
        dropped: [
          { what: 'duplicate-key', path: 'a', lines: [3, 5] },
          { what: 'ignored-text', path: '', lines: [7, 7] },
        ],
      },
    ]);
    expect(parseDocuments(' a: 1\nb: 2\n')).toMatchObject([
      { value: { a: 1 }, dropped: [{ what: 'ignored-text', lines: [2, 2] }] },
    ]);
  });

  it('is not read again where its text was read before, at whatever line', () => {
    const known = new Map<string, readonly ParsedDocument[]>();
    const [first] = parseDocuments('\na: [1]\n---\nb: 2\n', { known });
    const [, again] = parseDocuments('c: 3\n---\n\na: [1]\n---\nd: 4\n', { known });
    expect(first).toMatchObject({ value: { a: [1] }, line: 2 });
    expect(again?.value).toBe(first?.value);
    expect(again?.line).toBe(4);
  });

  it('shares the values of fields that others have with the same lines, but not the items of lists of objects', () => {
    const parts = new Map<string, unknown>();
    const text = 'spec:\n  a: 1\n  b: |+\n    c\n\nrules:\n- d: 1\nitems:\n- e: 1\n';
    const [first, second] = parseDocuments(`a: 1\n${text}---\nspec: {}\n`, { parts });
    const [again] = parseDocuments(`${text}f: 2\n`, { parts });
    const [one, other] = [first?.value, again?.value] as { spec: object; rules: object; items: object }[];
    expect(again?.value).toEqual({ ...(valueOf(text) as object), f: 2 });
    expect(second?.value).toEqual({ spec: {} });
    expect(other?.spec).toBe(one?.spec);
    expect(other?.rules).toBe(one?.rules);
    expect(other?.items).not.toBe(one?.items);
  });

  it('keeps the line ends of a last block text apart from those of one that another field follows', () => {
    const parts = new Map<string, unknown>();
    const values = ['spec:\n  a: |+\n    b\n\nkind: C\n', 'kind: C\nspec:\n  a: |+\n    b\n'].map(
      (yaml) => parseDocuments(yaml, { parts })[0]?.value,
    );
    expect(values).toEqual([
      { kind: 'C', spec: { a: 'b\n\n' } },
      { kind: 'C', spec: { a: 'b\n' } },
    ]);
  });

  it('reads the same with parts of documents that were read before, whatever follows them', () => {
    const block = fc.constantFrom(
      ...[
        '  a: 1\n',
        '  a: |\n    b\n',
        '  a: |+\n    b\n\n',
        '  a: |+\n    b\n',
        '- a: 1\n',
        '- - b\n',
        '  - a\n',
        '  # c\n',
      ],
      ...[
        '\n',
        '# c\n',
        '    b: 1\n',
        ' c: d\n',
        '-\n',
        '-a: 1\n',
        '  - &x a\n',
        '  a: *x\n',
        '  a: "b\n',
        '\t- a\n',
      ],
    );
    const field = fc.tuple(
      fc.constantFrom('spec:\n', 'data:\n', 'items:\n', 'a: 1\n'),
      fc.array(block, { maxLength: 4 }),
    );
    const text = fc
      .array(field, { maxLength: 4 })
      .map((fields) => fields.map(([key, blocks]) => key + blocks.join('')).join(''));
    const parts = new Map<string, unknown>();
    fc.assert(
      fc.property(text, (yaml) => {
        const plain = readStream(yaml);
        return [1, 2].every(() => isDeepStrictEqual(readStream(yaml, { parts }), plain));
      }),
      runs,
    );
  });

  it('may begin with a byte order mark and have the line ends of Windows', () => {
    expect(valuesOf('\ufeffa: |\r\n  b\r\n  c\r\n---\r\nd: e\r\n')).toEqual([{ a: 'b\nc\n' }, { d: 'e' }]);
  });

  it('may end without a line end', () => {
    expect(valueOf('a: |\n  b')).toEqual({ a: 'b\n' });
    expect(valueOf('a: >\n  b')).toEqual({ a: 'b\n' });
  });

  it('keeps __proto__ as data', () => {
    for (const yaml of [
      '__proto__: {a: 1}\nb: 2\n',
      '__proto__:\n  a: 1\nb: 2\n',
      '{"__proto__": {"a": 1}, "b": 2}',
    ]) {
      const value = valueOf(yaml) as Record<string, unknown>;
      expect(JSON.stringify(value)).toBe('{"__proto__":{"a":1},"b":2}');
      expect(value['a']).toBeUndefined();
    }
    const merged = valueOf('base: &base {__proto__: {a: 1}}\nb: {<<: *base}\n') as {
      b: Record<string, unknown>;
    };
    expect(Object.hasOwn(merged.b, '__proto__')).toBe(true);
    expect(merged.b['a']).toBeUndefined();
  });

  it('keeps keys in their order', () => {
    expect(Object.keys(valueOf('b: 1\na: {}\nc: 2\n') as object)).toEqual(['b', 'a', 'c']);
  });

  it('fills a map with merge keys in the order of the text, as kubectl does', () => {
    const base = 'x: &x {a: 1, b: 1}\ny: &y {b: 2, c: 2}\n';
    expect(valueOf(`${base}z: {<<: *x, b: 3}`)).toMatchObject({ z: { a: 1, b: 3 } });
    expect(valueOf(`${base}z: {b: 3, <<: *x}`)).toMatchObject({ z: { a: 1, b: 1 } });
    expect(valueOf(`${base}z: {<<: [*x, *y]}`)).toMatchObject({ z: { a: 1, b: 1, c: 2 } });
    expect(valueOf('z: {"<<": {a: 1}}')).toEqual({ z: { '<<': { a: 1 } } });
  });

  it('gives every alias a copy of its own', () => {
    const value = valueOf('a: &a {b: [1]}\nc: *a\n') as { a: { b: number[] }; c: { b: number[] } };
    value.a.b.push(2);
    expect(value.c.b).toEqual([1]);
  });

  it('lets an alias stand for the anchor before it when a name is used twice', () => {
    expect(valueOf('a: &x 1\nb: &y {c: *x, d: &x 2}\ne: *x\nf: *y\ng: *x\n')).toEqual({
      a: 1,
      b: { c: 1, d: 2 },
      e: 2,
      f: { c: 1, d: 2 },
      g: 2,
    });
  });

  it('takes quoted text that is indented less than YAML wants, as kubectl does and old CRDs have it', () => {
    const yaml = [
      'spec:',
      '  literal: |',
      "    key: 'untouched",
      '    end',
      "  description: 'first",
      "  second: it''s # no comment",
      '',
      "  third'",
      '  - no: item'.replace('- no: item', 'list:'),
      '  - "a',
      '  \\"b\\"',
      'c"',
      '  last: 1',
    ].join('\n');
    expect(valueOf(yaml)).toEqual({
      spec: {
        literal: "key: 'untouched\nend\n",
        description: "first second: it's # no comment\nthird",
        list: ['a "b" c'],
        last: 1,
      },
    });
  });
});

describe('a JSON text', () => {
  it('is read as JSON', () => {
    expect(linesOf(' {"a": [1e3, -0.5, "\\ud83d\\ude00\\/"], "b": {"c": null}}\n')).toEqual([
      { value: { a: [1000, -0.5, '😀/'], b: { c: null } }, line: 1 },
    ]);
    expect(valueOf('[]')).toEqual([]);
  });

  it('may follow another, with nothing or space between them, and YAML may follow the first', () => {
    expect(linesOf('{"a":1}\n{"b":"}{"}{}[{"c":1}]\n')).toEqual([
      { value: { a: 1 }, line: 1 },
      { value: { b: '}{' }, line: 2 },
      { value: {}, line: 2 },
      { value: [{ c: 1 }], line: 2 },
    ]);
    expect(linesOf('{"a":1}\n---\nb: 2\n---\n[{"c":1}]\n')).toEqual([
      { value: { a: 1 }, line: 1 },
      { value: { b: 2 }, line: 3 },
      { value: [{ c: 1 }], line: 5 },
    ]);
    expect(problemOf(() => parseDocuments('{}\n{}\n---\nb: 2\n'))).toMatchObject({
      message: 'expected a value',
      place: 'line 3, column 1',
    });
  });

  it('is YAML in flow style when it is not quite JSON', () => {
    expect(valueOf("{a: 1, 'b': [x, ], }")).toEqual({ a: 1, b: ['x'] });
  });

  it('has integers that are exact, as bigints where a number would round them', () => {
    const text =
      '{"a": 9007199254740992, "b": 9007199254740993, "c": -9223372036854775808, "d": 9223372036854775807, "e": 0.12345678901234567, "f": "9007199254740993"}';
    const value = {
      a: 2 ** 53,
      b: 9007199254740993n,
      c: -(2 ** 63),
      d: 9223372036854775807n,
      e: 0.12345678901234567,
      f: '9007199254740993',
    };
    expect(valueOf(text)).toEqual(value);
    expect(valueOf(`---\n${text}`)).toEqual(value);
  });

  it('has floats where an integer does not fit in 64 bits, and an error where a float does not either', () => {
    expect(valueOf('{"a": 9223372036854775808, "b": -1e300}')).toEqual({ a: 2 ** 63, b: -1e300 });
    for (const number of ['9'.repeat(310), '-1e400', '9'.repeat(100_000)])
      expect(problemOf(() => parseDocuments(`{"a":\n ${number}}`, { source: 'a.json' }))).toMatchObject({
        code: 'INVALID_YAML',
        message: 'the number does not fit in a 64-bit float',
        source: 'a.json:2:2',
      });
  });

  it('has no halves of characters', () => {
    expect(valueOf('{"a": "\\ud800", "\\udc00": "\\ud83d\\ude00"}')).toEqual({ a: '\ufffd', '\ufffd': '😀' });
  });

  it('keeps the last value of a key, as kubectl does, and says so', () => {
    expect(parseDocuments('{"a": {"b": 1,\n "b": 2}}')).toMatchObject([
      { value: { a: { b: 2 } }, dropped: [{ what: 'duplicate-key', path: 'a.b', lines: [1, 2] }] },
    ]);
  });

  it('says where it is no JSON, and nothing of what stands there', () => {
    for (const [text, place] of [
      ['{"a": @hunter2}\n', 'line 1, column 7'],
      ['{"a": "hunter2}\n', 'line 1, column 7'],
      ['{"a": "b"\n "hunter2": 1', 'line 2, column 2'],
      ['{"a": [1, hunter2', 'line 1, column 11'],
      ['{"a": "\\hunter2"}', 'line 1, column 7'],
    ] as const) {
      const problem = problemOf(() => parseDocuments(text));
      expect(problem).toMatchObject({ code: 'INVALID_YAML', place });
      expect(JSON.stringify(problem)).not.toContain('hunter2');
    }
  });
});

describe('YAML that is not right', () => {
  it.each<[string, string, string, string]>([
    [
      'a tab for indentation',
      'a:\n\tb: 1\n',
      'line 2, column 1',
      'found character that cannot start any token',
    ],
    [
      'a map in a line of a map',
      'a: b: c\n',
      'line 1, column 5',
      'mapping values are not allowed in this context',
    ],
    ['an open bracket', 'a: [1,\n', 'line 1, column 7', 'did not find expected node content'],
    ['an open quote', 'a: "b\nc: 1\n', 'line 1, column 4', 'found unexpected end of stream'],
    ['wrong indentation', 'a:\n    b: 1\n  c: 2\n', 'line 3, column 3', 'did not find expected key'],
    ['an unknown alias', 'a: *b\n', 'line 1, column 4', 'unknown anchor referenced'],
    ['an anchor that contains itself', 'a: &a [*a]\n', 'line 1, column 8', 'an anchor contains itself'],
    [
      'a merge of what is no map',
      'a: {<<: 1}\n',
      'line 1, column 9',
      'map merge requires map or sequence of maps as the value',
    ],
    ['a key that is null', '~: 1\n', 'line 1, column 1', 'unsupported map key: a key is a string'],
    ['a key that is a list', '? [a]\n: 1\n', 'line 1, column 3', 'invalid map key: a key is a string'],
    ['a tag that does not fit', 'a: !!int b\n', 'line 1, column 4', 'cannot decode the value as !!int'],
    [
      'a number that JSON lacks',
      'a:\n- .inf\n',
      'line 2, column 3',
      'unsupported value: JSON has no infinity and no NaN',
    ],
    ['a control character', 'a: 1\nb: "\u0007"\n', 'line 2, column 5', 'control characters are not allowed'],
    ['a line break that only some know', 'a: b\u0085c\n', 'line 1, column 6', "could not find expected ':'"],
  ])('is refused with its place: %s', (_, yaml, place, message) => {
    expect(problemOf(() => parseDocuments(yaml))).toMatchObject({ code: 'INVALID_YAML', place, message });
  });

  it('is counted in lines of the file, across documents', () => {
    const yaml = 'a: 1\n---\nb: 2\n---\nc: {\n---\nd: 4\n e: 5\n';
    expect(
      problemsOf(() => parseDocuments(yaml, { source: 'deploy/app.yaml' })).map(({ source }) => source),
    ).toEqual(['deploy/app.yaml:5:5', 'deploy/app.yaml:8:3']);
  });

  it('may not blow up through aliases', () => {
    let bomb = 'a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n';
    for (let level = 1; level < 40; level++)
      bomb += `a${level}: &a${level} [${Array(10)
        .fill(`*a${level - 1}`)
        .join(', ')}]\n`;
    const before = process.memoryUsage().heapUsed;
    expect(problemOf(() => parseDocuments(bomb))).toMatchObject({
      code: 'INVALID_YAML',
      place: expect.stringMatching(/^line 4,/) as string,
    });
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(100e6);
  });

  it('may not repeat a long text without end', () => {
    const bomb = `a: &a ${'x'.repeat(100_000)}\nb:\n${'- *a\n'.repeat(1000)}`;
    expect(problemOf(() => parseDocuments(bomb)).message).toContain(
      'aliases repeat too much of the document',
    );
  });

  it('may use aliases as applications do', () => {
    const yaml = `base: &base {a: 1, b: [1, 2]}\nitems:\n${'- <<: *base\n  c: *base\n'.repeat(200)}`;
    expect((valueOf(yaml) as { items: unknown[] }).items).toHaveLength(200);
  });

  it.each(['[', '{a: ', '- ', '{"a":', '? '])('may not nest %j without end', (part) => {
    expect(problemOf(() => parseDocuments(part.repeat(100_000)))).toMatchObject({ code: 'INVALID_YAML' });
  });
});

describe('the reader of plain block style', () => {
  const chunk = (text: string) => ({ text, line: 1 });

  it('reads everything that we write for ordinary manifests', () => {
    const value = {
      apiVersion: 'v1',
      metadata: { name: 'a', labels: { 'app.kubernetes.io/name': 'a', empty: '' }, annotations: {} },
      data: {
        a: 'b\n  c\n\nd',
        e: 'f\n',
        g: 'h\n\n',
        i: ' j\nk\n',
        json: '{"a": "b"}',
        quoted: `"'`,
        n: 'no',
      },
      list: [1, -1.5, null, true, [], [['a'], { b: { c: 'd' } }], 'a\nb\n', { e: [{ f: 1, g: 2 }, 'h'] }],
    };
    expect(readBlock(chunk(emitYaml(value)))?.value).toEqual(value);
  });

  it.each([
    ...[
      'a: [1]',
      'a: {b: 1}',
      'a: &b c',
      'a: *b',
      'a: !c d',
      'a: >\n  b',
      'a: b # c',
      'a: b\n  c',
      '? a',
      '<<: 1',
      'a: b: c',
      'a:\tb',
    ],
    ...[
      'a: "b\n  c"',
      'a: "\\x41"',
      'a: "\\/"',
      'a: "\\ud83d\\ude00"',
      "a: 'b'c'",
      'a: "b" c',
      'a: 1\na: 2',
      'a: 1\n b: 2',
      ' a: 1\nb: 2',
    ],
    ...[
      '- a\nb: 1',
      'a: 1\n- b',
      'a: |\n   \n  b',
      'a: |\n  b\n c\n',
      'a: |\n\tb',
      'a: .inf',
      'a: 9007199254740993',
      'y: 1',
      '1: 2',
      'a',
    ],
  ])('leaves %j to the full parser', (text) => {
    expect(readBlock(chunk(`${text}\n`))).toBeUndefined();
  });

  it('agrees with the full parser on whatever it reads', () => {
    const edits = fc.array(fc.tuple(fc.nat(), fc.nat(4), fc.constantFrom(...EDITS)), { maxLength: 3 });
    fc.assert(
      fc.property(nastyValue, fc.constantFrom(0, 2, 4), edits, (value, style, changes) => {
        const options = { version: '1.1', indentSeq: style === 2, indent: 4, lineWidth: 40 } as const;
        const text = edited(
          style === 0 ? emitYaml({ a: value, b: [value] }) : stringify({ a: value }, options),
          changes,
        );
        const block = /[\ud800-\udfff]/u.test(text) ? undefined : readBlock(chunk(text));
        return (
          block === undefined || isDeepStrictEqual(block.value, composeDocument(chunk(text))?.value ?? null)
        );
      }),
      { ...runs, numRuns: runs.numRuns * 2 },
    );
  });
});

const EDITS = [
  ' ',
  '  ',
  '\n',
  ':',
  ': ',
  '-',
  '- ',
  '#',
  ' #',
  '"',
  "'",
  '|',
  '>',
  '|-',
  '&a ',
  '[',
  '{',
  '?',
  'yes',
  '0o7',
  '~',
  '\n  ',
  ': |\n',
];

/** `text` with pieces put in, cut out or moved in. */
function edited(text: string, changes: readonly [at: number, how: number, piece: string][]): string {
  for (const [position, how, piece] of changes) {
    const at = position % (text.length + 1);
    if (how < 2) text = text.slice(0, at) + piece + text.slice(at);
    else if (how === 2) text = text.slice(0, at) + text.slice(at + piece.length);
    else text = text.slice(0, at) + text.slice(at).replace('\n', how === 3 ? '\n  ' : '\n\n');
  }
  return `${text}\n`;
}
