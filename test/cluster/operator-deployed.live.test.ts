/** @jest-environment ./test/cluster/environment.js */
import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../../lib/cluster/client/connect';
import type { Cluster } from '../../lib/cluster/client/cluster';
import { packageFolder } from '../cli/support/package';
import { cluster as direct, testNamespace, until } from './cluster';
import { writeKubeconfigOfPod } from './walk/account';
import { buildImage, type Image } from './walk/image';
import { startRegistry, type Registry } from './walk/registry';

// An operator as it is deployed: from the image that its Dockerfile makes, as the user of the image, with the permissions of
// its manifests. It is deleted, and comes again.

// A second try would begin where the first one ended.
jest.retryTimes(0);

const namespace = testNamespace('operator-deployed');
const OPERATOR = 'deployed-operator';
const IMAGE = 'registry.example/operator:1.0.0';
const DEFINITIONS = `
import { ConfigMap, defineResource, Worker } from 'seaworthy';
import { z } from 'zod';

export const note = defineResource({
  group: 'deployed.example',
  kind: 'Note',
  props: z.object({ text: z.string() }),
  examples: [{ props: { text: 'a' } }],
  construct(scope, { text }, { metadata }) {
    new ConfigMap(scope, 'about', { data: { TEXT: text } });
    new Worker(scope, 'Default', { image: 'example.com/test/web:1', resources: { cpu: '10m', memory: '16Mi' } });
  },
});
`;

const folder = mkdtempSync(join(tmpdir(), 'seaworthy-image-'));
const project = join(folder, 'project');
let registry: Registry;
let env: NodeJS.ProcessEnv;
let image: Image;
let cluster: Cluster;

beforeAll(async () => {
  // Others than its owner have to read what is in it: the user of the image.
  chmodSync(folder, 0o755);
  mkdirSync(project);
  registry = await startRegistry(packageFolder(), folder);
  cluster = await connect({ kubeconfig: direct.kubeconfig });
  const { PATH = '', HOME } = process.env;
  env = {
    PATH: `${join(project, 'node_modules/.bin')}:${PATH}`,
    HOME,
    KUBECONFIG: direct.kubeconfig,
    npm_config_registry: registry.url,
    npm_config_cache: join(folder, 'cache'),
    npm_config_audit: 'false',
    npm_config_fund: 'false',
  };
}, 120_000);
afterAll(async () => {
  for (const each of operators) each.kill('SIGKILL');
  for (const path of [`${NOTES}/a`, `${NOTES}/b`]) await ask('PATCH', path, { metadata: { finalizers: [] } });
  await ask('DELETE', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/notes.deployed.example');
  await ask('DELETE', `/api/v1/namespaces/${OPERATOR}`);
  cluster.close();
  registry.close();
  rmSync(folder, { recursive: true, force: true });
}, 120_000);

const deploymentOf = (name: string, inside = namespace): string =>
  `/apis/apps/v1/namespaces/${inside}/deployments/${name}`;
const NOTES = `/apis/deployed.example/v1/namespaces/${namespace}/notes`;

/** An object, or a list of them. */
type Any = Record<string, unknown> & { metadata: Record<string, unknown>; items?: Any[] };

async function ask(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<Any> {
  const contentType = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
  const answer = await cluster.request({ method, path, body, contentType });
  if (answer.refusal !== undefined && answer.refusal.code !== 404) throw new Error(answer.refusal.message);
  return (answer.refusal === undefined ? answer.body : { metadata: {} }) as Any;
}

/** Runs a command in the project, while the registry answers. */
async function run(command: string): Promise<string> {
  const child = spawn('sh', ['-ec', command], { cwd: project, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const code = await new Promise((done) => child.once('close', done));
  if (code !== 0) throw new Error(`${command} (${String(code)}):\n${stdout}${stderr}`);
  return stdout;
}

const operators = new Set<ChildProcess>();
let operator: ChildProcess | undefined;
let log = '';

interface PodSpec {
  readonly serviceAccountName: string;
  readonly containers: readonly [
    {
      readonly args: readonly string[];
      readonly image: string;
      readonly readinessProbe: { readonly httpGet: { readonly path: string } };
    },
  ];
}

/** Starts a pod of the operator's Deployment as the kubelet does, and waits until its readiness probe succeeds. */
async function startPod(): Promise<void> {
  const deployment = await ask('GET', deploymentOf(OPERATOR, OPERATOR));
  const { serviceAccountName, containers } = (deployment['spec'] as { template: { spec: PodSpec } }).template
    .spec;
  const [{ args, readinessProbe }] = containers;
  const port = await freePort();
  const kubeconfig = join(folder, 'kubeconfig');
  await writeKubeconfigOfPod(kubeconfig, serviceAccountName, OPERATOR);
  const [program = '', ...first] = image.entrypoint;
  // Elsewhere than in CI and in containers, people run tests as themselves.
  const user = process.getuid?.() === 0 ? image.user : {};
  operator = spawn(program, [...first, ...args, `--port=${port}`], {
    cwd: join(image.root, image.workdir),
    env: { PATH: process.env['PATH'], ...image.env, KUBECONFIG: kubeconfig },
    stdio: ['ignore', 'inherit', 'pipe'],
    ...user,
  });
  operators.add(operator);
  operator.stderr?.on('data', (chunk: Buffer) => (log += chunk.toString()));
  await until(async () => {
    if (operator?.exitCode !== null) throw new Error(`the operator has ended:\n${log}`);
    const answer = await fetch(`http://127.0.0.1:${port}${readinessProbe.httpGet.path}`).catch(
      () => undefined,
    );
    return answer?.status === 200;
  });
}

/** Ends the pod as the kubelet does. */
async function stopPod(): Promise<void> {
  const ended = new Promise((resolve) => operator?.once('exit', resolve));
  operator?.kill('SIGTERM');
  await ended;
  operator = undefined;
}

function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    }),
  );
}

