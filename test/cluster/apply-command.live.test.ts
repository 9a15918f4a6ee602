/** @jest-environment ./test/cluster/environment.js */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { main, type Io } from '../../lib/cli/main';
import { ManifestSet } from '../../lib/manifest/set';
import { cluster as direct, testNamespace, until } from './cluster';
import { startHangingServer } from './faults';

const namespace = testNamespace('apply-command');
const folder = mkdtempSync(join(tmpdir(), 'seaworthy-apply-'));
afterAll(() => rmSync(folder, { recursive: true }));

class Recorder extends Writable {
  text = '';
  readonly isTTY: boolean;
  readonly #onText: (text: string) => void;
  constructor(isTTY: boolean, onText: (text: string) => void = () => undefined) {
    super();
    this.isTTY = isTTY;
    this.#onText = onText;
  }
  override _write(chunk: Buffer, _: string, next: () => void): void {
    this.text += chunk.toString();
    this.#onText(this.text);
    next();
  }
}

interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `seaworthy apply` over objects in a file; on a terminal, somebody gives `answer` when asked. */
async function run(objects: readonly object[], flags: readonly string[], answer?: string): Promise<Answer> {
  writeFileSync(join(folder, 'app.yaml'), ManifestSet.of(objects).toYaml());
  const isTTY = answer !== undefined;
  const stdin = Object.assign(new PassThrough(), { isTTY });
  const stdout = new Recorder(isTTY);
  const stderr = new Recorder(isTTY, (text) => {
    if (text.endsWith('[y/N] ')) setImmediate(() => stdin.write(`${answer}\n`));
  });
  const env = {
    PATH: process.env['PATH'],
    KUBECONFIG: process.env['SEAWORTHY_TEST_KUBECONFIG'],
    TERM: 'dumb',
  };
  const io = { stdin, stdout, stderr, env, cwd: folder } as unknown as Io;
  const code = await main(['apply', 'app.yaml', '--namespace', namespace, ...flags], io);
  return { code, stdout: stdout.text, stderr: stderr.text };
}

const configMap = (name: string, data: object) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  data,
});
const secret = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'login' },
  stringData: { password: 'hunter2-x' },
};

const dataOf = async (name: string): Promise<object | undefined> => {
  const { items } = await direct.core.listNamespacedConfigMap({ namespace });
  return items.find(({ metadata }) => metadata?.name === name)?.data;
};

test('without a terminal, somebody has to say yes; files need a name to be found again', async () => {
  const unattended = await run([configMap('a', { x: '1' })], ['--name', 'app']);
  expect(unattended.code).toBe(2);
  expect(unattended.stderr).toMatch(/^error: --yes: nobody can confirm the plan/);
  const nameless = await run([configMap('a', { x: '1' })], ['--yes']);
  expect(nameless.code).toBe(2);
  expect(nameless.stderr).toMatch(/^error: --name: files have no name/);
  expect(await dataOf('a')).toBeUndefined();
});

test('on a terminal it shows the plan and asks', async () => {
  const objects = [configMap('asked', { x: '1' })];
  const no = await run(objects, ['--name', 'asked'], 'n');
  expect(no.code).toBe(1);
  expect(no.stdout).toContain('ConfigMap apply-command/asked');
  expect(no.stdout).toContain('Nothing was applied: it was not confirmed.');
  expect(await dataOf('asked')).toBeUndefined();
  const yes = await run(objects, ['--name', 'asked'], 'y');
  expect(yes.code).toBe(0);
  expect(await dataOf('asked')).toEqual({ x: '1' });
  const nothing = await run(objects, ['--name', 'asked'], 'never asked');
  expect(nothing.stderr).not.toContain('[y/N]');
  expect(nothing.code).toBe(0);
});

