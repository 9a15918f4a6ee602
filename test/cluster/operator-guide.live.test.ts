/** @jest-environment ./test/cluster/environment.js */
import type { V1Deployment } from '@kubernetes/client-node';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { CustomResource } from '../../lib/operator/types';
import { packageFolder } from '../cli/support/package';
import { cluster, until } from './cluster';
import { messageOf } from './operator-kit';
import { writeKubeconfigOfPod } from './walk/account';
import { blockIn } from './walk/guide';

// The page on operators, as it stands there: from a construct to a resource that a colleague applies. Since no container
// runs here, the operator is started as its Deployment says, with the token of its ServiceAccount. Steps build on each other.
jest.retryTimes(0);

const root = join(__dirname, '../..');
const GUIDE = join(root, 'docs/guide/operator.md');
const SYSTEM = 'seaworthy-operator';
const folder = mkdtempSync(join(tmpdir(), 'seaworthy-operator-'));
const resource = resourceOf(blockIn(GUIDE, '4. A colleague applies a resource', 'sh'));
const { apiVersion, kind } = resource;
const { name = '', namespace = '' } = resource.metadata;
let operator: Run | undefined;

afterEach(async () => {
  await operator?.stop();
  operator = undefined;
});

beforeAll(() => {
  const modules = join(folder, 'node_modules');
  mkdirSync(modules);
  symlinkSync(packageFolder(), join(modules, 'seaworthy'));
  for (const each of ['zod', 'cdk8s', 'constructs'])
    symlinkSync(join(root, 'node_modules', each), join(modules, each));
  mkdirSync(join(folder, 'bin'));
  symlinkSync(join(packageFolder(), 'bin/seaworthy.js'), join(folder, 'bin/seaworthy'));
  writeFileSync(join(folder, 'definitions.ts'), blockIn(GUIDE, '1. Define the kind', 'ts'));
}, 120_000);

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  const objects = [
    {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'webapps.apps.shop.example' },
    },
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: SYSTEM } },
  ];
  // Nobody removes the finalizers any more.
  for (const which of [name, 'more', 'other']) {
    const held = { apiVersion, kind, metadata: { name: which, namespace, finalizers: [] } };
    await cluster.objects
      .patch(held, undefined, undefined, undefined, undefined, 'application/merge-patch+json')
      .catch(() => undefined);
  }
  for (const each of objects) await cluster.objects.delete(each).catch(() => undefined);
});

/** What the colleague hands to kubectl. */
function resourceOf(block: string): CustomResource {
  return parse(/<<'END'\n([^]*)\nEND\n/.exec(block)?.[1] ?? '') as CustomResource;
}

interface Run {
  /** Its exit code. */
  readonly ended: Promise<number | null>;
  /** What it has printed. */
  readonly said: () => string;
  stop(): Promise<number | null>;
}

/** Starts a line as a shell does, with `seaworthy` on its path. */
function start(command: string, kubeconfig = cluster.kubeconfig): Run {
  const { PATH, HOME } = process.env;
  const child = spawn('sh', ['-c', command], {
    cwd: folder,
    env: { PATH: `${join(folder, 'bin')}:${PATH}`, HOME, KUBECONFIG: kubeconfig },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<number | null>((done) => child.once('close', done));
  return {
    ended,
    said: () => said,
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

/** Runs a line to its end. */
async function run(command: string): Promise<void> {
  const { ended, said } = start(command);
  const code = await ended;
  if (code !== 0) throw new Error(`${command} ended with ${code}: ${said()}`);
}

/** Starts a module of definitions as the container of the operator's Deployment would. */
async function startOperator(module = 'definitions.ts'): Promise<Run> {
  const deployment = await deploymentOf(SYSTEM, SYSTEM);
  const { serviceAccountName = '', containers } = deployment.spec?.template.spec ?? { containers: [] };
  const [{ args = [] } = {}] = containers;
  const kubeconfig = join(folder, 'kubeconfig');
  await writeKubeconfigOfPod(kubeconfig, serviceAccountName, SYSTEM);
  const words = [
    'exec seaworthy',
    ...args.map((arg) => (arg === 'definitions.ts' ? module : arg)),
    '--port=0',
  ];
  return start(words.join(' '), kubeconfig);
}

/** Waits until a condition of a resource is true. */
function untilIs(which: string, type: string): Promise<CustomResource> {
  return until(async () => {
    const asked = { apiVersion, kind, metadata: { name: which, namespace } };
    const found = (await cluster.objects.read(asked)) as { status?: CustomResource['status'] };
    const isSo = found.status?.conditions?.some((each) => each.type === type && each.status === 'True');
    return isSo === true ? (found as CustomResource) : undefined;
  });
}

function deploymentOf(which: string, where = namespace): Promise<V1Deployment> {
  return cluster.apps.readNamespacedDeployment({ name: which, namespace: where });
}

test('the operator is deployed', async () => {
  const lines = blockIn(GUIDE, '3. Deploy the operator', 'sh').trim().split('\n');
  for (const line of lines.filter((each) => !each.startsWith('docker ')))
    // Nobody is there to say yes.
    await run(line.startsWith('seaworthy apply') ? `${line} --yes` : line);
  expect(readFileSync(join(folder, 'Dockerfile'), 'utf8')).toMatch(/^FROM node:/);
}, 120_000);

test('a colleague applies a resource, and the operator may do all that it does for it', async () => {
  operator = await startOperator();
  await cluster.core.createNamespace({ body: { metadata: { name: namespace } } });
  await cluster.objects.create({ ...resource, metadata: { name, namespace } });
  await untilIs(name, 'Ready');
  expect((await deploymentOf(name)).status?.readyReplicas).toBe(
    (resource['spec'] as { replicas: number }).replicas,
  );
  expect(operator.said()).not.toMatch(/forbidden|"level":"(warn|error)"/i);
  expect(await operator.stop()).toBe(0);
});

test('a resource that renders a kind which no example renders is told so, and the others are served', async () => {
  const text = blockIn(GUIDE, '1. Define the kind', 'ts').replace(
    /^( +construct\(.*\{)$/m,
    `$1\n    if (image.includes('settings')) new ConfigMap(scope, 'settings', { data: { A: 'b' } });`,
  );
  writeFileSync(join(folder, 'more.ts'), text.replace('import { ', 'import { ConfigMap, '));
  operator = await startOperator('more.ts');
  const spec = resource['spec'] as object;
  const of = (which: string, image: string) => ({
    ...resource,
    metadata: { name: which, namespace },
    spec: { ...spec, image },
  });
  await cluster.objects.create(of('more', 'ghcr.io/acme/settings:1'));
  await cluster.objects.create(of('other', 'ghcr.io/acme/other:1'));
  const told = await untilIs('more', 'Stalled');
  expect(told.status?.conditions?.find(({ type }) => type === 'Stalled')?.reason).toBe('NotPermitted');
  expect(messageOf(told)).toContain('ConfigMap');
  await untilIs('other', 'Ready');
  expect(await operator.stop()).toBe(0);
});

test('an operator that is deleted leaves everything running', async () => {
  const before = await deploymentOf(name);
  await run(`${blockIn(GUIDE, 'Without the operator', 'sh').trim()} --yes`);
  const after = await deploymentOf(name);
  expect(after).toEqual(before);
  expect(await untilIs(name, 'Ready')).toBeDefined();
  await expect(deploymentOf(SYSTEM, SYSTEM)).rejects.toThrow(/404/);
}, 120_000);
