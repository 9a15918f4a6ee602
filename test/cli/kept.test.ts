import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { effort } from '../effort';
import { folderWith, removeFolders, seaworthy, type Answer } from './support/cli';

afterAll(removeFolders);

const POD = (name: string, image = 'nginx:1.27.3', secret = 'login'): string =>
  [
    'apiVersion: v1',
    'kind: Pod',
    `metadata: { name: ${name}, namespace: shop }`,
    'spec:',
    '  containers:',
    `    - { name: app, image: '${image}', envFrom: [{ secretRef: { name: ${secret} } }] }`,
    '',
  ].join('\n');

const CRD = (field: string): string => `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: shops.acme.io }
spec:
  group: acme.io
  names: { kind: Shop, plural: shops }
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties: { spec: { type: object, properties: { ${field}: { type: string } } } }
`;
const SHOP =
  'apiVersion: acme.io/v1\nkind: Shop\nmetadata: { name: a, namespace: shop }\nspec: { open: yes }\n';

/** Changes keep the length of a text where they can, so that its content has to count. */
const FILES = {
  '.git/HEAD': '',
  'deploy/a.yaml': POD('a'),
  'deploy/b.yaml': POD('b', 'nginx'),
  'deploy/shop.yaml': SHOP,
  'deploy/values.yaml': 'replicas: 2\n',
  'crds/shop.yaml': CRD('open'),
  'README.md': 'A shop.\n',
};

/** A project, and a folder where verdicts are kept. */
class Kept {
  readonly root = folderWith(FILES);
  readonly #cache = folderWith({});

  run(args: readonly string[] = ['deploy'], env: NodeJS.ProcessEnv = {}): Promise<Answer> {
    return seaworthy(this.root, ['check', ...args], { env: { XDG_CACHE_HOME: this.#cache, ...env } });
  }

  /** Changes the texts of all entries, so that a verdict that was kept can be told. */
  mark(): void {
    for (const entry of this.entries()) {
      const { key, value } = JSON.parse(readFileSync(entry).subarray(64).toString()) as {
        readonly key: string;
        readonly value: { readonly texts: readonly string[] };
      };
      const text = JSON.stringify({ key, value: { ...value, texts: value.texts.map(() => MARK) } });
      writeFileSync(entry, createHash('sha256').update(text).digest('hex') + text);
    }
  }

  entries(): string[] {
    const folder = join(this.#cache, 'seaworthy', 'verdicts');
    return readdirSync(folder, { withFileTypes: true }).map(({ name }) => join(folder, name));
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.root, file), text);
  }
}

const MARK = 'kept\n';

describe('a verdict on files', () => {
  it('is kept, with what was said of files that are skipped', async () => {
    const kept = new Kept();
    const first = await kept.run();
    expect(first).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('Skipped 1 values file') as string,
    });
    expect(await kept.run(['deploy', '--no-cache'])).toEqual(first);
    expect(await kept.run()).toEqual(first);
    kept.mark();
    expect(await kept.run()).toEqual({ ...first, stdout: MARK });
    expect(await kept.run(['deploy', '--no-cache'])).toEqual(first);
  });

  it.each<[what: string, change: (kept: Kept) => void, args?: readonly string[], env?: NodeJS.ProcessEnv]>([
    ['a file has changed', (kept) => kept.write('deploy/a.yaml', POD('a', 'nginx:1.27.4'))],
    ['a file was added', (kept) => kept.write('deploy/c.yaml', POD('c', 'nginx'))],
    ['a file was removed', (kept) => rmSync(join(kept.root, 'deploy/b.yaml'))],
    ['a definition has changed', (kept) => kept.write('crds/shop.yaml', CRD('shut'))],
    [
      'the settings have changed',
      (kept) => kept.write('cdk8s.yaml', 'seaworthy: { check: { preset: strict } }'),
    ],
    [
      'the rest of the project says otherwise',
      (kept) => kept.write('README.md', 'kubectl create secret generic login -n shop\n'),
    ],
    ['something else is asked for', () => undefined, ['--preset', 'strict']],
    ['another report is asked for', () => undefined, ['--output', 'json']],
    ['there are colours', () => undefined, [], { FORCE_COLOR: '1' }],
    [
      'a kustomization builds on the files',
      (kept) => kept.write('deploy/kustomization.yaml', 'resources: [a.yaml]\n'),
    ],
  ])('is made anew where %s', async (_, change, args = [], env = {}) => {
    const kept = new Kept();
    const given = ['deploy', '--crds', 'crds'];
    await kept.run(given);
    kept.mark();
    expect(await kept.run(given)).toMatchObject({ stdout: MARK });
    change(kept);
    const now = await kept.run([...given, ...args], env);
    expect(now.stdout).not.toBe(MARK);
    expect(now).toEqual(await kept.run([...given, ...args, '--no-cache'], env));
  });

  it('is not kept of stdin, with a plugin, or where CI is set and nobody asks', async () => {
    const kept = new Kept();
    kept.write(
      'rules.cjs',
      "exports.rule = { name: 'own/rule', severity: 'info', about: 'a', why: 'b', run() {} };",
    );
    await kept.run(['deploy', '--plugin', 'rules.cjs']);
    await kept.run(['deploy', '-']);
    await kept.run(['deploy'], { CI: 'true' });
    expect(() => kept.entries()).toThrow('ENOENT');
    await kept.run(['deploy', '--cache'], { CI: 'true' });
    expect(kept.entries()).toHaveLength(1);
  });

  it('replaces that before it', async () => {
    const kept = new Kept();
    for (const image of ['nginx:1', 'nginx:2', 'nginx:3']) {
      kept.write('deploy/a.yaml', POD('a', image));
      await kept.run();
    }
    expect(kept.entries()).toHaveLength(1);
  });

  it('is not needed where an entry is damaged, or cannot be read or written', async () => {
    const kept = new Kept();
    const plain = await kept.run(['deploy', '--no-cache']);
    await kept.run();
    kept.mark();
    const [entry = ''] = kept.entries();
    const whole = readFileSync(entry);
    for (const bad of [
      whole.subarray(0, -1),
      Buffer.alloc(0),
      Buffer.from(whole.toString().replace('kept', 'same')),
    ]) {
      writeFileSync(entry, bad);
      expect(await kept.run()).toEqual(plain);
    }
    chmodSync(join(entry, '..', '..'), 0o777);
    kept.mark();
    expect(await kept.run()).toEqual(plain);
  });

  it('is that of a run without it, whatever is changed in between', async () => {
    const edit = fc.record({
      file: fc.constantFrom('deploy/a.yaml', 'deploy/b.yaml', 'README.md', 'deploy/c.yaml'),
      text: fc.oneof(
        fc.tuple(
          fc.constantFrom('a', 'b'),
          fc.constantFrom('nginx', 'nginx:1'),
          fc.constantFrom('login', 'key'),
        ),
        fc.constantFrom('kubectl create secret generic key -n shop\n', 'a: [', SHOP, ''),
      ),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 2, maxLength: 6 }), async (edits) => {
        const kept = new Kept();
        for (const { file, text } of edits) {
          kept.write(file, typeof text === 'string' ? text : POD(...text));
          const plain = await kept.run(['deploy', '--no-cache']);
          expect(await kept.run()).toEqual(plain);
          expect(await kept.run()).toEqual(plain);
        }
      }),
      { numRuns: 5 },
    );
  });
});

