import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import type { Readable } from 'node:stream';
import { folderWith, removeFolders, seaworthy } from './support/cli';
import { packageFolder } from './support/package';

// A server of our own answers the lists; test/cluster asks a real one.

const metadata = {
  name: 'web',
  namespace: 'shop',
  uid: 'd1',
  creationTimestamp: '2026-01-01T00:00:00Z',
  labels: { app: 'web' },
};
const owner = (kind: string, name: string, uid: string) => [
  { apiVersion: 'apps/v1', kind, name, uid, controller: true },
];
const deployment = { metadata, spec: { replicas: 1 }, status: { replicas: 1, updatedReplicas: 1 } };
const lists = new Map<string, object[]>([
  ['deployments', [deployment]],
  [
    'replicasets',
    [
      {
        metadata: {
          ...metadata,
          name: 'web-1',
          uid: 'r1',
          ownerReferences: owner('Deployment', 'web', 'd1'),
        },
        spec: { replicas: 1 },
        status: { replicas: 1 },
      },
    ],
  ],
  [
    'pods',
    [
      {
        metadata: {
          ...metadata,
          name: 'web-1-a',
          uid: 'p1',
          ownerReferences: owner('ReplicaSet', 'web-1', 'r1'),
        },
        spec: {
          nodeName: 'n1',
          containers: [
            { name: 'main', image: 'example.com/web:1', env: [{ name: 'X', value: 'hidden-value' }] },
          ],
        },
        status: {
          phase: 'Running',
          containerStatuses: [
            {
              name: 'main',
              restartCount: 2,
              state: { waiting: { reason: 'CrashLoopBackOff' } },
              lastState: {
                terminated: {
                  exitCode: 1,
                  message: 'cannot reach postgres://app:Zq81hHgg2lsx@db:5432 \u001b[31m\n',
                },
              },
            },
          ],
        },
      },
    ],
  ],
]);

