import * as fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import type * as Emit from '../../../lib/manifest/yaml/emit';
import type * as Parse from '../../../lib/manifest/yaml/parse';
import { emitDocuments, emitYaml } from '../../../lib/manifest/yaml/emit';
import { parseDocuments } from '../../../lib/manifest/yaml/parse';
import { problemOf } from '../problems';
import { nastyNumber, nastyStrings, nastyValue, recordOf } from './arbitraries';
import { runs } from './runs';
import { effort } from '../../effort';

/** How the string stands as a value. */
const written = (text: string) => emitYaml({ k: text }).slice('k: '.length, -1);

describe('the YAML of a document', () => {
  it('is in block style, indented by two, keys in their order', () => {
    const value = {
      spec: {
        ports: [{ name: 'http', port: 80, targets: ['a', 'b'] }, { name: 'https' }],
        matrix: [[1, 2], [], [[3]]],
        nothing: null,
        no: false,
        empty: { map: {}, list: [] },
        gone: undefined,
      },
      kind: 'Thing',
    };
    expect(emitYaml(value)).toBe(`spec:
  ports:
    - name: http
      port: 80
      targets:
        - a
        - b
    - name: https
  matrix:
    - - 1
      - 2
    - []
    - - - 3
  nothing: null
  "no": false
  empty:
    map: {}
    list: []
kind: Thing
`);
  });

  it('writes text of several lines as literal blocks', () => {
    const value = {
      clip: 'a\nb\n',
      strip: 'a\n\nb',
      keep: 'a\n\n\n',
      indented: '  a\nb\n',
      tabbed: '\ta\n',
      leading: '\na\n',
      list: ['a\n  b\n', { inner: 'a\nb' }],
      last: '#!/bin/sh\nif [ "$1" = "a: b" ]; then\n\techo \'x\' # y\nfi\n',
    };
    expect(emitYaml(value)).toBe(`clip: |
  a
  b
strip: |-
  a

  b
keep: |+
  a


indented: |2
    a
  b
tabbed: |2
  \ta
leading: |

  a
list:
  - |
    a
      b
  - inner: |-
      a
      b
last: |
  #!/bin/sh
  if [ "$1" = "a: b" ]; then
  \techo 'x' # y
  fi
`);
  });

  it('never folds a line', () => {
    const long = 'word '.repeat(2000).trim();
    expect(emitYaml({ a: long, b: `${long}\n${long}`, c: `"${long}" ` }).split('\n')).toHaveLength(6);
  });

  it('writes collections and scalars alone, too', () => {
    expect([{}, [], null, true, 1, 'a', 'no', 'a\nb\n', ['a']].map(emitYaml)).toEqual([
      ...['{}\n', '[]\n', 'null\n', 'true\n', '1\n', 'a\n', '"no"\n', '|\n  a\n  b\n', '- a\n'],
    ]);
  });

  it('puts keys that are too long for a simple key behind a question mark', () => {
    const key = 'k'.repeat(1001);
    expect(emitYaml({ [key]: { [key]: [1] } })).toBe(`? ${key}\n:\n  ? ${key}\n  :\n    - 1\n`);
    expect(emitYaml({ [key.slice(1)]: 1 })).toBe(`${key.slice(1)}: 1\n`);
  });

  it('parts documents with --- and starts with none', () => {
    expect(emitDocuments([{ a: 1 }, ['b'], {}])).toBe('a: 1\n---\n- b\n---\n{}\n');
    expect(emitDocuments([])).toBe('');
    expect(emitDocuments(new Set([{ a: 1 }]))).toBe('a: 1\n');
  });
});

