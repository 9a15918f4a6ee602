/** @jest-environment ./test/cluster/environment.js */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { packageFolder } from '../cli/support/package';
import { cluster, testNamespace } from './cluster';
import { startFaultProxy } from './faults';

// A kubeconfig with an OIDC login whose token has expired, as a person has it the next morning: the issuer is a server of
// this test, with the certificate of the control plane, and the API server takes only the token that it gives.

const namespace = testNamespace('oidc');
const folder = mkdtempSync(join(tmpdir(), 'seaworthy-oidc-'));
afterAll(() => rmSync(folder, { recursive: true }));

const source = dirname(cluster.kubeconfig);
const describeIfOwn = existsSync(join(source, 'server.key')) ? describe : describe.skip;

/** An ID token of an issuer; nobody here looks at its signature. */
function tokenOf(issuer: string, hasExpired: boolean): string {
  const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const times = { iat: 1_700_000_000, exp: hasExpired ? 1_700_003_600 : 4_000_000_000 };
  const claims = { iss: issuer, aud: 'seaworthy', sub: 'jane', ...times };
  const signature = Buffer.alloc(64, hasExpired ? 'old' : 'new').toString('base64url');
  return `${encoded({ alg: 'RS256', typ: 'JWT' })}.${encoded(claims)}.${signature}`;
}

/** An issuer that renews the token of whoever has `refreshToken`. */
async function startIssuer(refreshToken: string) {
  const file = (name: string): Buffer => readFileSync(join(source, name));
  const asked: string[] = [];
  let url = '';
  const fresh = { token: '' };
  const server = createServer({ key: file('server.key'), cert: file('server.crt') }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      asked.push(`${request.method} ${request.url}`);
      const form = new URLSearchParams(Buffer.concat(chunks).toString());
      const answer = (code: number, body: object): void => {
        response.writeHead(code, { 'content-type': 'application/json' });
        response.end(JSON.stringify(body));
      };
      if (request.url === '/.well-known/openid-configuration')
        return answer(200, {
          issuer: url,
          token_endpoint: `${url}/token`,
          authorization_endpoint: `${url}/authorize`,
          jwks_uri: `${url}/keys`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256'],
        });
      if (form.get('grant_type') !== 'refresh_token' || form.get('refresh_token') !== refreshToken)
        return answer(400, { error: 'invalid_grant', error_description: 'the token is not known' });
      fresh.token = tokenOf(url, false);
      return answer(200, {
        access_token: 'access-nobody-needs',
        token_type: 'Bearer',
        expires_in: 3600,
        id_token: fresh.token,
        refresh_token: refreshToken,
      });
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, asked, fresh, stop: () => new Promise((closed) => server.close(closed)) };
}

interface Ran {
  readonly code: number | null;
  readonly output: string;
}

/** Applies a ConfigMap as a person with this kubeconfig, in a process that trusts the issuer. */
async function applied(kubeconfig: string): Promise<Ran> {
  const file = join(folder, 'app.yaml');
  const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { a: '1' } };
  writeFileSync(file, stringify(map));
  const bin = join(packageFolder(), 'bin', 'seaworthy.js');
  const args = ['apply', file, '--name', 'oidc', '--namespace', namespace, '--yes', '--no-wait'];
  const child = spawn(process.execPath, [bin, ...args, '--kubeconfig', kubeconfig], {
    env: { PATH: process.env['PATH'], NODE_EXTRA_CA_CERTS: join(source, 'ca.crt') },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((end) => child.once('close', end));
  return { code, output };
}

describeIfOwn('an OIDC login', () => {
  const known = 'refresh-token-of-jane-2f6d0a';

  async function withLogin(refreshToken: string): Promise<Ran & { asked: string[]; tokens: string[] }> {
    const issuer = await startIssuer(known);
    const proxy = await startFaultProxy({
      seed: 1,
      rates: {},
      accepts: (header) => issuer.fresh.token !== '' && header === `Bearer ${issuer.fresh.token}`,
    });
    try {
      const expired = tokenOf(issuer.url, true);
      const config = parse(readFileSync(proxy.kubeconfig, 'utf8')) as { users: { user: object }[] };
      const login = {
        'client-id': 'seaworthy',
        'id-token': expired,
        'refresh-token': refreshToken,
        'idp-issuer-url': issuer.url,
      };
      for (const user of config.users) user.user = { 'auth-provider': { name: 'oidc', config: login } };
      const kubeconfig = join(folder, 'kubeconfig');
      writeFileSync(kubeconfig, stringify(config));
      const ran = await applied(kubeconfig);
      const signatures = [expired, issuer.fresh.token].flatMap((token) => token.split('.').slice(1));
      const tokens = [refreshToken, 'access-nobody-needs', ...signatures].filter((part) => part !== '');
      return { ...ran, asked: issuer.asked, tokens };
    } finally {
      await proxy.stop();
      await issuer.stop();
    }
  }

  test('that has expired is renewed, and nothing of it is printed', async () => {
    const { code, output, asked, tokens } = await withLogin(known);
    expect(output).toContain('Applied.');
    expect(code).toBe(0);
    expect(asked).toEqual(['GET /.well-known/openid-configuration', 'POST /token']);
    for (const token of tokens) expect(output).not.toContain(token);
  });

  test('that cannot be renewed ends the command with what to do, and nothing of it is printed', async () => {
    const { code, output, tokens } = await withLogin('refresh-token-that-was-revoked');
    expect(code).toBe(2);
    expect(output).toContain('the login of the kubeconfig failed');
    expect(output).toContain('log in again');
    for (const token of tokens) expect(output).not.toContain(token);
  });
});