let server: Server;
let kubeconfig: string;
const asked: string[] = [];
beforeAll(async () => {
  server = createServer(({ url = '' }, answer) => {
    const { pathname, searchParams } = new URL(url, 'http://localhost');
    const plural = pathname.split('/').pop() ?? '';
    asked.push(pathname);
    if (searchParams.has('watch')) {
      answer.writeHead(200, { 'content-type': 'application/json' });
      answer.flushHeaders();
      const change = `${JSON.stringify({ type: 'DELETED', object: deployment })}\n`;
      if (plural === 'deployments') setTimeout(() => answer.write(change), 1000);
      return;
    }
    if (plural === 'log') {
      answer.writeHead(200, { 'content-type': 'text/plain' });
      answer.end(
        `one\ntwo\nthree\nfour\nfive\nfatal: password=Zq81hHgg2lsx ${searchParams.get('previous')}\n`,
      );
      return;
    }
    const isForbidden = plural === 'events';
    answer.writeHead(isForbidden ? 403 : 200, { 'content-type': 'application/json' });
    const body = isForbidden
      ? { kind: 'Status', reason: 'Forbidden', message: 'events is forbidden' }
      : plural === 'version'
        ? { gitVersion: 'v1.36.0' }
        : {
            metadata: { resourceVersion: '1' },
            items: pathname.includes('/empty/') ? [] : (lists.get(plural) ?? []),
          };
    answer.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'dev',
    clusters: [{ name: 'dev', cluster: { server: `http://127.0.0.1:${port}` } }],
    users: [{ name: 'me', user: { token: 'token-of-mine' } }],
    contexts: [{ name: 'dev', context: { cluster: 'dev', user: 'me', namespace: 'shop' } }],
  };
  kubeconfig = join(folderWith({ config: JSON.stringify(config) }), 'config');
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  removeFolders();
});

type Child = ChildProcessByStdio<null, Readable, Readable>;

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the installed command: the client is an ES module, which a test runner cannot load. */
function started(args: readonly string[] = [], cwd = '/'): Child {
  const bin = join(packageFolder(), 'bin', 'seaworthy.js');
  const env = { ...process.env, KUBECONFIG: kubeconfig, NO_COLOR: '1' };
  return spawn(process.execPath, [bin, 'status', ...args], { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
}

function status(...args: readonly string[]): Promise<Ended> {
  return ended(started(args));
}

function ended(child: Child): Promise<Ended> {
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
}

describe('seaworthy status', () => {
  it('shows workloads with their pods, and why one does not run, without secrets and escapes', async () => {
    asked.length = 0;
    const { code, stdout, stderr } = await status();
    expect([code, stderr]).toEqual([1, '']);
    const lines = stdout.replace(/\d+d\d*h?/g, '9d').split('\n');
    expect(lines[0]).toBe('dev, namespace shop');
    expect(lines[3]).toMatch(/^Deployment web +failed +0\/1 +9d$/);
    expect(lines[4]).toMatch(/^ {2}web-1-a +CrashLoopBackOff +0\/1 +2 +9d +n1 +example\.com\/web:1$/);
    expect(lines[5]).toMatch(
      /^ {6}container main ended with exit code 1: cannot reach postgres:.*\\u001b\[31m, restarted 2 times$/,
    );
    expect(lines.slice(6, 10)).toEqual(['two', 'three', 'four', 'five'].map((line) => `      | ${line}`));
    expect(lines[10]).toMatch(/^ {6}\| fatal: password=.* true$/);
    expect(lines.slice(11)).toEqual([
      '',
      '1 workload: 1 failed',
      'Not shown, since this user may not read them: events.',
      '',
    ]);
    expect(stdout).not.toMatch(/Zq81hHgg2lsx|hidden-value|token-of-mine/);
    const listed = asked.filter((path) => path.includes('/namespaces/shop/'));
    expect(new Set(listed).size).toBe(listed.length);
  });

  it('gives programs the same as JSON', async () => {
    const { code, stdout } = await status('--output', 'json', '-A');
    const report = JSON.parse(stdout) as { workloads: unknown[] };
    expect([code, report]).toEqual([
      1,
      expect.objectContaining({
        cluster: { context: 'dev', server: expect.any(String) as string, version: 'v1.36.0' },
        namespace: null,
        forbidden: ['events'],
      }),
    ]);
    expect(report.workloads).toMatchObject([
      {
        kind: 'Deployment',
        namespace: 'shop',
        name: 'web',
        state: 'failed',
        wanted: 1,
        pods: [{ phase: 'CrashLoopBackOff' }],
      },
    ]);
    expect(stdout).not.toMatch(/Zq81hHgg2lsx|hidden-value|token-of-mine/);
  });

  it('shows only the workloads of manifests, also those that are missing', async () => {
    const of = (name: string): string =>
      `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${name} }\nspec: {}\n---\n`;
    const main = "require('fs').writeFileSync(`${process.env.CDK8S_OUTDIR}/a.yaml`, process.argv[2])";
    const folder = folderWith({
      'cdk8s.yaml': 'app: node main.js\n',
      'main.js': `${main.replace('process.argv[2]', JSON.stringify(of('gone')))};\n`,
      'web.yaml': of('web'),
    });
    const ofApp = await ended(started([], folder));
    expect(ofApp.stdout).toMatch(
      /^dev, the app in namespace shop\n[^]*\nDeployment gone +missing\n[^]*1 missing\n/,
    );
    expect([ofApp.code, ofApp.stdout.includes('web')]).toEqual([1, false]);
    const ofFile = await ended(started(['web.yaml', '--output', 'json'], folder));
    const report = JSON.parse(ofFile.stdout) as { source: string; workloads: { name: string }[] };
    expect([report.source, report.workloads.map(({ name }) => name)]).toEqual(['web.yaml', ['web']]);
    const all = await ended(started(['--namespace', 'shop'], folder));
    expect(all.stdout).toMatch(/^dev, namespace shop\n[^]*Deployment web /);
  });

  it('is fine where nothing runs', async () => {
    const { code, stdout } = await status('--namespace', 'empty');
    expect([code, stdout]).toEqual([
      0,
      'dev, namespace empty\n\nNo workloads in namespace empty.\nNot shown, since this user may not read them: events.\n',
    ]);
    expect((await status('-l', 'app=other')).stdout).toContain('No workloads');
  });

  it('shows it again when something changes, until it is interrupted', async () => {
    const child = started(['--watch']);
    let tables = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('NAME') && ++tables === 2) child.kill('SIGINT');
    });
    const { code, stdout, stderr } = await ended(child);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.match(/^NAME/gm)).toHaveLength(2);
  });

  it('names the kubeconfig that is not there', async () => {
    const { code, stdout, stderr } = await status('--kubeconfig', '/nowhere/config');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('/nowhere/config');
  });

  it('leaves out a file of KUBECONFIG that is not there, and names it if no other is', async () => {
    const present = kubeconfig;
    kubeconfig = `/nowhere/config${delimiter}${present}`;
    const one = await status();
    kubeconfig = '/nowhere/config';
    const none = await status();
    kubeconfig = present;
    expect(one.stderr).toBe('');
    expect(one.stdout).toContain('NAME');
    expect(none.stderr).toContain('no such file: /nowhere/config [KUBECONFIG_MISSING]');
  });

  it.each([
    [['-n', 'a', '-A'], '--namespace and --all-namespaces cannot be combined'],
    [['-l', 'a b'], "'a b' is no label selector"],
    [['/nowhere.yaml'], '/nowhere.yaml'],
  ])('refuses %j before it asks a cluster', async (args, message) => {
    const { code, stderr } = await seaworthy('/', ['status', ...args]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