describe('what is kept of the apps of this repository', () => {
  const DIST = join(__dirname, '..', '..', 'dist');
  const FORMATS = ['text', 'json', 'markdown', 'sarif', 'junit'];

  /** The answers of a check without what is kept, of one that may keep its own, and of one that may have it. */
  async function answersOn(folder: string, cache: string, format: string): Promise<readonly Answer[]> {
    const run = (...more: string[]): Promise<Answer> =>
      seaworthy(folder, ['check', '.', '--output', format, ...more], { env: { XDG_CACHE_HOME: cache } });
    return [await run('--no-cache'), await run(), await run()];
  }

  it('is the verdict of a run without it', async () => {
    const cache = folderWith({});
    for (const app of readdirSync(DIST))
      for (const format of FORMATS.slice(0, effort(1, FORMATS.length))) {
        const [plain, ...kept] = await answersOn(join(DIST, app), cache, format);
        expect(kept).toEqual([plain, plain]);
      }
  });

  it('is so of any of their objects together, whatever was kept of others before', async () => {
    const files = readdirSync(DIST, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.yaml'),
    );
    const documents = files.sort().flatMap((name) => readFileSync(join(DIST, name), 'utf8').split(/^---$/m));
    const [folder, cache] = [folderWith({}), folderWith({})];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...documents), { minLength: 1, maxLength: 40 }),
        fc.constantFrom(...FORMATS),
        async (some, format) => {
          writeFileSync(join(folder, 'all.yaml'), some.join('\n---\n'));
          const [plain, ...kept] = await answersOn(folder, cache, format);
          expect(kept).toEqual([plain, plain]);
        },
      ),
      { numRuns: effort(4, 300) },
    );
  });
});
