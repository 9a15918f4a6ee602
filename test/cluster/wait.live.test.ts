/** @jest-environment ./test/cluster/environment.js */
import { connect } from '../../lib/cluster/client/connect';
import type { Cluster } from '../../lib/cluster/client/cluster';
import type { Progress } from '../../lib/cluster/apply/types';
import type { WaitOptions, WaitResult } from '../../lib/cluster/wait/types';
import { waitFor } from '../../lib/cluster/wait/wait';
import { cluster as direct, testNamespace } from './cluster';
import { startFaultProxy, startHangingServer } from './faults';

// What a person reads first of a workload that does not get ready.

const namespace = testNamespace('wait');
const kubeconfig = process.env['SEAWORTHY_TEST_KUBECONFIG'] ?? '';
let cluster: Cluster;
beforeAll(async () => void (cluster = await connect({ kubeconfig })));
afterAll(() => cluster.close());

const create = async (object: object): Promise<void> => void (await direct.objects.create(object as never));

const deployment = (name: string, image: string, pod: object = {}, container: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace },
  spec: {
    replicas: 1,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { containers: [{ name: 'main', image: `example.com/test/${image}:1`, ...container }], ...pod },
    },
  },
});

const id = (name: string, kind = 'Deployment', apiVersion = 'apps/v1') => ({
  apiVersion,
  kind,
  namespace,
  name,
});

async function outcome(name: string, options: WaitOptions = {}): Promise<WaitResult> {
  const [result] = await waitFor(cluster, [id(name)], options);
  if (result === undefined) throw new Error('no result');
  return result;
}

/** The account of a result, without what is different each time. */
function account({ state, reason, lines }: WaitResult): string[] {
  return [`${state}: ${reason}`, ...lines].map((line) =>
    line
      .replace(/-[a-z0-9]{8,10}-[a-z0-9]{5}\b/g, '-…')
      .replace(/-[a-z0-9]{8,10}(?="| )/g, '-…')
      .replace(/(pod fails-)[a-z0-9]{5}/, '$1…')
      .replace(/(127\.0\.0\.1:)\d+/g, '$1…'),
  );
}

test('a Deployment that rolls out is ready; what needs no wait is at once', async () => {
  await create(deployment('web', 'slow'));
  const seen: (readonly Progress[])[] = [];
  const results = await waitFor(cluster, [id('web'), id('settings', 'ConfigMap', 'v1')], {
    onProgress: (progress) => seen.push(progress),
  });
  expect(results.map(({ state }) => state)).toEqual(['ready', 'ready']);
  expect(seen[0]?.map(({ state }) => state)).toEqual(['progressing']);
  expect(seen.at(-1)?.[0]).toMatchObject({ state: 'ready', status: { wanted: 1, ready: 1 } });
});

test('a container that crashes is not waited for after three restarts', async () => {
  await create(deployment('crash', 'crash'));
  expect(account(await outcome('crash'))).toEqual([
    'failed: container main ended with exit code 1, restarted 3 times',
    'Given up after 3 restarts.',
    'Pod crash-… (CrashLoopBackOff, 0/1 ready, 3 restarts)',
    'Log of container main of pod crash-…, the last lines:',
    '  starting',
    '  fatal: cannot open /etc/app/config.yaml: no such file or directory',
  ]);
});

test('a pod that fits no node is waited for, since one may come', async () => {
  await create(deployment('arm', 'web', { nodeSelector: { 'kubernetes.io/arch': 'arm64' } }));
  expect(account(await outcome('arm', { timeout: 3_000 }))).toEqual([
    "late: cannot be scheduled: 0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector. no new claims to deallocate, preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.",
    'Not ready within 3s.',
    'Pod arm-… (Pending, 0/1 ready)',
  ]);
});

test('a Secret that is missing', async () => {
  const volumes = [{ name: 'keys', secret: { secretName: 'keys' } }];
  await create(deployment('keys', 'web', { volumes }));
  expect(account(await outcome('keys', { timeout: 3_000 }))).toEqual([
    'late: MountVolume.SetUp failed for volume "keys" : secret "keys" not found',
    'Not ready within 3s.',
    'Pod keys-… (ContainerCreating, 0/1 ready)',
  ]);
});

test('a probe that fails', async () => {
  const readinessProbe = { httpGet: { path: '/', port: 8080 } };
  await create(deployment('unready', 'unready', {}, { readinessProbe }));
  expect(account(await outcome('unready', { timeout: 5_000 }))).toEqual([
    'late: Readiness probe failed: HTTP probe failed with statuscode: 503',
    'Not ready within 5s.',
    'Pod unready-… (Running, 0/1 ready)',
  ]);
});

test('an image that cannot be pulled', async () => {
  await create(deployment('pull', 'pull-error'));
  expect(account(await outcome('pull', { timeout: 5_000 }))).toEqual([
    'late: container main cannot get its image: ImagePullBackOff: Failed to pull image "example.com/test/pull-error:1": failed to pull and unpack image "example.com/test/pull-error:1": failed to resolve reference "example.com/test/pull-error:1": not found',
    'Not ready within 5s.',
    'Pod pull-… (ImagePullBackOff, 0/1 ready)',
  ]);
});

test('a quota that is full', async () => {
  const quota = { metadata: { name: 'few', namespace }, spec: { hard: { 'requests.cpu': '0' } } };
  await create({ apiVersion: 'v1', kind: 'ResourceQuota', ...quota });
  await waitFor(cluster, [id('few', 'ResourceQuota', 'v1')]);
  const resources = { requests: { cpu: '1' } };
  await create(deployment('greedy', 'web', {}, { resources }));
  expect(account(await outcome('greedy', { timeout: 3_000 }))).toEqual([
    'late: its pods cannot be created: pods "greedy-…" is forbidden: exceeded quota: few, requested: requests.cpu=1, used: requests.cpu=0, limited: requests.cpu=0',
    'Not ready within 3s.',
  ]);
  await direct.core.deleteNamespacedResourceQuota({ namespace, name: 'few' });
});

test('once one is given up, the others are not waited for', async () => {
  await create(deployment('hangs', 'hang'));
  await create({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'fails', namespace },
    spec: {
      backoffLimit: 0,
      template: {
        spec: {
          restartPolicy: 'Never',
          containers: deployment('fails', 'crash').spec.template.spec.containers,
        },
      },
    },
  });
  const results = await waitFor(cluster, [id('hangs'), id('fails', 'Job', 'batch/v1')]);
  expect(results.map(({ state }) => state)).toEqual(['unfinished', 'failed']);
  expect(account(results[1] as WaitResult)).toEqual([
    'failed: BackoffLimitExceeded: Job has reached the specified backoff limit; container main ended with exit code 1',
    'Given up, since waiting does not help.',
    'Log of container main of pod fails-…, the last lines:',
    '  starting',
    '  fatal: cannot open /etc/app/config.yaml: no such file or directory',
  ]);
});

test('claims, definitions, balancers, budgets and scalers are ready by their own rules', async () => {
  const metadata = { name: 'many', namespace };
  const selector = { matchLabels: { app: 'many' } };
  const claim = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
  const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };
  const ports = [{ port: 80 }];
  const names = { plural: 'things', singular: 'thing', kind: 'Thing' };
  const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
  const versions = [{ name: 'v1', served: true, storage: true, schema, subresources: { status: {} } }];
  await create({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata, spec: claim });
  await create({ apiVersion: 'v1', kind: 'Service', metadata, spec: { type: 'LoadBalancer', ports } });
  await create({
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata,
    spec: { minAvailable: 0, selector },
  });
  await create({
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata,
    spec: { scaleTargetRef, maxReplicas: 3 },
  });
  await create({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'things.wait.test' },
    spec: { group: 'wait.test', scope: 'Namespaced', names, versions },
  });
  const definition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    name: 'things.wait.test',
  };
  const results = await waitFor(cluster, [
    id('many', 'PersistentVolumeClaim', 'v1'),
    id('many', 'Service', 'v1'),
    id('many', 'PodDisruptionBudget', 'policy/v1'),
    id('many', 'HorizontalPodAutoscaler', 'autoscaling/v2'),
    definition,
  ]);
  expect(results.map(({ id: { kind }, state, reason }) => [kind, state, reason?.slice(0, 40)])).toEqual([
    ['PersistentVolumeClaim', 'ready', 'gets its volume when a pod needs it'],
    ['Service', 'ready', undefined],
    ['PodDisruptionBudget', 'ready', undefined],
    ['HorizontalPodAutoscaler', 'ready', undefined],
    ['CustomResourceDefinition', 'ready', undefined],
  ]);
  const thing = { apiVersion: 'wait.test/v1', kind: 'Thing', metadata: { name: 'one', namespace } };
  await create(thing);
  const [ready] = await waitFor(cluster, [id('one', 'Thing', 'wait.test/v1')]);
  expect(ready?.state).toBe('ready');
  await direct.objects.delete({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'things.wait.test' },
  });
});

