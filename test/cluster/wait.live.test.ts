/** @jest-environment ./test/cluster/environment.js */
import { createColors } from 'picocolors';
import { apply } from '../../lib/cluster/apply/apply';
import { connect } from '../../lib/cluster/client/connect';
import type { Cluster } from '../../lib/cluster/client/cluster';
import type { Progress } from '../../lib/cluster/apply/types';
import { waitFor } from '../../lib/cluster/wait/wait';
import { ManifestSet } from '../../lib/manifest/set';
import { APPLY_FORMATS } from '../../lib/report/apply/formats';
import { cluster as direct, testNamespace } from './cluster';
import { startFaultProxy, startHangingServer } from './faults';

// What a person reads first of a workload that does not get ready.

const namespace = testNamespace('wait');
const full = testNamespace('wait-full');
const hooked = testNamespace('wait-hooked');
const refusing = testNamespace('wait-refusing');
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

/** What `seaworthy apply` prints of objects, without what is different each time. */
async function printed(objects: readonly object[], timeout: number, of = namespace): Promise<string[]> {
  const result = await apply(ManifestSet.of(objects), cluster, { namespace: of, wait: { timeout } });
  const named = { context: 'test', server: '', version: '' };
  const [{ print }] = APPLY_FORMATS;
  const text = print({ cluster: named, name: '', namespace: of, result }, createColors(false));
  return text.trimEnd().split('\n').map(settledNames);
}

