import * as fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import { stringify } from 'yaml';
import { emitYaml } from '../../../lib/manifest/yaml/emit';
import { readBlock } from '../../../lib/manifest/yaml/block';
import { composeDocuments } from '../../../lib/manifest/yaml/compose';
import { parseDocuments, type ParsedDocument } from '../../../lib/manifest/yaml/parse';
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

  it('may have directives, and documents that begin behind their ---', () => {
    expect(linesOf('%YAML 1.1\n--- {a: yes}\n--- |\n  b\n...\n---\nc: 1\n')).toEqual([
      { value: { a: true }, line: 2 },
      { value: 'b\n', line: 3 },
      { value: { c: 1 }, line: 7 },
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

  it('may follow another, with nothing, space or --- between them', () => {
    expect(linesOf('{"a":1}\n{"b":"}{"}{}\n---\n[{"c":1}]\n')).toEqual([
      { value: { a: 1 }, line: 1 },
      { value: { b: '}{' }, line: 2 },
      { value: {}, line: 2 },
      { value: [{ c: 1 }], line: 4 },
    ]);
  });

  it('is YAML in flow style when it is not quite JSON', () => {
    expect(valueOf("{a: 1, 'b': [x, ], }")).toEqual({ a: 1, b: ['x'] });
  });

  it('may have integers that a number holds, and no others', () => {
    expect(valueOf('{"a": 9007199254740992, "b": 0.12345678901234567, "c": "9007199254740993"}')).toEqual({
      a: 2 ** 53,
      b: 0.12345678901234567,
      c: '9007199254740993',
    });
    expect(problemOf(() => parseDocuments('{"a": 9007199254740993}')).message).toBe(
      'a number cannot hold 9007199254740993 exactly: "{\\"a\\": 9007199254740993}"',
    );
  });
});

describe('YAML that is not right', () => {
  it.each<[string, string, string, string]>([
    [
      'a key that stands twice',
      'a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\n',
      'line 5, column 3',
      `the key 'c' stands twice in one map: "c: 3"`,
    ],
    [
      'a key that stands twice in JSON',
      '{"a": 1,\n "a": 2}',
      'line 2, column 2',
      `the key 'a' stands twice in one map: "\\"a\\": 2}"`,
    ],
    [
      'two keys that are one to kubectl',
      'yes: 1\ntrue: 2\n',
      'line 2, column 1',
      `the key 'true' stands twice in one map: "true: 2"`,
    ],
    [
      'a tab for indentation',
      'a:\n\tb: 1\n',
      'line 2, column 1',
      'tabs are not allowed as indentation: "b: 1"',
    ],
    [
      'a map in a line of a map',
      'a: b: c\n',
      'line 1, column 4',
      'nested mappings are not allowed in compact mappings: "a: b: c"',
    ],
    [
      'an open bracket',
      'a: [1,\n',
      'line 2, column 1',
      'flow sequence in block collection must be sufficiently indented and end with a ]: "a: [1,"',
    ],
    ['an open quote', 'a: "b\nc: 1\n', 'line 3, column 1', `missing closing "quote: "c: 1"`],
    [
      'wrong indentation',
      'a:\n    b: 1\n  c: 2\n',
      'line 3, column 1',
      'all mapping items must start at the same column: "c: 2"',
    ],
    ['an unknown alias', 'a: *b\n', 'line 1, column 4', `no anchor 'b' stands before this alias: "a: *b"`],
    [
      'an anchor that contains itself',
      'a: &a [*a]\n',
      'line 1, column 8',
      `the anchor 'a' contains itself: "a: &a [*a]"`,
    ],
    [
      'a merge of what is no map',
      'a: {<<: 1}\n',
      'line 1, column 9',
      'a merge key `<<` takes a map or a list of maps: "a: {<<: 1}"',
    ],
    ['a key that is null', '~: 1\n', 'line 1, column 1', 'a key must be a string: "~: 1"'],
    ['a key that is a list', '? [a]\n: 1\n', 'line 1, column 3', 'a key must be a string: "? [a]"'],
    ['a tag that does not fit', 'a: !!int b\n', 'line 1, column 10', `'b' is no int: "a: !!int b"`],
    ['a number that JSON lacks', 'a:\n- .inf\n', 'line 2, column 3', 'JSON has no such number: "- .inf"'],
    [
      'a control character',
      'a: 1\nb: "\u0007"\n',
      'line 2, column 5',
      'the character U+0007 is not allowed unescaped in YAML: "b: \\"\\u0007\\""',
    ],
    [
      'a line break that only some know',
      'a: b\u0085c\n',
      'line 1, column 5',
      'the character U+0085 is not allowed unescaped in YAML: "a: b\u0085c"',
    ],
    [
      'an integer that a number cannot hold',
      'a: 9223372036854775807\n',
      'line 1, column 4',
      'a number cannot hold 9223372036854775807 exactly: "a: 9223372036854775807"',
    ],
  ])('is refused with its place: %s', (_, yaml, place, message) => {
    expect(problemOf(() => parseDocuments(yaml))).toMatchObject({ code: 'INVALID_YAML', place, message });
  });

  it('is counted in lines of the file, across documents', () => {
    const yaml = 'a: 1\n---\nb: 2\n---\nc: {\n---\nd: 4\nd: 5\n';
    expect(
      problemsOf(() => parseDocuments(yaml, { source: 'deploy/app.yaml' })).map(({ source }) => source),
    ).toEqual(['deploy/app.yaml:6:1', 'deploy/app.yaml:8:1']);
  });

  it('is shown by a sample of bearable length', () => {
    const { message } = problemOf(() => parseDocuments(`a: ${'x'.repeat(10_000)}: c`));
    expect(message.length).toBeLessThan(200);
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
          block === undefined ||
          isDeepStrictEqual(block.value, composeDocuments(chunk(text))[0]?.value ?? null)
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
