import { execFileSync, spawn } from 'node:child_process';
import { closeSync, ftruncateSync, mkdirSync, openSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { folderWith, removeFolders } from '../../../test/cli/support/cli';
import { readManifests } from './manifests';
import { fileReader } from './sources';
import type { ParseOptions } from '../../manifest/yaml/parse';
import { effort } from '../../../test/effort';

afterAll(removeFolders);

const FINE = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: fine }\n';

async function read(folder: string, args: readonly string[], stdin?: Readable) {
  const { manifests, skipped } = await readManifests(args, { cwd: folder, stdin });
  return { names: manifests.map(({ origin }) => origin?.source?.replace(/:\d+$/, '')), skipped };
}

describe('a program among the arguments', () => {
  const folder = (): string => folderWith({ 'fine.yaml': FINE, 'shop.ts': 'main();\n' });

  it('is refused alone', async () => {
    await expect(read(folder(), ['shop.ts'])).rejects.toMatchObject({ code: 'INPUT_UNREADABLE' });
  });

  it('hides nothing of other files', async () => {
    const { manifests, faulty } = await readManifests(['fine.yaml', 'shop.ts'], { cwd: folder() });
    expect(manifests).toHaveLength(1);
    expect(faulty).toMatchObject([{ problem: { place: 'shop.ts', message: 'a program, not manifests' } }]);
  });
});

describe('a link in a folder', () => {
  /** A secret beside a repository, and links to it and to files in the repository. */
  function repository(): string {
    const folder = folderWith({
      'secret.yaml': FINE,
      'repository/.git/config.yaml': FINE,
      'repository/base/a.yaml': FINE,
      'repository/deploy/..data/b.yaml': FINE,
    });
    const link = (name: string, target: string): void =>
      symlinkSync(target, join(folder, 'repository/deploy', name));
    link('base.yaml', '../base/a.yaml');
    link('b.yaml', '..data/b.yaml');
    link('out.yaml', '../../secret.yaml');
    link('absolute.yaml', join(folder, 'secret.yaml'));
    link('twice.yaml', 'out.yaml');
    link('git.yaml', '../.git/config.yaml');
    link('circle.yaml', 'circle.yaml');
    link('nowhere.yaml', 'missing.yaml');
    link('kustomization.yaml', '../../secret.yaml');
    return join(folder, 'repository');
  }

  it('is read if it leads to a file of the repository, and else skipped', async () => {
    const top = repository();
    const { names, skipped } = await read(top, ['deploy']);
    expect(names).toEqual(['deploy/b.yaml', 'deploy/base.yaml']);
    const out = ['absolute', 'git', 'kustomization', 'out', 'twice'];
    expect(skipped.filter(({ why }) => why === 'link')).toEqual(
      [...out, 'circle', 'nowhere'].sort().map((name) => ({
        shown: `deploy/${name}.yaml`,
        why: 'link',
        reason: out.includes(name) ? `a link that leads out of ${top}` : 'a link that leads nowhere',
      })),
    );
  });

  it('may not leave the folder where there is no repository', async () => {
    const folder = folderWith({ 'other/a.yaml': FINE, 'deploy/sub/b.yaml': FINE });
    symlinkSync('../other/a.yaml', join(folder, 'deploy/a.yaml'));
    symlinkSync('sub/b.yaml', join(folder, 'deploy/c.yaml'));
    const { names, skipped } = await read(folder, ['deploy']);
    expect(names).toEqual(['deploy/sub/b.yaml']);
    expect(skipped).toHaveLength(1);
  });

  it('is one file with what it leads to, and with other links to that', async () => {
    const folder = folderWith({ 'deploy/z.yaml': FINE, 'deploy/..data/x.yaml': FINE });
    for (const name of ['a', 'b', 'zz']) symlinkSync('z.yaml', join(folder, `deploy/${name}.yaml`));
    for (const name of ['c', 'd']) symlinkSync('..data/x.yaml', join(folder, `deploy/${name}.yaml`));
    expect((await read(folder, ['deploy'])).names).toEqual(['deploy/z.yaml', 'deploy/c.yaml']);
    const named = ['deploy/b.yaml', 'deploy/a.yaml', 'deploy/z.yaml'];
    expect((await read(folder, named)).names).toEqual(['deploy/z.yaml']);
  });

  it('is followed if the user names it', async () => {
    const top = repository();
    expect((await read(top, ['deploy/out.yaml'])).names).toEqual(['deploy/out.yaml']);
    symlinkSync('deploy', join(top, 'named'));
    expect((await read(top, ['named'])).names).toEqual(['named/b.yaml', 'named/base.yaml']);
  });
});