function settledNames(line: string): string {
  return line
    .replace(/-[a-z0-9]{8,10}-[a-z0-9]{5}\b/g, '-…')
    .replace(/-[a-z0-9]{8,10}(?=["-])/g, '-…')
    .replace(/(fails-)[a-z0-9]{5}\b/g, '$1…')
    .replace(/(127\.0\.0\.1:)\d+/g, '$1…');
}

/** A webhook that never answers, for requests of one resource in one namespace. */
async function hangingWebhook(of: string, resources: readonly string[]): Promise<() => Promise<void>> {
  const hanging = await startHangingServer();
  const name = `${resources[0]}.wait.test`;
  const rule = { apiGroups: ['*'], apiVersions: ['*'], operations: ['CREATE'], resources, scope: '*' };
  const configuration = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata: { name },
    webhooks: [
      {
        name,
        clientConfig: { url: `${hanging.url}/validate` },
        rules: [rule],
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': of } },
        sideEffects: 'None',
        admissionReviewVersions: ['v1'],
        timeoutSeconds: 1,
      },
    ],
  };
  await create(configuration);
  return async () => {
    await direct.objects.delete(configuration);
    await hanging.stop();
  };
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

describe('what is printed of a workload that does not get ready', () => {
  const found = new Map<string, Promise<string[]>>();
  const ends: (() => Promise<void>)[] = [];
  const begin = (name: string, timeout: number, object: object, of?: string): void =>
    void found.set(name, printed([object], timeout, of));

  // All at once: each takes seconds.
  beforeAll(async () => {
    const quota = { metadata: { name: 'few', namespace: full }, spec: { hard: { 'requests.cpu': '0' } } };
    await create({ apiVersion: 'v1', kind: 'ResourceQuota', ...quota });
    await waitFor(cluster, [{ ...id('few', 'ResourceQuota', 'v1'), namespace: full }]);
    ends.push(await hangingWebhook(hooked, ['pods']), await hangingWebhook(refusing, ['deployments']));
    // The API server reads webhooks a moment after they are created.
    await new Promise((next) => setTimeout(next, 1_500));
    const of = (namespace: string, object: { readonly metadata: object }): object => ({
      ...object,
      metadata: { ...object.metadata, namespace },
    });
    const probe = { readinessProbe: { httpGet: { path: '/', port: 8080 } } };
    const volumes = [{ name: 'keys', secret: { secretName: 'keys' } }];
    begin('crash', 60_000, deployment('crash', 'crash'));
    begin('arm', 4_000, deployment('arm', 'web', { nodeSelector: { 'kubernetes.io/arch': 'arm64' } }));
    begin('keys', 4_000, deployment('keys', 'web', { volumes }));
    begin('unready', 6_000, deployment('unready', 'unready', {}, probe));
    begin('pull', 6_000, deployment('pull', 'pull-error'));
    begin('job', 60_000, {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'fails', namespace },
      spec: {
        backoffLimit: 0,
        template: { spec: { ...deployment('', 'crash').spec.template.spec, restartPolicy: 'Never' } },
      },
    });
    const cpu = { resources: { requests: { cpu: '1' } } };
    begin('greedy', 4_000, of(full, deployment('greedy', 'web', {}, cpu)), full);
    begin('hooked', 6_000, of(hooked, deployment('hooked', 'web')), hooked);
    begin('refused', 6_000, of(refusing, deployment('refused', 'web')), refusing);
    await Promise.allSettled(found.values());
  });
  afterAll(() => Promise.all(ends.map((end) => end())));

  test.each<[string, readonly string[]]>([
    [
      'crash',
      [
        'Deployment wait/crash: container main ended with exit code 1, restarted 3 times',
        '  Given up after 3 restarts.',
        '  Pod crash-… (CrashLoopBackOff, 0/1 ready, 3 restarts)',
        '  Log of container main of pod crash-…, the last lines:',
        '    starting',
        '    fatal: cannot open /etc/app/config.yaml: no such file or directory',
        '',
        'Failed: 1 object written.',
        'test, namespace wait: 1 created, 1 not ready',
      ],
    ],
    [
      'arm',
      [
        "Deployment wait/arm: cannot be scheduled: 0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector. no new claims to deallocate, preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.",
        '  Not ready within 4s.',
        '  Pod arm-… (Pending, 0/1 ready)',
        '',
        'Failed: 1 object written.',
        'test, namespace wait: 1 created, 1 not ready',
      ],
    ],
    [
      'keys',
      [
        'Deployment wait/keys: MountVolume.SetUp failed for volume "keys" : secret "keys" not found',
        '  Not ready within 4s.',
        '  Pod keys-… (ContainerCreating, 0/1 ready)',
        '',
        'Failed: 1 object written.',
        'test, namespace wait: 1 created, 1 not ready',
      ],
    ],
    [
      'unready',
      [
        'Deployment wait/unready: Readiness probe failed: HTTP probe failed with statuscode: 503',
        '  Not ready within 6s.',
        '  Pod unready-… (Running, 0/1 ready)',
        '',
        'Failed: 1 object written.',
        'test, namespace wait: 1 created, 1 not ready',
      ],
    ],
    [
      'pull',
      [
        'Deployment wait/pull: container main cannot get its image: ImagePullBackOff: Failed to pull image "example.com/test/pull-error:1": failed to pull and unpack image "example.com/test/pull-error:1": failed to resolve reference "example.com/test/pull-error:1": not found',
        '  Not ready within 6s.',
        '  Pod pull-… (ImagePullBackOff, 0/1 ready)',
        '',
        'Failed: 1 object written.',
        'test, namespace wait: 1 created, 1 not ready',
      ],
    ],
    [
      'job',
      [
        'Job wait/fails: BackoffLimitExceeded: Job has reached the specified backoff limit; container main ended with exit code 1',
        '  Given up, since waiting does not help.',
        '  Log of container main of pod fails-…, the last lines:',
        '    starting',
        '    fatal: cannot open /etc/app/config.yaml: no such file or directory',
        '',
        'Failed: 1 object written.',
        'test, namespace wait: 1 created, 1 not ready',
      ],
    ],
    [
      'greedy',
      [
        'Deployment wait-full/greedy: its pods cannot be created: pods "greedy-…" is forbidden: exceeded quota: few, requested: requests.cpu=1, used: requests.cpu=0, limited: requests.cpu=0',
        '  Not ready within 4s.',
        '',
        'Failed: 1 object written.',
        'test, namespace wait-full: 1 created, 1 not ready',
      ],
    ],
    [
      'hooked',
      [
        'Deployment wait-hooked/hooked: its pods cannot be created: Internal error occurred: failed calling webhook "pods.wait.test": failed to call webhook: Post "https://127.0.0.1:…/validate?timeout=1s": context deadline exceeded',
        '  Not ready within 6s.',
        '',
        'Failed: 1 object written.',
        'test, namespace wait-hooked: 1 created, 1 not ready',
      ],
    ],
    [
      'refused',
      [
        'Deployment wait-refusing/refused: Internal error occurred: failed calling webhook "deployments.wait.test": failed to call webhook: Post "https://127.0.0.1:…/validate?timeout=1s": context deadline exceeded',
        '',
        'Nothing was applied.',
        'test, namespace wait-refusing: 1 refused',
      ],
    ],
  ])('%s', async (name, lines) => {
    expect(await found.get(name)).toEqual(lines);
  });
});

test('once one is given up, the others are not waited for', async () => {
  await create(deployment('hangs', 'hang'));
  const containers = deployment('', 'crash').spec.template.spec.containers;
  const spec = { backoffLimit: 0, template: { spec: { containers, restartPolicy: 'Never' } } };
  await create({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'mistaken', namespace }, spec });
  const results = await waitFor(cluster, [id('hangs'), id('mistaken', 'Job', 'batch/v1')]);
  expect(results.map(({ state }) => state)).toEqual(['unfinished', 'failed']);
});

test('many namespaces are watched at once, and leave connections for requests', async () => {
  const ids = Array.from({ length: 20 }, (_, index) => ({ ...id('web'), namespace: `wait-${index}` }));
  const results = await waitFor(cluster, ids, { timeout: 2_000 });
  expect(new Set(results.map(({ state, reason }) => `${state}: ${reason}`))).toEqual(
    new Set(['late: is not in the cluster']),
  );
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
