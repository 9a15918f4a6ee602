import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import fc from 'fast-check';
import { SeaworthyError } from '../../../errors';
import { withoutKubectl } from '../../../../test/manifest/yaml/kubectl';
import { readKubeConfig } from './kubeconfig';
import type { Access } from './types';

// Random lists of kubeconfig files, as we and as kubectl read them: nothing listens where they lead, so that kubectl says
// either what is wrong with them, or that it cannot connect. Values of a wrong type are left out: kubectl refuses a file for
// them wherever they stand, and we only where they are used.

const folder = mkdtempSync(join(tmpdir(), 'seaworthy-kubeconfig-'));
afterAll(() => rmSync(folder, { recursive: true }));

const PEM = 'LS0tLS1CRUdJTg==';
const file = join(folder, 'file.pem');
writeFileSync(file, '-----BEGIN');

const rarely = (...values: readonly unknown[]) =>
  fc.oneof(
    { weight: 14, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constantFrom(...values) },
  );
const kept = (fields: object): object =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

const cluster = fc.record({
  server: fc.oneof(
    { weight: 6, arbitrary: fc.constant('https://127.0.0.1:1') },
    { weight: 1, arbitrary: fc.constantFrom('', undefined) },
  ),
  'certificate-authority': rarely('file.pem', file),
  'certificate-authority-data': rarely(PEM, ''),
  'insecure-skip-tls-verify': rarely(true, false),
  'tls-server-name': rarely('kubernetes'),
});
const user = fc.record({
  token: fc.constantFrom('SESAME', 'SESAME', 'SESAME', undefined),
  tokenFile: rarely('file.pem'),
  username: rarely('jane', ''),
  password: rarely('secret'),
  as: rarely('root'),
  'as-groups': rarely(['a'], []),
  'as-uid': rarely('7'),
});
const named = fc.constantFrom('a', 'a', 'a', 'a', 'a', 'b');
const entries = (field: string, values: fc.Arbitrary<object>) =>
  fc
    .uniqueArray(fc.tuple(named, values), { minLength: 1, maxLength: 2, selector: ([name]) => name })
    .map((all) => all.map(([name, value]) => ({ name, [field]: kept(value) })));
const context = fc.record({ cluster: named, user: named, namespace: rarely('shop') });
const config = fc
  .record({
    clusters: fc.option(entries('cluster', cluster), { freq: 15, nil: undefined }),
    users: fc.option(entries('user', user), { freq: 15, nil: undefined }),
    contexts: fc.option(entries('context', context), { freq: 15, nil: undefined }),
    'current-context': fc.constantFrom('a', 'a', 'a', 'b', 'c', ''),
  })
  .map(kept);

function ours(kubeconfig: string): Access | undefined {
  try {
    return readKubeConfig({ kubeconfig });
  } catch (error) {
    if (error instanceof SeaworthyError && error.code === 'KUBECONFIG_INVALID') return undefined;
    throw error;
  }
}

function kubectl(
  kubeconfig: string,
  ...args: readonly string[]
): { readonly out: string; readonly error: string } {
  const env = { PATH: process.env['PATH'], HOME: folder, KUBECONFIG: kubeconfig };
  const { stdout, stderr, error } = spawnSync('kubectl', [...args], { encoding: 'utf8', env });
  if (error !== undefined) throw error;
  return { out: stdout, error: stderr };
}

interface Viewed {
  readonly 'current-context': string;
  readonly clusters: readonly { readonly name: string; readonly cluster: Record<string, unknown> }[];
  readonly users: readonly { readonly name: string; readonly user: Record<string, unknown> }[];
}

(withoutKubectl ? describe.skip : describe)('kubeconfigs', () => {
  it('are read, and refused, as by kubectl', () => {
    let taken = 0;
    const files = fc.array(config, { minLength: 1, maxLength: 2 });
    const check = (configs: readonly object[]): void => {
      const paths = configs.map((each, index) => {
        const path = join(folder, `config-${index}`);
        writeFileSync(path, JSON.stringify(each));
        return path;
      });
      const kubeconfig = paths.join(delimiter);
      const access = ours(kubeconfig);
      const { error } = kubectl(kubeconfig, 'get', '--raw', '/version', '--request-timeout', '2s');
      // It asks for a name where there is no login, before it looks at the rest.
      if (error.includes('EOF')) return;
      // Without a context, kubectl takes a cluster and user without a name; we ask for one.
      const isAnonymous = configs.every((each) => !('current-context' in each) || !each['current-context']);
      // Where a cluster has no server, it turns to localhost:8080.
      const isTurned = /invalid configuration|localhost:8080/.test(error);
      const isTaken = !isAnonymous && !isTurned && /refused|PEM|x509/.test(error);
      expect({ isTaken: access !== undefined, error }).toEqual({ isTaken, error });
      if (access === undefined) return;
      taken++;
      const view = JSON.parse(
        kubectl(kubeconfig, 'config', 'view', '--raw', '--minify', '-o', 'json').out,
      ) as Viewed;
      expect(access.name).toBe(view['current-context']);
      const [there] = view.clusters;
      expect([access.cluster.name, access.cluster.server]).toEqual([there?.name, there?.cluster['server']]);
      const [jane] = view.users;
      expect([access.user.name, access.user.token ?? '']).toEqual([jane?.name, jane?.user['token'] ?? '']);
      expect(access.user.impersonated?.groups ?? []).toEqual(jane?.user['as-groups'] ?? []);
    };
    fc.assert(fc.property(files, check), { numRuns: 40, seed: 7 });
    expect(taken).toBeGreaterThan(5);
  });
});