const create = (name: string, text: string): Promise<Any> =>
  ask('POST', NOTES, { apiVersion: 'deployed.example/v1', kind: 'Note', metadata: { name }, spec: { text } });

const untilReady = (name: string): Promise<Any> =>
  until(async () => {
    const found = await ask('GET', `${NOTES}/${name}`);
    const { conditions = [] } = (found['status'] ?? {}) as {
      conditions?: { type: string; status: string; observedGeneration: number }[];
    };
    const ready = conditions.find(({ type }) => type === 'Ready');
    const isNow = ready?.observedGeneration === found.metadata['generation'];
    return ready?.status === 'True' && isNow && found;
  });

/** What there is for resources, and the pods that run: each with its uid, its version, and whether it is going. */
async function standing(): Promise<Map<string, string>> {
  const lists = [
    NOTES,
    `/api/v1/namespaces/${namespace}/configmaps`,
    `/api/v1/namespaces/${namespace}/secrets`,
    `/api/v1/namespaces/${namespace}/serviceaccounts`,
    `/api/v1/namespaces/${namespace}/pods`,
    `/apis/apps/v1/namespaces/${namespace}/deployments`,
    `/apis/policy/v1/namespaces/${namespace}/poddisruptionbudgets`,
  ];
  const found = await Promise.all(
    lists.map(async (path) => [path, (await ask('GET', path)).items ?? []] as const),
  );
  return new Map(
    found.flatMap(([path, items]) =>
      items.map(({ metadata: { name, uid, resourceVersion, deletionTimestamp = '' } }) => [
        `${path.split('/').pop() ?? ''} ${String(name)}`,
        [uid, resourceVersion, deletionTimestamp].join(' '),
      ]),
    ),
  );
}

test('the steps of the Dockerfile make an image from a project in which developers have installed more', async () => {
  writeFileSync(join(project, 'definitions.ts'), DEFINITIONS);
  await run('npm init --yes && npm install seaworthy zod');
  // What is there for developers alone.
  mkdirSync(join(project, 'node_modules/only-for-developers'));
  mkdirSync(join(project, '.git'));
  await run('seaworthy operator manifests definitions.ts --dockerfile > Dockerfile');
  image = await buildImage(
    readFileSync(join(project, 'Dockerfile'), 'utf8'),
    project,
    join(folder, 'image'),
    env,
  );
  const packages = readdirSync(join(image.root, image.workdir, 'node_modules'));
  expect(packages).toEqual(expect.arrayContaining(['cdk8s', 'constructs', 'seaworthy', 'zod']));
  expect(packages).not.toContain('only-for-developers');
  expect(readdirSync(join(image.root, image.workdir))).not.toContain('.git');
  expect(image).toMatchObject({ user: { uid: 65532, gid: 65532 }, env: { NODE_ENV: 'production' } });
}, 300_000);

test('the image serves resources as the user and with the permissions of its manifests', async () => {
  await run(
    `seaworthy operator manifests definitions.ts --image ${IMAGE} --name ${OPERATOR} --serve ${namespace} > operator.yaml`,
  );
  await run(`seaworthy apply operator.yaml --name operator --namespace ${OPERATOR} --yes`);
  const before = readdirSync(image.root, { recursive: true }).length;
  await startPod();
  for (const name of ['a', 'b']) await create(name, 'one');
  for (const name of ['a', 'b']) await untilReady(name);
  expect(await ask('GET', deploymentOf('a'))).toMatchObject({ status: { readyReplicas: 1 } });
  expect(log).not.toMatch(/forbidden/i);
  // The root file system of the container is read-only.
  expect(readdirSync(image.root, { recursive: true })).toHaveLength(before);
}, 300_000);

test('an operator that is deleted leaves everything running', async () => {
  const before = await standing();
  const kinds = [...before.keys()].map((each) => each.split(' ')[0]);
  expect(kinds).toEqual(expect.arrayContaining(['notes', 'configmaps', 'secrets', 'pods', 'deployments']));
  const told = await run(`seaworthy delete --name operator --namespace ${OPERATOR} --yes`);
  await stopPod();
  expect(told).toContain('CustomResourceDefinition');
  expect((await ask('GET', deploymentOf(OPERATOR, OPERATOR))).metadata).toEqual({});
  // Long enough for what the garbage collector of the cluster would have to collect.
  await new Promise((next) => setTimeout(next, 5_000));
  expect(await standing()).toEqual(before);
  // A resource that goes meanwhile waits.
  await ask('DELETE', `${NOTES}/b`);
  expect((await ask('GET', `${NOTES}/b`)).metadata).toHaveProperty('deletionTimestamp');
}, 300_000);

test('one that comes again goes on with what is there, and lets go what waits for it', async () => {
  // Nothing is written for the resource that is as it was.
  const ofA = (all: Map<string, string>): unknown => [...all].filter(([name]) => /[ -]a(-|$)/.test(name));
  const before = await standing();
  expect(await ask('GET', deploymentOf('b'))).toMatchObject({ status: { readyReplicas: 1 } });
  await run(`seaworthy apply operator.yaml --name operator --namespace ${OPERATOR} --yes`);
  await startPod();
  await until(async () => (await ask('GET', `${NOTES}/b`)).metadata['uid'] === undefined);
  expect((await ask('GET', deploymentOf('b'))).metadata).toEqual({});
  expect(ofA(await standing())).toEqual(ofA(before));
  await ask('PATCH', `${NOTES}/a`, { spec: { text: 'two' } });
  await untilReady('a');
  await stopPod();
  expect(log).not.toMatch(/forbidden/i);
}, 300_000);
