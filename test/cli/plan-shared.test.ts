import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { emitDocuments } from '../../lib/manifest/yaml/emit';
import { parseDocuments } from '../../lib/manifest/yaml/parse';
import { effort } from '../effort';
import { folderWith, removeFolders, seaworthy } from './support/cli';

afterAll(removeFolders);

type Plain = Record<string, unknown>;
type Files = readonly (readonly object[])[];

/**
 * The plan of two folders, without the lines. Documents of YAML share what they have in common with others, in one folder
 * and across both; JSON, which stands in files of the same names, is read anew each time.
 */
async function planned(before: Files, after: Files, write: (objects: readonly object[]) => string) {
  const filesOf = (name: string, files: Files): [string, string][] =>
    files.map((objects, index) => [`${name}/${index}.yaml`, write(objects)]);
  const folder = folderWith(Object.fromEntries([...filesOf('before', before), ...filesOf('after', after)]));
  const said: string[] = [];
  for (const format of ['text', 'json']) {
    const { code, stdout, stderr } = await seaworthy(folder, [
      'plan',
      'before',
      'after',
      '--output',
      format,
      '--full',
    ]);
    said.push(
      `${code}\n${stdout}\n${stderr}`.replace(/(\.yaml):\d+/g, '$1').replace(/"line": \d+/g, '"line": …'),
    );
  }
  return said.join('\n');
}

const inYaml = (objects: readonly object[]): string => emitDocuments(objects as never);
const inJson = (objects: readonly object[]): string =>
  objects.map((object) => JSON.stringify(object)).join('\n');

async function expectSame(before: Files, after: Files): Promise<string> {
  const shared = await planned(before, after, inYaml);
  expect(shared).toBe(await planned(before, after, inJson));
  return shared;
}

/** Another number of replicas and another image in some workloads. */
function changed(value: unknown, isChosen: () => boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => changed(item, isChosen));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, each]): [string, unknown] => {
    if (key === 'replicas' && typeof each === 'number' && isChosen()) return [key, each + 1];
    if (key === 'image' && typeof each === 'string' && isChosen()) return [key, `${each}-next`];
    return [key, changed(each, isChosen)];
  });
  return Object.fromEntries(entries);
}

test.each(['shop/production', 'boutique/production'])(
  'the plan of %s is the same whether its documents share what they hold or not',
  async (app) => {
    const folder = join(__dirname, '../../dist', app);
    const before = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.yaml'))
      .sort()
      .map((name) => parseDocuments(readFileSync(join(folder, name), 'utf8')))
      .map((documents) => documents.map(({ value }) => value as object));
    let count = 0;
    const after = changed(before, () => count++ % 3 === 0) as Files;
    expect(await expectSame(before, after)).toContain('-next');
  },
);

/** Objects of few forms: what one holds, another holds as well, and there it may be a secret. */
const content = fc.constantFrom<Plain>(
  { data: { login: 'aHVudGVyMi1sb25n', note: 'plain' } },
  { data: { login: 'aHVudGVyMi1sb25n', note: 'other' } },
  { data: { url: 'postgres://shop:hunter2-long@db/shop' } },
  { stringData: { login: 'hunter2-long' } },
  { spec: { password: 'hunter2-long', size: 'hunter2-long' } },
  { data: { note: 'hunter2-long' } },
);
const kind = fc.constantFrom(
  ['v1', 'ConfigMap'],
  ['v1', 'Secret'],
  ['example.com/v1', 'SealedSecret'],
  ['example.com/v1', 'Thing'],
);
const bodies = fc.array(fc.tuple(kind, content, content), { minLength: 1, maxLength: 8 });

test('a plan of random objects is the same whether they share what they hold or not', async () => {
  await fc.assert(
    fc.asyncProperty(bodies, async (drawn) => {
      const side = (which: 1 | 2): Files => [
        drawn.map((body, index) => {
          const [[apiVersion, name]] = body;
          const metadata = { name: `n${index}`, namespace: 'shop' };
          return { apiVersion, kind: name, metadata, ...body[which] };
        }),
      ];
      await expectSame(side(1), side(2));
    }),
    { numRuns: effort(20, 300) },
  );
});
