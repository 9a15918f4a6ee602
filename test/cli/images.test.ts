import { Readable } from 'node:stream';
import { filesIn, folderWith, read, removeFolders, seaworthy } from './support/cli';
import { appWith, deployment } from './support/images';

afterAll(removeFolders);

describe('seaworthy images', () => {
  it('lists each image of files once, sorted, with all that uses it', async () => {
    const folder = folderWith({
      'b.yaml': deployment('b', 'nginx:1.27', 'ghcr.io/acme/api:1'),
      'a.yaml': deployment('a', 'nginx:1.27'),
    });
    const { code, stdout } = await seaworthy(folder, ['images', 'b.yaml', 'a.yaml']);
    expect(code).toBe(0);
    expect(stdout).toBe(
      [
        'ghcr.io/acme/api:1  no digest',
        '  Deployment b, container c1  b.yaml:1',
        'nginx:1.27  no digest',
        '  Deployment a, container c0  a.yaml:1',
        '  Deployment b, container c0  b.yaml:1',
        '2 images, 0 with a digest',
        '',
      ].join('\n'),
    );
  });

  it('prints JSON and CycloneDX in one run', async () => {
    const folder = folderWith({ 'a.yaml': deployment('a', 'nginx:1.27') });
    const argv = ['images', 'a.yaml', '-o', 'json', '-o', 'cyclonedx=bom.json'];
    const { stdout, stderr } = await seaworthy(folder, argv);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({
      images: [
        { image: 'nginx:1.27', name: 'docker.io/library/nginx', uses: [{ role: 'main', name: 'c0' }] },
      ],
      unused: [],
    });
  });

  it('takes no environment of files', async () => {
    const folder = folderWith({ 'a.yaml': deployment('a', 'nginx:1.27') });
    const { code, stderr } = await seaworthy(folder, ['images', 'a.yaml', '-e', 'production']);
    expect([code, stderr.includes('--environment: cannot be used with files')]).toEqual([2, true]);
  });
});

const A = `sha256:${'a'.repeat(64)}`;
const B = `sha256:${'b'.repeat(64)}`;

const LOCK = 'images.lock.yaml';

describe('the lock of images', () => {
  it('pins what every command sees, by which it is told from what the code pins', async () => {
    const folder = appWith(['nginx:1.27', `redis:7@${B}`], { [LOCK]: `images:\n  nginx:1.27: ${A}\n` });
    expect((await seaworthy(folder, ['synth', '--no-check'])).code).toBe(0);
    expect(read(folder, 'dist', 'shop.yaml')).toContain(`image: nginx:1.27@${A}\n`);
    const { code, stdout } = await seaworthy(folder, ['images', '--frozen', '-o', 'json']);
    const { images } = JSON.parse(stdout) as { images: { pinnedBy: string; tag: string }[] };
    expect([code, images.map(({ tag, pinnedBy }) => [tag, pinnedBy])]).toEqual([
      0,
      [
        ['1.27', 'lock'],
        ['7', 'manifest'],
      ],
    ]);
  });

  it('pins what the App of cdk8s writes, too', async () => {
    const yaml =
      'apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec: {containers: [{name: x, image: nginx}]}\n';
    const main = `require('fs').writeFileSync(process.env.CDK8S_OUTDIR + '/x.k8s.yaml', ${JSON.stringify(yaml)});`;
    const folder = folderWith({
      'cdk8s.yaml': 'app: node main.js\n',
      'main.js': main,
      [LOCK]: `images:\n  nginx: ${A}\n`,
    });
    expect((await seaworthy(folder, ['synth', '--no-check'])).code).toBe(0);
    expect(read(folder, 'dist', 'x.k8s.yaml')).toContain(`nginx@${A}`);
  });

  it.each([
    ['an image without a digest', ['nginx:1.27', 'redis:7'], 'redis:7  no digest'],
    ['an entry that nothing uses', [], 'unused nginx:1.27 is in the lock'],
  ])('is not frozen with %s', async (_, images, text) => {
    const folder = appWith([...images, `busybox:1@${B}`], { [LOCK]: `images:\n  nginx:1.27: ${A}\n` });
    const { code, stdout } = await seaworthy(folder, ['images', '--frozen']);
    expect([code, stdout.includes(text)]).toEqual([1, true]);
    expect((await seaworthy(folder, ['images'])).code).toBe(0);
  });

  it('is an error before the app runs where it cannot be read', async () => {
    const folder = appWith(['nginx:1.27'], { [LOCK]: 'images:\n  nginx:1.27: sha256:12\n' });
    const { code, stderr } = await seaworthy(folder, ['check']);
    expect(code).toBe(2);
    expect(stderr).toContain('INPUT_UNREADABLE');
    expect(stderr).toContain('images.lock.yaml:2');
  });

  it('takes digests from JSON: with --pin those that it lacks, with --update all', async () => {
    const folder = appWith(['nginx:1.27', 'redis:7'], {
      [LOCK]: `images:\n  nginx:1.27: ${A}\n  gone:1: ${A}\n`,
      'digests.json': JSON.stringify({ 'docker.io/library/nginx:1.27': B, 'redis:7': B, 'other:1': A }),
    });
    const pin = await seaworthy(folder, ['images', '--pin', '--digests', 'digests.json']);
    expect([pin.code, pin.stderr]).toEqual([
      0,
      `pinned redis:7 ${B}\ndropped gone:1\nWrote images.lock.yaml; commit it.\n`,
    ]);
    expect(read(folder, LOCK)).toContain(`images:\n  nginx:1.27: ${A}\n  redis:7: ${B}\n`);
    const stdin = Readable.from([JSON.stringify({ 'nginx:1.27': B })]);
    const update = await seaworthy(folder, ['images', '--update', '--digests', '-'], { stdin });
    expect(update.stderr).toBe(`moved nginx:1.27 ${A} → ${B}\nWrote images.lock.yaml; commit it.\n`);
    const again = await seaworthy(folder, ['images', '--pin', '--digests', 'digests.json']);
    expect(again.stderr).toBe('images.lock.yaml is up to date.\n');
  });

  it.each([
    ['no digest', '{"nginx:1.2": "sha256:1"}', 'Expected JSON such as'],
    ['no JSON', 'nginx', 'expected a JSON object'],
    ['another image', `{"nginx:1.26": "${A}"}`, 'Did you mean it by "nginx:1.26"?'],
  ])('stays as it was where the JSON has %s', async (_, json, message) => {
    const folder = appWith(['nginx:1.27'], { 'digests.json': json });
    const { code, stderr } = await seaworthy(folder, ['images', '--pin', '--digests', 'digests.json']);
    expect([code, stderr.includes(message), filesIn(folder).includes(LOCK)]).toEqual([2, true, false]);
  });

  it.each([
    [['images', '--pin', '-e', 'production'], '--pin: cannot be used with --environment'],
    [['images', '--frozen', 'main.js'], '--frozen: cannot be used with files'],
    [['images', '--digests', 'x.json'], '--digests: needs --pin or --update'],
    [['images', '--pin', '--update'], "'--pin' cannot be used with option '--update'"],
  ])('refuses %j', async (argv, message) => {
    const { code, stderr } = await seaworthy(appWith([]), argv);
    expect([code, stderr.includes(message) ? message : stderr]).toEqual([2, message]);
  });
});
