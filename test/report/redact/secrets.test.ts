import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { main } from '../../../lib/cli/main';
import { SeaworthyValidation } from '../../../lib/integrations/cdk8s-validation';
import { ManifestSet } from '../../../lib/manifest/set';
import { CHECK_FORMATS } from '../../../lib/report/check/formats';
import { PLAN_FORMATS } from '../../../lib/report/plan/formats';
import { Manifests } from '../../../lib/testing';
import { hasNoFindings, hasResource, isAdmitted } from '../../../lib/testing/assertions';
import { describeChanges, rollsOut } from '../../../lib/testing/changes';
import { snapshotOf } from '../../../lib/testing/snapshot/render';
import { folderWith, removeFolders } from '../../cli/support/cli';
import { AROUND, SECRET_PLACES, type SecretPlace } from './places';
import { effort } from '../../effort';

afterAll(removeFolders);

/** Runs the command line in this process; what it prints. */
async function run(cwd: string, ...argv: string[]): Promise<string> {
  let said = '';
  const stream = (): Writable =>
    new Writable({
      write(bytes: Buffer, _, done) {
        said += bytes.toString();
        done();
      },
    });
  await main(argv, { stdout: stream(), stderr: stream(), env: {}, cwd });
  return said;
}

/** The forms of a mark that may not appear: as it is, and in base64 at each of its three offsets. */
function formsOf(mark: string): string[] {
  const encoded = [0, 1, 2].map((offset) =>
    Buffer.from(`${'x'.repeat(offset)}${mark}`)
      .toString('base64')
      .slice(offset === 0 ? 0 : 4, -4),
  );
  // Of a short one, nothing is left in base64 that could be told from other text.
  return [mark, ...encoded.filter((form) => form.length >= 12)];
}

/** How objects are written in a file. */
const STYLES: readonly ((objects: readonly object[]) => string)[] = [
  (objects) => objects.map((object) => stringify(object)).join('---\n'),
  (objects) =>
    objects
      .map((object) => stringify(object, { lineWidth: 40, defaultStringType: 'QUOTE_DOUBLE' }))
      .join('---\n'),
  // kubectl takes no ? in text without quotes there.
  (objects) =>
    objects
      .map((object) => stringify(object, { collectionStyle: 'flow', defaultStringType: 'QUOTE_DOUBLE' }))
      .join('---\n'),
  (objects) => JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }, null, 2),
  (objects) => stringify({ apiVersion: 'v1', kind: 'List', items: objects }),
];

/** Twelve characters that nothing else has, so that base64 of what begins with them begins with their base64. */
const mark = fc.stringMatching(/^[A-Za-z0-9]{8}$/).map((text) => `7q${text}X9`);

/** What may follow it, where any text can stand. */
const rest = fc.oneof(
  fc.constantFrom(
    '',
    '"',
    "'",
    '\\',
    '\n',
    '$',
    '$(A)',
    '%20',
    'é😀',
    ' words and more',
    ': #',
    '\nsecond 7qSECONDX9 line',
    '==',
  ),
  fc.string({ maxLength: 80 }),
);

/** Milliseconds on a busy machine. Each test takes a second or two. */
const LONGEST = 300_000;

const folder = folderWith({});
const outputs = CHECK_FORMATS.map(({ name }) => name);
const plans = PLAN_FORMATS.map(({ name }) => name);

async function checked(text: string): Promise<string[]> {
  writeFileSync(join(folder, 'a.yaml'), text);
  const others = outputs.slice(1).flatMap((name) => ['-o', `${name}=out.${name}`]);
  const said = await run(folder, 'check', 'a.yaml', '--preset', 'strict', '-o', 'text', ...others);
  return [said, ...outputs.slice(1).map((name) => readFileSync(join(folder, `out.${name}`), 'utf8'))];
}

async function planned(before: string, after: string): Promise<string[]> {
  writeFileSync(join(folder, 'before.yaml'), before);
  writeFileSync(join(folder, 'after.yaml'), after);
  const others = plans.slice(1).flatMap((name) => ['-o', `${name}=out.${name}`]);
  const said = await run(
    folder,
    'plan',
    'before.yaml',
    'after.yaml',
    '--full',
    '--out',
    'out.plan',
    '-o',
    'text',
    ...others,
  );
  const short = await run(folder, 'plan', 'before.yaml', 'after.yaml');
  return [
    said,
    short,
    ...['plan', ...plans.slice(1)].map((name) => readFileSync(join(folder, `out.${name}`), 'utf8')),
  ];
}

async function validated(text: string): Promise<string> {
  writeFileSync(join(folder, 'a.yaml'), text);
  const said: unknown[] = [];
  const report = {
    addViolation: (violation: unknown) => said.push(violation),
    submit: (...all: unknown[]) => said.push(all),
  };
  // What the reader refuses is refused everywhere: then the error may not show a secret either.
  try {
    await new SeaworthyValidation({ preset: 'strict' }).validate({
      manifests: [join(folder, 'a.yaml')],
      report,
    });
  } catch (error) {
    said.push(String(error));
  }
  return JSON.stringify(said);
}