describe('a string', () => {
  it.each([
    ...[
      'a',
      'nginx:1.25',
      'registry.example.com:5000/a/b@sha256:0a1b',
      '/etc/app',
      '--port=8080',
      '-v',
      'a b  c',
      'Grüße 😀',
    ],
    ...[
      '1.4.2',
      '10.0.0.1',
      '10.0.0.0/16',
      '250m',
      '1Gi',
      '5m30s',
      '8080:80',
      '1:99',
      ':8080',
      '0 3 * * *',
      '$(POD_IP)',
    ],
    ...[
      'a#b',
      'a:b',
      'http://a:80/b?c=d#e',
      'yesterday',
      'nullable',
      'On time',
      '_1',
      'x=y',
      '{a}'.slice(1),
      'sha256',
      '1e',
      '0b2',
      '0xg',
    ],
  ])('%j stands bare', (text) => {
    expect(written(text)).toBe(text);
  });

  it.each([
    ...[
      '',
      ' ',
      'a ',
      ' a',
      'a: b',
      'a:',
      'a #b',
      '#a',
      '- a',
      '-',
      '?',
      '? a',
      ': a',
      '&a',
      '*a',
      '!a',
      '|',
      '>',
      '%a',
      '@a',
      '`a',
      ',a',
    ],
    ...['[a]', '{a}', "'a'", '---', '--- a', '...', '-----BEGIN', '=', '<<', '~'],
    ...[
      'y',
      'Y',
      'yes',
      'YES',
      'yEs',
      'n',
      'No',
      'on',
      'OFF',
      'true',
      'TRUE',
      'tRue',
      'False',
      'null',
      'Null',
    ],
    ...[
      '0',
      '8080',
      '-1',
      '+1',
      '1.',
      '.5',
      '1.50',
      '1e3',
      '1E+3',
      'e5',
      '-e5',
      '1_000',
      '0644',
      '08',
      '0o14',
      '-0o7',
      '0O14',
    ],
    ...[
      '0x1F',
      '0X1F',
      '0b11',
      '0B11',
      '-0b1',
      '0_x1F',
      '-_1',
      '12:30:45',
      '1:30',
      '190:20:30.5',
      '.inf',
      '-.INF',
      '.NaN',
      '.',
    ],
    ...['2024-01-01', '2024-1-1', '2024-01-01T00:00:00Z', '2024-01-01 10:00:00', '99999999999999999999'],
  ])('%j stands in double quotes', (text) => {
    expect(written(text)).toBe(JSON.stringify(text));
    expect(emitYaml({ [text]: 1 })).toBe(`${JSON.stringify(text)}: 1\n`);
  });

  it('with double quotes and no single ones stands in single quotes', () => {
    expect(written('{"a": "b"}')).toBe(`'{"a": "b"}'`);
    expect(written(`{"a": "it's"}`)).toBe(`"{\\"a\\": \\"it's\\"}"`);
  });

  it.each([
    ['\u0000\u0007\u001b', '"\\u0000\\u0007\\u001b"'],
    ['a\tb', '"a\\tb"'],
    ['a\rb', '"a\\rb"'],
    ['a\r\nb\r\n', '"a\\r\\nb\\r\\n"'],
    ['a\u007fb', '"a\\u007fb"'],
    ['a\u0085b\n', '"a\\u0085b\\n"'],
    ['\u009f', '"\\u009f"'],
    ['a\u2028b\u2029', '"a\\u2028b\\u2029"'],
    ['\ufeffa', '"\\ufeffa"'],
    ['\ufffe\uffff', '"\\ufffe\\uffff"'],
    ['a\n  ', '"a\\n  "'],
    ['\n', '"\\n"'],
  ])('%j is escaped where readers would refuse it or change it', (text, expected) => {
    expect(written(text)).toBe(expected);
  });

  it('with half a surrogate pair is refused with its field', () => {
    const value = { spec: { containers: [{ env: [{ name: 'A', value: 'x\ud800y' }] }] } };
    expect(problemOf(() => emitYaml(value))).toMatchObject({
      code: 'UNWRITABLE_STRING',
      path: 'spec.containers[0].env[0].value',
      message: 'half a character, a lone surrogate, at offset 1',
    });
    expect(problemOf(() => emitYaml({ data: { 'a\udc00': 1 } }))).toMatchObject({
      code: 'UNWRITABLE_STRING',
    });
    expect(problemOf(() => emitYaml(['a\n\udfff\n'])).path).toBe('[0]');
  });
});

describe('a number', () => {
  it.each([
    [0, '0'],
    [-0, '-0.0'],
    [1.5, '1.5'],
    [1e21, '1e+21'],
    [1e-7, '1e-7'],
    [5e-324, '5e-324'],
    [2 ** 53, '9007199254740992'],
    [2 ** 60, '1152921504606846976'],
    [-(2 ** 63), '-9223372036854775808'],
  ])('%d stands as %s', (value, expected) => {
    expect(emitYaml([value])).toBe(`- ${expected}\n`);
  });
});

