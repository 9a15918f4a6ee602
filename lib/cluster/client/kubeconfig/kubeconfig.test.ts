import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { stringify } from 'yaml';
import { SeaworthyError } from '../../../errors';
import { loginOf } from '../login';
import { inClusterAccess } from './in-cluster';
import { readKubeConfig } from './kubeconfig';

const folder = mkdtempSync(join(tmpdir(), 'seaworthy-kubeconfig-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;

function fileOf(content: unknown): string {
  const path = join(folder, `config-${files++}`);
  writeFileSync(path, typeof content === 'string' ? content : stringify(content));
  return path;
}

const HOST = { server: 'https://dev.example.com:6443' };

function configOf(user: object, cluster: object = HOST, context: object = {}): object {
  return {
    'current-context': 'dev',
    clusters: [{ name: 'here', cluster }],
    users: [{ name: 'jane', user }],
    contexts: [{ name: 'dev', context: { cluster: 'here', user: 'jane', ...context } }],
  };
}

function refused(content: unknown, context?: string): string {
  try {
    readKubeConfig({ kubeconfig: fileOf(content), ...(context !== undefined && { context }) });
  } catch (error) {
    if (!(error instanceof SeaworthyError)) throw error;
    expect(error.code).toBe('KUBECONFIG_INVALID');
    return error.problems[0].message;
  }
  throw new Error('it was taken');
}

async function optionsOf(content: unknown) {
  return (await loginOf(readKubeConfig({ kubeconfig: fileOf(content) })))();
}

describe('a kubeconfig', () => {
  it('gives the cluster, the user and the namespace of its current context, or of another one', () => {
    const base = configOf({ token: 'SESAME' }, HOST, { namespace: 'shop' }) as { contexts: object[] };
    base.contexts.push({ name: 'other', context: { cluster: 'here', user: 'jane' } });
    const kubeconfig = fileOf(base);
    expect(readKubeConfig({ kubeconfig })).toMatchObject({
      name: 'dev',
      namespace: 'shop',
      cluster: { name: 'here', server: 'https://dev.example.com:6443' },
      user: { name: 'jane', token: 'SESAME' },
    });
    const other = readKubeConfig({ kubeconfig, context: 'other' });
    expect(other).toMatchObject({ name: 'other', namespace: 'default' });
  });

  it('is merged with others: what an earlier one says counts, an entry as a whole', () => {
    const first = fileOf({ users: [{ name: 'jane', user: { token: 'FIRST' } }] });
    const second = fileOf(configOf({ token: 'SECOND', as: 'root' }));
    const third = fileOf({ ...configOf({}), 'current-context': 'gone' });
    const kubeconfig = [first, join(folder, 'none'), second, third].join(delimiter);
    const { name, user } = readKubeConfig({ kubeconfig });
    expect([name, user.token, user.impersonated]).toEqual(['dev', 'FIRST', undefined]);
  });

  it('has paths below its own folder, and each of several below its own', () => {
    mkdirSync(join(folder, 'below'));
    const path = join(folder, 'below', 'config');
    const user = { 'client-certificate': 'jane.crt', 'client-key': '/keys/jane.key', tokenFile: '../token' };
    writeFileSync(path, stringify(configOf(user, { ...HOST, 'certificate-authority': 'ca.crt' })));
    const access = readKubeConfig({ kubeconfig: [fileOf({}), path].join(delimiter) });
    expect([access.cluster.authority.file, access.user.certificate.file]).toEqual([
      join(folder, 'below', 'ca.crt'),
      join(folder, 'below', 'jane.crt'),
    ]);
    expect([access.user.key.file, access.user.tokenFile]).toEqual(['/keys/jane.key', join(folder, 'token')]);
  });

  it('has the command of a plugin below its folder if it names one, and in PATH otherwise', () => {
    const commandOf = (command: string): unknown =>
      readKubeConfig({ kubeconfig: fileOf(configOf({ exec: { command } })) }).user.plugin?.['command'];
    expect(commandOf('aws')).toBe('aws');
    expect(commandOf('bin/login')).toBe(join(folder, 'bin', 'login'));
    expect(commandOf('/usr/bin/login')).toBe('/usr/bin/login');
  });

  it('is found by KUBECONFIG, or in the home folder', () => {
    const home = join(folder, 'home');
    mkdirSync(join(home, '.kube'), { recursive: true });
    writeFileSync(join(home, '.kube', 'config'), stringify(configOf({ token: 'HOME' })));
    const env = { HOME: home };
    expect(readKubeConfig({}, env).user.token).toBe('HOME');
    const KUBECONFIG = fileOf(configOf({ token: 'NAMED' }));
    expect(readKubeConfig({}, { ...env, KUBECONFIG }).user.token).toBe('NAMED');
    expect(() => readKubeConfig({}, { HOME: '/nowhere' })).toThrow(/no kubeconfig was found/);
    expect(() => readKubeConfig({ kubeconfig: '/nowhere' }, env)).toThrow(/no such file/);
  });

  it.each([
    [configOf({}, {}), 'cluster here has no server'],
    [configOf({}, { server: 'dev:6443' }), 'the server of cluster here is no URL'],
    [configOf({}, HOST, { cluster: 'there' }), 'context dev names cluster there, which is not there'],
    [configOf({}, HOST, { user: '' }), 'context dev names no user'],
    [configOf({ token: 12 }), 'users[jane].token is not a string'],
    [configOf({ 'as-groups': 'admins', as: 'root' }), 'users[jane].as-groups is not a list of strings'],
    [configOf({ 'as-groups': ['admins'] }), 'users[jane] has as-uid, as-groups or as-user-extra without as'],
    [
      configOf({ 'client-certificate-data': 'U0VTQU1F' }),
      'users[jane] has a client-certificate and no client-key',
    ],
    [configOf({ 'client-key-data': 'SESAME!' }), 'users[jane].client-key-data is not base64'],
    [
      configOf({}, { ...HOST, 'certificate-authority': 'ca', 'certificate-authority-data': 'QUE=' }),
      'clusters[here] has both certificate-authority and certificate-authority-data, of which only one is allowed',
    ],
    [
      configOf({}, { ...HOST, 'certificate-authority-data': 'QUE=', 'insecure-skip-tls-verify': true }),
      'clusters[here] has a certificate-authority and insecure-skip-tls-verify, of which only one is allowed',
    ],
    [
      configOf({ tokenFile: 'token', username: 'jane' }),
      'users[jane] has a token and a username, of which only one is allowed',
    ],
    [
      configOf({ token: 'SESAME', username: 'jane' }),
      'users[jane] has a token and a username, of which only one is allowed',
    ],
    [
      configOf({ exec: { command: 'aws' }, 'auth-provider': { name: 'oidc' } }),
      'users[jane] has exec and auth-provider, of which only one is allowed',
    ],
    [configOf({ exec: {} }), 'users[jane].exec has no command'],
    [
      configOf({}, { ...HOST, 'proxy-url': 'ftp://a' }),
      'the proxy-url of cluster here is no URL of a proxy: http, https or socks5',
    ],
    [{ users: [{ name: 'jane' }, { name: 'jane' }] }, 'users has jane twice'],
    [{ clusters: {} }, 'clusters is not a list'],
    ['- 1\n', 'is no kubeconfig'],
  ])('is refused as kubectl refuses it: %#', (content, message) => {
    expect(refused(content)).toBe(message);
  });

  it('is never quoted where it cannot be read', () => {
    const broken = 'users:\n- user: {token: SESAME, token: SESAME}\n';
    expect(refused(broken)).not.toContain('SESAME');
    expect(refused('token: "SESAME\n  : [')).not.toContain('SESAME');
  });

  it('says which contexts there are', () => {
    expect(refused(configOf({}), 'production')).toBe('has no context production');
    expect(refused({ ...configOf({}), 'current-context': '' })).toBe('no context is chosen');
  });
});

describe('a login', () => {
  it('has certificates from files and from data, and what they are checked by', async () => {
    const ca = fileOf('AUTHORITY');
    const user = { 'client-certificate-data': 'Q0VSVA==', 'client-key': fileOf('KEY') };
    const cluster = { ...HOST, 'certificate-authority': ca, 'tls-server-name': 'kubernetes' };
    expect(await optionsOf(configOf(user, cluster))).toEqual({
      headers: {},
      ca: Buffer.from('AUTHORITY'),
      cert: Buffer.from('CERT'),
      key: Buffer.from('KEY'),
      servername: 'kubernetes',
    });
    const insecure = await optionsOf(configOf({}, { ...HOST, 'insecure-skip-tls-verify': true }));
    expect(insecure).toEqual({ headers: {}, rejectUnauthorized: false });
  });

  it('has a token, which is read again from its file each time', async () => {
    const token = fileOf('FIRST\n');
    const login = await loginOf(
      readKubeConfig({ kubeconfig: fileOf(configOf({ token: 'OLD', tokenFile: token })) }),
    );
    expect(await login()).toEqual({ headers: { authorization: 'Bearer FIRST' } });
    writeFileSync(token, 'SECOND');
    expect(await login()).toEqual({ headers: { authorization: 'Bearer SECOND' } });
    expect(await optionsOf(configOf({ token: 'SESAME' }))).toEqual({
      headers: { authorization: 'Bearer SESAME' },
    });
  });

  it('has a name and password', async () => {
    expect(await optionsOf(configOf({ username: 'jane', password: 'a:b' }))).toEqual({
      headers: {},
      auth: 'jane:a:b',
    });
  });

  it('says who it acts as', async () => {
    const user = {
      as: 'root',
      'as-uid': '7',
      'as-groups': ['admins', 'all'],
      'as-user-extra': { 'example.com/scope%': ['a', 'b'] },
    };
    expect((await optionsOf(configOf(user))).headers).toEqual({
      'impersonate-user': 'root',
      'impersonate-uid': '7',
      'impersonate-group': ['admins', 'all'],
      'impersonate-extra-example.com%2Fscope%25': ['a', 'b'],
    });
  });
});

describe('in a pod', () => {
  const pod = join(folder, 'pod');
  const env = { KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '443' };
  mkdirSync(pod);
  for (const [name, text] of Object.entries({ token: 'POD\n', 'ca.crt': 'CA', namespace: 'shop\n' }))
    writeFileSync(join(pod, name), text);

  it('its service account logs in', async () => {
    const access = inClusterAccess(env, pod);
    if (access === undefined) throw new Error('not in a pod');
    expect([access.namespace, access.cluster.server]).toEqual(['shop', 'https://[fd00::1]:443']);
    expect(await (await loginOf(access))()).toEqual({
      headers: { authorization: 'Bearer POD' },
      ca: Buffer.from('CA'),
    });
  });

  it('counts only with a token and the address of the API server', () => {
    expect(inClusterAccess(env, join(pod, 'none'))).toBeUndefined();
    expect(inClusterAccess({ ...env, KUBERNETES_SERVICE_PORT: '' }, pod)).toBeUndefined();
  });
});
