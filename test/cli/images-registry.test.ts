import { createHash } from 'node:crypto';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesIn, folderWith, read, removeFolders, seaworthy } from './support/cli';
import { appWith } from './support/images';
import { registry, selfSigned } from './support/registry';

afterAll(removeFolders);

const A = `sha256:${'a'.repeat(64)}`;
const LOCK = 'images.lock.yaml';

const pin = (host: string, env: NodeJS.ProcessEnv = {}, ...more: string[]) => {
  const folder = appWith([`${host}/acme/api:1.4`]);
  const argv = ['images', '--pin', ...more];
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

const basic = (login: string): string => `Basic ${Buffer.from(login).toString('base64')}`;

/** A registry for one user alone. */
const privateRegistry = (login: string) =>
  registry(({ headers }, response) => {
    const status = headers.authorization === basic(login) ? 200 : 401;
    response.writeHead(status, { 'WWW-Authenticate': 'Basic', 'Docker-Content-Digest': A }).end();
  });

describe('a credential helper', () => {
  /** The environment in which docker has a helper, a shell script. */
  function withHelper(script: string, config: object): NodeJS.ProcessEnv {
    const folder = folderWith({ 'config.json': JSON.stringify(config) });
    const file = join(folder, 'docker-credential-fake');
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
    return { DOCKER_CONFIG: folder, PATH: `${folder}:${process.env['PATH'] ?? ''}` };
  }

  /** Knows one registry, and fails for others as helpers do. */
  const knowing = (host: string): string =>
    `read -r host; [ "$1 $host" = "get ${host}" ] || { echo "credentials not found"; exit 1; }\n` +
    `printf '{"ServerURL": "%s", "Username": "ann", "Secret": "s3cret"}' "$host"`;

  it.each([
    ['of the registry', (host: string) => ({ credHelpers: { [host]: 'fake' }, credsStore: 'missing' })],
    ['of all registries', () => ({ credsStore: 'fake' })],
  ])('%s gives the login', async (_, configFor) => {
    const { host, close } = await privateRegistry('ann:s3cret');
    const { code, stderr } = await pin(host, withHelper(knowing(host), configFor(host)));
    close();
    expect([code, stderr]).toEqual([0, expect.stringContaining(`pinned ${host}/acme/api:1.4 ${A}`)]);
  });

  it.each([
    ['that does not know it', knowing('other.example')],
    ['that prints no JSON', 'echo hello'],
    ['that prints no secret', `echo '{"Username": "ann"}'`],
  ])('%s leaves it to the login in the file', async (_, script) => {
    const { host, close } = await privateRegistry('bob:p4ss');
    const auths = { [host]: { auth: Buffer.from('bob:p4ss').toString('base64') } };
    const known = await pin(host, withHelper(script, { credsStore: 'fake', auths }));
    const unknown = await pin(host, withHelper(script, { credsStore: 'fake' }));
    close();
    expect([known.code, unknown.code]).toEqual([0, 2]);
    expect(unknown.stderr).toContain(`Log in with: docker login ${host}`);
  });
});

describe('a redirect', () => {
  it('is followed, on the same host with the login, on another one without', async () => {
    const seen: (string | undefined)[] = [];
    const other = await registry(({ headers }, response) => {
      seen.push(headers.authorization);
      response.writeHead(200, { 'Docker-Content-Digest': A }).end();
    });
    const { host, asked, close } = await registry(({ url = '', headers }, response) => {
      if (headers.authorization === undefined)
        return void response.writeHead(401, { 'WWW-Authenticate': 'Basic' }).end();
      const Location = url.startsWith('/v2/') ? '/moved' : `http://${other.host}/elsewhere`;
      response.writeHead(307, { Location }).end();
    });
    const docker = folderWith({
      'config.json': JSON.stringify({
        auths: { [host]: { auth: basic('ann:s3cret').slice('Basic '.length) } },
      }),
    });
    const { code } = await pin(host, { DOCKER_CONFIG: docker });
    close();
    other.close();
    expect([code, other.asked, seen]).toEqual([0, ['HEAD /elsewhere'], [undefined]]);
    expect(asked).toEqual([
      'HEAD /v2/acme/api/manifests/1.4',
      'HEAD /v2/acme/api/manifests/1.4',
      'HEAD /moved',
    ]);
  });

  it('that leads to itself ends', async () => {
    const { host, asked, close } = await registry(
      ({ url }, response) => void response.writeHead(302, { Location: url }).end(),
    );
    const { code, stderr } = await pin(host);
    close();
    expect([code, stderr.includes('too many redirects'), asked.length]).toEqual([2, true, 6]);
  });

  it('to what is not encrypted is not followed', async () => {
    const { cert, key } = selfSigned();
    const open = await registry(
      (_, response) => void response.writeHead(200, { 'Docker-Content-Digest': A }).end(),
    );
    const { host, close } = await registry(
      (_, response) => void response.writeHead(302, { Location: `http://${open.host}/` }).end(),
      { cert, key },
    );
    const folder = folderWith({ 'ca.pem': cert });
    const { code, stderr } = await pin(host, {}, '--registry-ca', join(folder, 'ca.pem'));
    close();
    open.close();
    expect([code, open.asked]).toEqual([2, []]);
    expect(stderr).toContain(`a redirect to http://${open.host}, which is not encrypted`);
  });
});

describe('--registry-ca', () => {
  it('trusts the registries of an authority, and no others', async () => {
    const [own, other] = [selfSigned(), selfSigned()];
    const { host, close } = await registry(
      (_, response) => void response.writeHead(200, { 'Docker-Content-Digest': A }).end(),
      own,
    );
    const folder = folderWith({ 'own.pem': own.cert, 'other.pem': other.cert });
    const trusted = await pin(host, {}, '--registry-ca', join(folder, 'own.pem'));
    const unknown = await pin(host, {}, '--registry-ca', join(folder, 'other.pem'));
    const without = await pin(host);
    close();
    expect([trusted.code, unknown.code, without.code]).toEqual([0, 2, 2]);
    expect(unknown.stderr).toContain('self-signed certificate');
    expect(filesIn(unknown.folder)).not.toContain(LOCK);
  });

  it('is an error where there is no such file', async () => {
    const { code, stderr } = await pin('127.0.0.1:1', {}, '--registry-ca', 'missing.pem');
    expect([code, stderr.includes('missing.pem')]).toEqual([2, true]);
  });
});