test('a reviewed plan is applied as it is, or not at all, and holds no secret', async () => {
  const objects = [configMap('reviewed', { x: '1' }), secret];
  const written = await run(objects, ['--name', 'reviewed', '--write-plan', 'plan.json']);
  expect(written.code).toBe(0);
  expect(await dataOf('reviewed')).toBeUndefined();
  expect(readFileSync(join(folder, 'plan.json'), 'utf8')).not.toMatch(/hunter2|aHVudGVyMi14/);
  await direct.core.createNamespacedConfigMap({
    namespace,
    body: { metadata: { name: 'reviewed' }, data: { x: '0' } },
  });
  const stale = await run(objects, ['--name', 'reviewed', '--plan', 'plan.json']);
  expect(stale.code).toBe(1);
  expect(stale.stdout).toMatch(
    /ConfigMap apply-command\/reviewed: it would be updated, and was to be created/,
  );
  expect(await dataOf('reviewed')).toEqual({ x: '0' });
  await direct.core.deleteNamespacedConfigMap({ namespace, name: 'reviewed' });
  const applied = await run(objects, ['--name', 'reviewed', '--plan', 'plan.json']);
  expect(applied.code).toBe(0);
  expect(await dataOf('reviewed')).toEqual({ x: '1' });
  expect(`${applied.stdout}${applied.stderr}`).not.toMatch(/hunter2|aHVudGVyMi14/);
});

test('programs get JSON, and the plan beside it', async () => {
  const { code, stdout, stderr } = await run(
    [configMap('json', {})],
    ['--name', 'json', '--yes', '-o', 'json'],
  );
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    outcome: 'applied',
    name: 'json',
    revision: 1,
    written: [{ kind: 'ConfigMap', name: 'json', how: 'created' }],
  });
  expect(stderr).toContain('1 created');
});

test('a quota that is full is told with the object, and nothing is written', async () => {
  await direct.core.createNamespacedResourceQuota({
    namespace,
    body: { metadata: { name: 'few' }, spec: { hard: { 'count/services': '0' } } },
  });
  await until(async () => {
    const { status } = await direct.core.readNamespacedResourceQuota({ namespace, name: 'few' });
    return status?.hard !== undefined;
  });
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web' },
    spec: { ports: [{ port: 80 }] },
  };
  const { code, stdout } = await run([configMap('quota', {}), service], ['--name', 'quota', '--yes']);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^Service apply-command\/web: .*exceeded quota: few/m);
  expect(stdout).toContain('Nothing was applied.');
  expect(await dataOf('quota')).toBeUndefined();
});

test('a quota that lets no pods in is told in the plan, although the server accepts the workload', async () => {
  await direct.core.createNamespacedResourceQuota({
    namespace,
    body: { metadata: { name: 'pods' }, spec: { hard: { pods: '1' } } },
  });
  const metadata = { labels: { app: 'crowd' } };
  const containers = [{ name: 'main', image: 'example.com/test/web:1' }];
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'crowd' },
    spec: {
      replicas: 3,
      selector: { matchLabels: metadata.labels },
      template: { metadata, spec: { containers } },
    },
  };
  const { stdout } = await run([deployment], ['--name', 'crowd', '--write-plan', 'crowd.json']);
  expect(stdout).toContain(
    'Only 1 of 3 new pods of Deployment apply-command/crowd can be created: ResourceQuota',
  );
  await direct.core.deleteNamespacedResourceQuota({ namespace, name: 'pods' });
});

test('a webhook that times out is told', async () => {
  const hanging = await startHangingServer();
  const metadata = { name: 'apply-hangs' };
  await direct.objects.create({
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata,
    webhooks: [
      {
        name: 'hangs.example.com',
        clientConfig: { url: hanging.url },
        rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['*'], resources: ['configmaps'] }],
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
        admissionReviewVersions: ['v1'],
        sideEffects: 'None',
        timeoutSeconds: 1,
      },
    ],
  } as never);
  try {
    const { stdout } = await until(async () => {
      const answer = await run([configMap('hooked', {})], ['--name', 'hooked', '--yes']);
      return answer.code === 1 && answer;
    });
    expect(stdout).toMatch(/^ConfigMap apply-command\/hooked: .*failed calling webhook "hangs.example.com"/m);
  } finally {
    await direct.objects.delete({
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata,
    });
    await hanging.stop();
  }
});

test('a field that the server does not know is told at once', async () => {
  const { code, stdout } = await run([{ ...configMap('odd', {}), odd: true }], ['--name', 'odd', '--yes']);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^ConfigMap apply-command\/odd: .*odd/m);
});

test('a plan that cannot be read is a usage error', async () => {
  writeFileSync(join(folder, 'broken.json'), '{}');
  const { code, stderr } = await run([configMap('a', {})], ['--name', 'a', '--plan', 'broken.json']);
  expect(code).toBe(2);
  expect(stderr).toMatch(/broken\.json: is no plan that seaworthy apply --write-plan has written/);
  expect(existsSync(join(folder, 'plan.json'))).toBe(true);
});
