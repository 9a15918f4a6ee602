import fc from 'fast-check';
import { emitDocuments } from './emit';
import { parseDocuments } from './parse';
import { Positions } from './positions';
import { offsetOf } from './seek';
import { pathOf } from '../path';

type Steps = readonly (string | number)[];

/** The steps to every field and item of `value`. */
function stepsIn(value: unknown, above: Steps = []): Steps[] {
  if (typeof value !== 'object' || value === null) return [above];
  const keys: Steps = Array.isArray(value) ? value.map((_, index) => index) : Object.keys(value);
  const below = keys.flatMap((key) =>
    stepsIn((value as Record<string | number, unknown>)[key], [...above, key]),
  );
  return [above, ...below];
}

/** Line and column of each field, as the document read again has them, and as they are found in its text. */
function placesIn(yaml: string): { readonly read: string[]; readonly found: string[] } {
  const places = { read: [] as string[], found: [] as string[] };
  for (const { text: document, value } of parseDocuments(yaml)) {
    if (document?.isBlock !== true) continue;
    const positions = Positions.of(document);
    for (const steps of stepsIn(value)) {
      const { line, column } = positions?.at(pathOf(steps)) ?? {};
      const offset = offsetOf(document, steps);
      const before = document.text.slice(document.text.lastIndexOf('\n', document.start - 1) + 1, offset);
      const lines = before.split('\n');
      places.read.push(`${pathOf(steps)} ${line}:${column}`);
      places.found.push(`${pathOf(steps)} ${lines.length}:${(lines.at(-1) ?? '').length + 1}`);
    }
  }
  return places;
}

const STYLES = `# a comment
  apiVersion: v1
  "quoted key": 1
  'single': a
  same:
  - x: 1
    w:
    - - deep
      - deeper
    -
      - z
    # between
    -
  - plain
  literal: |
    # no comment
    key: no key

      indented
  other: |-
    - no item
  empty:
  below:

    a.b: 1
    a: {}
  after: last
`;

it.each([
  ['a document in every block style', STYLES],
  ['one behind a separator', `---\n${STYLES.replaceAll(/^ {2}/gm, '')}---\nsecond: []\n`],
])('finds each field of %s where it stands', (_, yaml) => {
  const { read, found } = placesIn(yaml);

  expect(found).toEqual(read);
  expect(found.length).toBeGreaterThan(20);
});

it('finds each field of any document that is written', () => {
  const key = fc.string({ unit: fc.constantFrom('a', 'b', '-', '/', '9', 'x'), minLength: 1, maxLength: 4 });
  const scalar = fc.oneof(
    fc.constantFrom('', 'a: b', '- x', '#', 'two\nlines', 'a\n\n b\n'),
    fc.integer(),
    fc.constant(null),
  );
  const { record } = fc.letrec<{ value: unknown; record: unknown }>((tie) => ({
    value: fc.oneof({ depthSize: 'small' }, scalar, fc.array(tie('value'), { maxLength: 3 }), tie('record')),
    record: fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  }));
  fc.assert(
    fc.property(record, (value) => {
      const { read, found } = placesIn(emitDocuments([value]));
      expect(found).toEqual(read);
    }),
    { numRuns: 200 },
  );
});

it('stops at the innermost part that the text has', () => {
  const [document] = parseDocuments('a:\n  b: 1\nc: x\nd:\n  - x\n');
  const at = (...steps: Steps): string =>
    document?.text?.text.slice(offsetOf(document.text, steps)).split('\n')[0] ?? '';

  expect(at('a', 'z')).toBe('a:');
  expect(at('a', 'b', 'c')).toBe('b: 1');
  expect(at('d', 3)).toBe('d:');
  expect(at('z')).toBe('a:');
});