describe('an input that is no ordinary file', () => {
  it('is read if it is a pipe, once', async () => {
    const folder = folderWith({});
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    spawn('sh', ['-c', 'printf "$0" > pipe', FINE], { cwd: folder });
    expect((await read(folder, ['pipe'])).names).toEqual(['pipe']);
    // Nobody writes a second time: to open it would block.
    expect(fileReader(folder)('pipe')).toBeUndefined();
  });

  it('is left alone in a folder', async () => {
    const folder = folderWith({ 'deploy/a.yaml': FINE });
    execFileSync('mkfifo', [join(folder, 'deploy/b.yaml')]);
    symlinkSync('/dev/zero', join(folder, 'deploy/c.yaml'));
    mkdirSync(join(folder, 'deploy/d.yaml'));
    expect((await read(folder, ['deploy'])).names).toEqual(['deploy/a.yaml']);
  });

  const refused = (name: string) => ({
    code: 'INPUT_UNREADABLE',
    problems: [{ place: name, message: 'too large: the limit is 256 MiB' }],
  });

  // To find that there is no end takes 256 MiB of it.
  it.each(['dev/zero', '<stdin>'].slice(0, effort(1, 2)))('is refused if it has no end: %s', async (name) => {
    const chunk = Buffer.alloc(1 << 20);
    const endless: Readable = new Readable({ read: () => void endless.push(chunk) });
    const path = name === '<stdin>' ? '-' : `/${name}`;
    await expect(read('/', [path], endless)).rejects.toMatchObject(refused(name));
  });

  it('is refused if it is too large, without being read', async () => {
    const folder = folderWith({});
    const file = openSync(join(folder, 'a.yaml'), 'w');
    ftruncateSync(file, 2 ** 40);
    closeSync(file);
    await expect(read(folder, ['a.yaml'])).rejects.toMatchObject(refused('a.yaml'));
    writeFileSync(join(folder, 'a.yaml'), FINE);
    expect((await read(folder, ['a.yaml'])).names).toEqual(['a.yaml']);
  });
});

it('says how to check a program that the user names', async () => {
  const folder = folderWith({ 'shop.ts': 'const a: string = "b";\n', 'deploy/main.js': '' });
  await expect(read(folder, ['shop.ts'])).rejects.toMatchObject({
    code: 'INPUT_UNREADABLE',
    problems: [{ place: 'shop.ts', hint: expect.stringContaining('--app shop.ts') as unknown }],
  });
  expect((await read(folder, ['deploy'])).names).toEqual([]);
});

describe('a file with the same text as one that was read before', () => {
  const CUSTOM = 'apiVersion: acme.io/v1\nkind: List\n';
  const CRD = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: lists.acme.io }
spec: { group: acme.io, names: { kind: List, plural: lists }, scope: Namespaced, versions: [] }
`;
  const NAMED = `${FINE}---\napiVersion: apps/v1\nkind: Deployment\nmetadata: { name: api }\nspec: { replicas: 2 }\n`;
  const folder = (): string =>
    folderWith({
      'a/one.yaml': NAMED,
      'b/two.yaml': NAMED,
      'c/patch.yaml': NAMED,
      'd/crd.yaml': CRD,
      'd/custom.yaml': CUSTOM,
      'e/custom.yaml': CUSTOM,
    });

  it('has the same objects under its own name, and is told apart where its name or what is defined decides', async () => {
    const cwd = folder();
    const known: NonNullable<ParseOptions['known']> = new Map();
    for (const name of ['a', 'b', 'c', 'd', 'e', 'a', 'c', 'd']) {
      const { elsewhere: _shared, ...shared } = await readManifests([name], { cwd, known });
      const { elsewhere: _alone, ...alone } = await readManifests([name], { cwd });
      expect(shared).toEqual(alone);
    }
  });

  it('shares them', async () => {
    const cwd = folder();
    const known: NonNullable<ParseOptions['known']> = new Map();
    const [one, two] = [
      await readManifests(['a'], { cwd, known }),
      await readManifests(['b'], { cwd, known }),
    ];
    expect(two.manifests.map(({ object }) => object)).toEqual(one.manifests.map(({ object }) => object));
    for (const [index, { object }] of two.manifests.entries())
      expect(object).toBe(one.manifests[index]?.object);
    expect(two.manifests.map(({ origin }) => origin)).toEqual([
      { source: 'b/two.yaml:1' },
      { source: 'b/two.yaml:5' },
    ]);
  });
});