function tested(before: readonly object[], after: readonly object[], secret: string): string[] {
  const [was, now] = [before, after].map((objects) => Manifests.from(ManifestSet.of(objects)));
  if (was === undefined || now === undefined) throw new Error('There are two sides.');
  const kinds = [...new Set([...now].map(({ id }) => `${id.apiVersion}/${id.kind}`))];
  const patterns = [
    { data: { password: secret } },
    { stringData: { any: 'x' } },
    { spec: { template: { spec: { containers: [{ env: [{ value: 'x' }], args: ['x'] }] } } } },
    { spec: 1, data: 1, stringData: 1, metadata: { annotations: 1 } },
  ];
  const misses = kinds.flatMap((kind) =>
    patterns.map((pattern) => {
      try {
        return hasResource(now, kind, pattern).message;
      } catch (error) {
        return String(error);
      }
    }),
  );
  const [one, other] = [snapshotOf(was), snapshotOf(now)];
  return [
    ...misses,
    isAdmitted(now).message,
    hasNoFindings(now, { preset: 'strict', info: true }).message,
    rollsOut(now, was).message,
    describeChanges(was, now),
    one,
    other,
  ];
}

/** All that is printed of objects with a secret, on both sides of a plan. */
async function everything(
  before: readonly object[],
  after: readonly object[],
  style: number,
  secret: string,
): Promise<string[]> {
  const write = STYLES[style] ?? STYLES[0];
  if (write === undefined) throw new Error('There is a style.');
  const [was, now] = [write([...AROUND, ...before]), write([...after, ...AROUND])];
  return [
    ...(await checked(now)),
    ...(await planned(was, now)),
    await validated(now),
    ...tested(before, after, secret),
  ];
}

/** Where a text repeats a secret of another object: only its value tells. */
const repeated = (secret: string): object[] => [
  {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'known', namespace: 'shop' },
    stringData: { any: secret },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'said', namespace: 'shop', annotations: { note: `it is ${secret}` } },
    spec: { type: secret, ports: [{ port: 80, name: secret }] },
  },
];

interface Case {
  readonly place: SecretPlace;
  readonly mark: string;
  readonly rest: string;
}

/** What is on the other side of a plan. */
type Other = 'nothing' | 'same' | 'different' | 'none';

function objectOf({ place, mark, rest }: Case, index: number, change = ''): object {
  return named(place.object(place.isFree ? mark + rest + change : mark + change), index);
}

/** With a name of its own, as the items of a list. */
function named(object: object, index: number): object {
  const { metadata, items } = object as {
    readonly metadata?: { readonly name: string };
    readonly items?: readonly object[];
  };
  return {
    ...object,
    ...(metadata && { metadata: { ...metadata, name: `${metadata.name}-${index}` } }),
    ...(items && { items: items.map((item) => named(item, index)) }),
  };
}

/** Where a mark is printed, with what is before it. */
async function leaks(
  cases: readonly Case[],
  other: Other,
  style: number,
  repeats = false,
): Promise<string[]> {
  const now = cases.map((each, index) => objectOf(each, index));
  const sides: Readonly<Record<Other, () => readonly object[]>> = {
    nothing: () => [],
    same: () => now,
    different: () => cases.map((each, index) => objectOf(each, index, '2')),
    none: () => cases.map((each, index) => objectOf({ ...each, mark: 'a', rest: '' }, index)),
  };
  const marks = cases.map(({ mark, place }) => ({ name: place.name, forms: formsOf(mark) }));
  const said = await everything(
    sides[other](),
    [...now, ...(repeats ? repeated(cases[0]?.mark ?? '') : [])],
    style,
    cases[0]?.mark ?? '',
  );
  return marks.flatMap(({ name, forms }) =>
    forms.flatMap((form) =>
      said
        .filter((text) => text.includes(form))
        .map(
          (text) => `${name}: …${text.slice(Math.max(0, text.indexOf(form) - 200), text.indexOf(form) + 40)}`,
        ),
    ),
  );
}

test.each(['nothing', 'different'] as const)(
  'a secret in every place, and on the other side %s, is in nothing that is printed',
  async (other) => {
    const cases = SECRET_PLACES.map((place, index) => ({
      place,
      mark: `7q${'abcdefgh'.slice(0, 8 - String(index).length)}${index}X9`,
      rest: ' "x\'\\',
    }));
    expect(await leaks(cases, other, 0)).toEqual([]);
  },
  LONGEST,
);

const SIDES = [
  ['different', 2],
  ['nothing', 0],
  ['none', 4],
] as const;

test.each(SIDES.slice(0, effort(1, SIDES.length)))(
  'a secret of two characters is hidden by its place alone, and on the other side %s',
  async (other, style) => {
    const cases = SECRET_PLACES.map((place) => ({ place, mark: '§¶', rest: '' }));
    expect(await leaks(cases, other, style)).toEqual([]);
  },
  LONGEST,
);

test(
  'a secret in any place, on either side, in any style, is in nothing that is printed',
  async () => {
    const place = fc.constantFrom(...SECRET_PLACES);
    const cases = fc.uniqueArray(fc.record({ place, mark, rest }), {
      minLength: 1,
      maxLength: 6,
      selector: (each) => each.mark,
    });
    const other = fc.constantFrom<Other>('nothing', 'same', 'different', 'none');
    await fc.assert(
      fc.asyncProperty(cases, other, fc.nat({ max: STYLES.length - 1 }), fc.boolean(), async (...options) => {
        expect(await leaks(...options)).toEqual([]);
      }),
      { numRuns: effort(6, 60) },
    );
  },
  LONGEST,
);