describe('what YAML cannot hold', () => {
  it.each<[string, unknown, string]>([
    ['NaN', { a: [NaN] }, 'a[0]'],
    ['an infinity', { a: Infinity }, 'a'],
    ['undefined in a list', { a: [1, undefined] }, 'a[1]'],
    ['a function', { 'a b': () => 1 }, '[a b]'],
    ['a Date', { a: new Date(0) }, 'a'],
    ['a Map', { a: [new Map()] }, 'a[0]'],
  ])('is refused with its field: %s', (_, value, path) => {
    expect(problemOf(() => emitYaml(value))).toMatchObject({ code: 'RENDER_FAILED', path });
  });

  it('includes an object that contains itself', () => {
    const value: Record<string, unknown> = { a: 1 };
    value['self'] = [value];
    expect(problemOf(() => emitYaml(value)).message).toBe('nested more than 1000 deep');
  });
});

describe('any data', () => {
  /** What looks like an alias would not be one of ours. */
  const read = { maxAliasCount: 0 };

  it('comes back equal through our own reader', () => {
    fc.assert(
      fc.property(nastyValue, (value) =>
        isDeepStrictEqual(parseDocuments(emitYaml([value]))[0]?.value, [value]),
      ),
      runs,
    );
  });

  it.each(['1.1', '1.2'] as const)(
    'comes back equal through the yaml package in its YAML %s mode',
    (version) => {
      fc.assert(
        fc.property(nastyValue, (value) =>
          isDeepStrictEqual(parse(emitYaml(value), { version, ...read }), value),
        ),
        runs,
      );
    },
  );

  it('comes back equal in every place a string can stand', () => {
    for (const text of nastyStrings) {
      const value = recordOf([
        [text, { [`${text}x`]: [text, [text], { a: text }] }],
        ['last', text],
      ]);
      expect(parseDocuments(emitYaml(value))[0]?.value).toEqual(value);
      expect(parse(emitYaml(value), { version: '1.1', ...read })).toEqual(value);
      expect(parse(emitYaml(value), { version: '1.2', ...read })).toEqual(value);
    }
  });

  it('keeps every number to the bit', () => {
    fc.assert(
      fc.property(nastyNumber, (value) =>
        Object.is((parseDocuments(emitYaml([value]))[0]?.value as number[])[0], value),
      ),
      runs,
    );
  });

  it('is written the same twice, and again after it was read', () => {
    fc.assert(
      fc.property(nastyValue, (value) => {
        const text = emitYaml([value]);
        return emitYaml([value]) === text && emitYaml(parseDocuments(text)[0]?.value) === text;
      }),
      runs,
    );
  });

  it('has no line that a splitter of streams could take for a separator', () => {
    fc.assert(
      fc.property(nastyValue, (value) => !/^(?:---|\.\.\.)/m.test(emitYaml(value))),
      runs,
    );
  });

  it.each(['a', 'a: ', '"\\'])('may repeat %j for megabytes', (part) => {
    const text = part.repeat(effort(1_000_000, 10_000_000) / part.length);
    const value = { a: text, b: [`${text} `] };
    expect(isDeepStrictEqual(parseDocuments(emitYaml(value))[0]?.value, value)).toBe(true);
    expect(isDeepStrictEqual(parseDocuments(JSON.stringify(value))[0]?.value, value)).toBe(true);
  });
});

describe('blanks without end', () => {
  it.each(['\n', ' ', '\t', ' \n', '\n '])('%j takes time in proportion to its length', (part) => {
    const run = part.repeat(effort(20_000, 200_000));
    for (const text of [`a${run}b`, `a${run}b\n`, `${run}b\n\n`, `a\n${run}`]) {
      expect(parseDocuments(emitYaml({ a: text }))[0]?.value).toEqual({ a: text });
    }
  });
});

describe('writing and reading plain documents', () => {
  it('never loads the yaml package', () => {
    jest.isolateModules(() => {
      jest.doMock('yaml', () => {
        throw new Error('yaml was loaded');
      });
      const { emitYaml } = jest.requireActual<typeof Emit>('../../../lib/manifest/yaml/emit');
      const { parseDocuments } = jest.requireActual<typeof Parse>('../../../lib/manifest/yaml/parse');
      expect(parseDocuments(emitYaml({ a: ['b', { c: 1 }] }))[0]?.value).toEqual({ a: ['b', { c: 1 }] });
      expect(parseDocuments('a: [b]')[0]?.value).toEqual({ a: ['b'] });
    });
  });
});