test('a wait goes on over cut connections and slow answers, and ends when it is told to', async () => {
  const proxy = await startFaultProxy({ seed: 5 });
  const through = await connect({ kubeconfig: proxy.kubeconfig });
  try {
    await create(deployment('far', 'slow'));
    setTimeout(proxy.disconnect, 1_000);
    setTimeout(proxy.reconnect, 3_000);
    const [far] = await waitFor(through, [id('far')]);
    expect(far?.state).toBe('ready');
    await create(deployment('never', 'hang'));
    const signal = AbortSignal.timeout(1_000);
    const [never] = await waitFor(through, [id('never'), id('missing')], { signal });
    expect(never?.state).toBe('unfinished');
  } finally {
    through.close();
    await proxy.stop();
  }
});

test('a webhook that times out', async () => {
  const hanging = await startHangingServer();
  const metadata = { name: 'pods.wait.test' };
  await create({
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata,
    webhooks: [
      {
        name: 'pods.wait.test',
        clientConfig: { url: `${hanging.url}/validate` },
        rules: [
          { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'], scope: '*' },
        ],
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
        sideEffects: 'None',
        admissionReviewVersions: ['v1'],
        timeoutSeconds: 1,
      },
    ],
  });
  try {
    await new Promise((next) => setTimeout(next, 1_500));
    await create(deployment('hooked', 'web'));
    expect(account(await outcome('hooked', { timeout: 5_000 }))).toEqual([
      'late: its pods cannot be created: Internal error occurred: failed calling webhook "pods.wait.test": failed to call webhook: Post "https://127.0.0.1:…/validate?timeout=1s": context deadline exceeded',
      'Not ready within 5s.',
    ]);
  } finally {
    await direct.objects.delete({
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata,
    });
    await hanging.stop();
  }
});
