import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { filesIn, folderWith, handOver, read, removeFolders, seaworthy } from './support/cli';

afterAll(removeFolders);

const deployment = (name: string, ...images: string[]): string =>
  JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      template: { spec: { containers: images.map((image, index) => ({ name: `c${index}`, image })) } },
    },
  });

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

/** An app with a Deployment each image. */
function appWith(images: readonly string[], files: Readonly<Record<string, string>> = {}): string {
  const manifests = images.map((image, index) => ({
    object: JSON.parse(deployment(`d${index}`, image)) as object,
    origin: { chart: 'shop', source: `main.ts:${index + 1}` },
  }));
  return folderWith({ 'cdk8s.yaml': 'app: node main.js\n', 'main.js': handOver({ manifests }), ...files });
}

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

/** A registry on this machine that keeps an image, and what it was asked. */
function registry(
  answer: (request: IncomingMessage, response: ServerResponse, host: string) => void,
): Promise<{
  readonly host: string;
  readonly asked: string[];
  readonly close: () => void;
}> {
  const asked: string[] = [];
  return new Promise((resolve) => {
    const server = createServer((request, response) => {
      asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
      answer(request, response, `127.0.0.1:${(server.address() as AddressInfo).port}`);
    });
    server.listen(0, '127.0.0.1', () =>
      resolve({
        host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
        asked,
        close: () => void server.close(),
      }),
    );
  });
}

const pin = (host: string, env: NodeJS.ProcessEnv = {}) => {
  const folder = appWith([`${host}/acme/api:1.4`]);
  const argv = ['images', '--pin'];
  return seaworthy(folder, argv, { env: { DOCKER_CONFIG: folder, ...env } }).then((done) => ({
    ...done,
    folder,
  }));
};

describe('a registry', () => {
  it('is asked for the digest of a tag, with a token where it wants one', async () => {
    const { host, asked, close } = await registry((request, response, own) => {
      const { url = '', headers } = request;
      if (url.startsWith('/token')) return void response.end('{"token": "let-me-in"}');
      if (headers.authorization !== 'Bearer let-me-in') {
        const challenge = `Bearer realm="http://${own}/token",service="registry",scope="repository:acme/api:pull"`;
        return void response.writeHead(401, { 'WWW-Authenticate': challenge }).end();
      }
      const accepts = headers.accept?.includes('application/vnd.oci.image.index.v1+json') === true;
      return void response.writeHead(accepts ? 200 : 404, { 'Docker-Content-Digest': A }).end();
    });
    const { code, stderr, folder } = await pin(host);
    close();
    expect([code, stderr]).toEqual([
      0,
      `pinned ${host}/acme/api:1.4 ${A}\nWrote images.lock.yaml; commit it.\n`,
    ]);
    expect(read(folder, LOCK)).toContain(`  "${host}/acme/api:1.4": ${A}\n`.replaceAll('"', ''));
    expect(asked).toEqual([
      'HEAD /v2/acme/api/manifests/1.4',
      'GET /token?service=registry&scope=repository%3Aacme%2Fapi%3Apull',
      'HEAD /v2/acme/api/manifests/1.4',
    ]);
  });

  it('gets the login that docker keeps for it', async () => {
    const { host, close } = await registry(({ headers }, response) => {
      const isKnown = headers.authorization === `Basic ${Buffer.from('ann:s3cret').toString('base64')}`;
      response
        .writeHead(isKnown ? 200 : 401, { 'WWW-Authenticate': 'Basic', 'Docker-Content-Digest': A })
        .end();
    });
    const auth = Buffer.from('ann:s3cret').toString('base64');
    const docker = folderWith({ 'config.json': JSON.stringify({ auths: { [host]: { auth } } }) });
    expect((await pin(host, { DOCKER_CONFIG: docker })).code).toBe(0);
    const refused = await pin(host);
    close();
    expect([refused.code, refused.stderr.includes(`Log in with: docker login ${host}`)]).toEqual([2, true]);
  });

  it('need not say the digest: it is that of the manifest', async () => {
    const { host, close } = await registry((_, response) => void response.end('{}'));
    const { stderr } = await pin(host);
    close();
    expect(stderr).toContain(`sha256:${createHash('sha256').update('{}').digest('hex')}`);
  });

  it.each([
    [404, 'has no such tag'],
    [429, 'Too many requests'],
    [500, 'answers with status 500'],
  ])('that answers with %i leaves the lock as it was', async (status, message) => {
    const { host, close } = await registry((_, response) => void response.writeHead(status).end());
    const { code, stderr, folder } = await pin(host);
    close();
    expect([code, stderr.includes(message), stderr.includes('REGISTRY_FAILED')]).toEqual([2, true, true]);
    expect(filesIn(folder)).not.toContain(LOCK);
  });

  it('that names no digest, or is not there, is an error', async () => {
    const { host, close } = await registry(
      (_, response) => void response.writeHead(200, { 'Docker-Content-Digest': 'sha256:12' }).end(),
    );
    const wrong = await pin(host);
    close();
    expect(wrong.stderr).toContain('names the digest "sha256:12"');
    const away = await pin('127.0.0.1:1');
    expect([away.code, away.stderr.includes('ECONNREFUSED')]).toEqual([2, true]);
  });
});
