/** @jest-environment ./test/cluster/environment.js */
import { connect } from '../../lib/cluster/client/connect';
import type { Cluster } from '../../lib/cluster/client/cluster';
import { followStatus } from '../../lib/cluster/status/follow';
import { status } from '../../lib/cluster/status/status';
import type { WorkloadStatus } from '../../lib/cluster/status/types';
import { ManifestSet } from '../../lib/manifest/set';
import { cluster as direct, testNamespace, until } from './cluster';

// What a person finds at workloads that do not run, by one call.

const namespace = testNamespace('status');
const kubeconfig = process.env['SEAWORTHY_TEST_KUBECONFIG'] ?? '';
let cluster: Cluster;
beforeAll(async () => void (cluster = await connect({ kubeconfig })));
afterAll(() => cluster.close());

const deployment = (name: string, image: string, pod: object = {}, container: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace, labels: { app: name } },
  spec: {
    replicas: 1,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: {
        containers: [{ name: 'main', image: `example.com/test/${image}:1`, ...container }],
        ...pod,
      },
    },
  },
});

/** The workload of this name, once it `is` so. */
const workload = (name: string, is: (found: WorkloadStatus) => boolean): Promise<WorkloadStatus> =>
  until(async () => {
    const { workloads } = await status(cluster, { namespace });
    return workloads.find(({ id, ...rest }) => id.name === name && is({ id, ...rest }));
  });

const isFailed = ({ state }: WorkloadStatus): boolean => state === 'failed';

test('a Deployment that runs is ready, with its pods', async () => {
  await direct.objects.create(deployment('web', 'web'));
  const web = await workload('web', ({ state }) => state === 'ready');
  expect(web).toMatchObject({
    id: { apiVersion: 'apps/v1', kind: 'Deployment', namespace, name: 'web' },
    wanted: 1,
    ready: 1,
    updated: 1,
    available: 1,
    pods: [{ phase: 'Running', ready: '1/1', restarts: 0, images: ['example.com/test/web:1'] }],
  });
  expect(web.pods[0]?.node).toMatch(/./);
  expect(web.reason).toBeUndefined();
});

test.each([
  ['crash', 'crash', {}, {}, /^CrashLoopBackOff$/, /^container main ended with exit code 1/],
  [
    'oom',
    'oom',
    {},
    {},
    /^(CrashLoopBackOff|OOMKilled)$/,
    /more memory than its limit \(OOMKilled, exit code 137\)/,
  ],
  ['pull', 'pull-error', {}, {}, /^(ImagePullBackOff|ErrImagePull)$/, /^container main cannot get its image/],
  [
    'arm',
    'web',
    { nodeSelector: { 'kubernetes.io/arch': 'arm64' } },
    {},
    /^Pending$/,
    /^cannot be scheduled: 0\/3 nodes are available/,
  ],
  [
    'mount',
    'web',
    { volumes: [{ name: 'keys', secret: { secretName: 'keys' } }] },
    { volumeMounts: [{ name: 'keys', mountPath: '/keys' }] },
    /^ContainerCreating$/,
    /secret "keys" not found/,
  ],
])('%s fails, and says why', async (name, image, pod, container, phase, reason) => {
  await direct.objects.create(deployment(name, image, pod, container));
  const found = await workload(name, (each) => isFailed(each) && phase.test(each.pods[0]?.phase ?? ''));
  expect(found.pods[0]?.reason).toMatch(reason);
  expect(found.reason).toBe(found.pods[0]?.reason);
  const last = { crash: /^fatal: cannot open/, oom: /^loading the model/ }[name] ?? /^$/;
  expect(found.pods[0]?.log?.at(-1) ?? '').toMatch(last);
});

test('a probe that fails is what an unready workload waits for', async () => {
  const readinessProbe = { httpGet: { path: '/', port: 8080 } };
  await direct.objects.create(deployment('unready', 'unready', {}, { readinessProbe }));
  const found = await workload('unready', ({ reason = '' }) => reason.startsWith('Readiness probe failed'));
  expect(found).toMatchObject({ state: 'progressing', ready: 0, pods: [{ phase: 'Running', ready: '0/1' }] });
});

test('a quota that is full is told', async () => {
  const metadata = { name: 'few', namespace };
  await direct.core.createNamespacedResourceQuota({
    namespace,
    body: { metadata, spec: { hard: { 'requests.cpu': '0' } } },
  });
  const resources = { requests: { cpu: '1', memory: '1Mi' } };
  await direct.objects.create(deployment('greedy', 'web', {}, { resources }));
  const found = await workload('greedy', isFailed);
  expect(found.reason).toMatch(/^its pods cannot be created: .*exceeded quota: few/);
  expect(found.pods).toEqual([]);
  await direct.core.deleteNamespacedResourceQuota({ namespace, name: 'few' });
});

test('a Job completes, a StatefulSet and a bare pod run', async () => {
  const containers = [{ name: 'main', image: 'example.com/test/web:1' }];
  const metadata = { labels: { app: 'set' } };
  const job = { template: { spec: { containers, restartPolicy: 'Never' } } };
  await direct.objects.create({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'job', namespace },
    spec: job,
  } as never);
  await direct.objects.create({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'bare', namespace },
    spec: { containers },
  } as never);
  const spec = {
    replicas: 2,
    serviceName: 'set',
    selector: { matchLabels: metadata.labels },
    template: { metadata, spec: { containers } },
  };
  await direct.objects.create({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'set', namespace },
    spec,
  } as never);
  const done = await workload('job', ({ state }) => state === 'complete');
  expect(done).toMatchObject({ wanted: 1, ready: 1, pods: [{ phase: 'Completed', ready: '0/1' }] });
  await workload('set', ({ state, pods }) => state === 'ready' && pods.length === 2);
  await workload('bare', ({ state }) => state === 'ready');
});

test('of manifests, their workloads are told, also those that are missing', async () => {
  const set = ManifestSet.of([deployment('web', 'web'), deployment('gone', 'web')]);
  const { workloads } = await status(cluster, { set });
  expect(workloads.map(({ id, state }) => [id.name, state])).toEqual([
    ['gone', 'missing'],
    ['web', 'ready'],
  ]);
  const selected = await status(cluster, { namespace, selector: 'app in (web, other)' });
  expect(selected.workloads.map(({ id }) => id.name)).toEqual(['web']);
});

test('a rollout is told at every step, until the caller has seen enough', async () => {
  const end = new AbortController();
  const states: (string | undefined)[] = [];
  await direct.objects.create(deployment('later', 'slow'));
  for await (const { workloads } of followStatus(cluster, { namespace, selector: 'app=later' }, end.signal)) {
    states.push(workloads[0]?.state);
    if (states.includes('ready')) end.abort();
  }
  expect(states.at(-1)).toBe('ready');
  expect(states).toContain('progressing');
});
