/** @jest-environment ./test/cluster/environment.js */
import { cluster, testNamespace, until, untilPod } from './cluster';
import { startHangingServer } from './faults';

// What makes an apply fail or wait, as the cluster reports it.

const namespace = testNamespace('behaviors');

const labelled = (name: string) => ({ name, namespace, labels: { app: name } });
const podSpec = (image: string, more: object = {}) => ({
  containers: [{ name: 'main', image: `example.com/test/${image}:1` }],
  ...more,
});

const createPod = (name: string, spec: object) =>
  cluster.objects.create({ apiVersion: 'v1', kind: 'Pod', metadata: labelled(name), spec } as never);

/** The message of the first event with this reason. */
const eventOf = (reason: string, of: string): Promise<string> =>
  until(async () => {
    const { items } = await cluster.core.listNamespacedEvent({
      namespace,
      fieldSelector: `reason=${reason}`,
    });
    return items.find(({ involvedObject }) => involvedObject.name?.startsWith(of))?.message;
  });

test('the log of the previous run of a crashing container ends with the reason', async () => {
  await createPod('crash', podSpec('crash'));
  await untilPod(namespace, 'crash', ({ status }) => (status?.containerStatuses?.[0]?.restartCount ?? 0) > 0);
  const log = await cluster.core.readNamespacedPodLog({
    namespace,
    name: 'crash',
    previous: true,
    tailLines: 1,
  });
  expect(log).toBe('fatal: cannot open /etc/app/config.yaml: no such file or directory\n');
});

test('a container that is not started yet has no log', async () => {
  await createPod('hang', podSpec('hang'));
  await untilPod(namespace, 'hang', ({ status }) => status?.containerStatuses !== undefined);
  const read = cluster.core.readNamespacedPodLog({ namespace, name: 'hang' });
  await expect(read).rejects.toThrow('is waiting to start: ContainerCreating');
});

test('a container without memory is killed', async () => {
  await createPod('oom', podSpec('oom', { restartPolicy: 'Never' }));
  const { status } = await untilPod(namespace, 'oom', ({ status }) => status?.phase === 'Failed');
  expect(status?.containerStatuses?.[0]?.state?.terminated).toMatchObject({
    exitCode: 137,
    reason: 'OOMKilled',
  });
});

test('the scheduler says why a pod fits nowhere', async () => {
  await createPod('arm', podSpec('web', { nodeSelector: { 'kubernetes.io/arch': 'arm64' } }));
  expect(await eventOf('FailedScheduling', 'arm')).toMatch(
    /^0\/3 nodes are available: 3 node\(s\) didn't match Pod's node affinity\/selector/,
  );
});

test('a pod that mounts a missing Secret says so', async () => {
  const volumes = [{ name: 'certificate', secret: { secretName: 'tls' } }];
  await createPod('tls', podSpec('web', { volumes }));
  expect(await eventOf('FailedMount', 'tls')).toContain('secret "tls" not found');
});

test('a full quota keeps a Deployment from its pods', async () => {
  const quota = { metadata: { name: 'full' }, spec: { hard: { 'requests.cpu': '1' } } };
  const full = 'behaviors-full';
  await cluster.core.createNamespace({ body: { metadata: { name: full } } });
  await cluster.core.createNamespacedResourceQuota({ namespace: full, body: quota });
  const labels = { app: 'greedy' };
  const template = { metadata: { labels }, spec: podSpec('web') };
  await cluster.apps.createNamespacedDeployment({
    namespace: full,
    body: { metadata: { name: 'greedy' }, spec: { selector: { matchLabels: labels }, template } },
  });
  const condition = await until(async () => {
    const { status } = await cluster.apps.readNamespacedDeployment({ namespace: full, name: 'greedy' });
    return status?.conditions?.find(({ type }) => type === 'ReplicaFailure');
  });
  expect([condition.reason, condition.message]).toEqual(['FailedCreate', expect.stringContaining('quota')]);
  await cluster.core.deleteNamespace({ name: full });
});

test('a webhook that hangs refuses after its timeout', async () => {
  const hanging = await startHangingServer();
  const rule = {
    apiGroups: [''],
    apiVersions: ['v1'],
    operations: ['CREATE'],
    resources: ['secrets'],
    scope: 'Namespaced',
  };
  const metadata = { name: 'hangs.behaviors.test' };
  await cluster.objects.create({
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata,
    webhooks: [
      {
        name: 'hangs.behaviors.test',
        clientConfig: { url: `${hanging.url}/validate` },
        rules: [rule],
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
        sideEffects: 'None',
        admissionReviewVersions: ['v1'],
        timeoutSeconds: 1,
      },
    ],
  } as never);
  try {
    // The API server reads webhooks a moment after they are created.
    const refusal = await until(() =>
      cluster.core
        .createNamespacedSecret({ namespace, body: { metadata: { generateName: 'never-' } } })
        .then(() => undefined)
        .catch((error: unknown) => String(error)),
    );
    expect(refusal).toMatch(/failed calling webhook .+ context deadline exceeded/s);
  } finally {
    await cluster.objects.delete({
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata,
    });
    await hanging.stop();
  }
});

test('a Job whose pods fail fails', async () => {
  const template = { spec: podSpec('crash', { restartPolicy: 'Never' }) };
  await cluster.batch.createNamespacedJob({
    namespace,
    body: { metadata: { name: 'fails' }, spec: { backoffLimit: 0, template } },
  });
  const failed = await until(async () => {
    const { status } = await cluster.batch.readNamespacedJob({ namespace, name: 'fails' });
    return status?.conditions?.find(({ type }) => type === 'Failed');
  });
  expect(failed.reason).toBe('BackoffLimitExceeded');
});

test('a claim of a class that is not there stays pending, and says so', async () => {
  await cluster.core.createNamespacedPersistentVolumeClaim({
    namespace,
    body: {
      metadata: { name: 'fast' },
      spec: {
        storageClassName: 'fast',
        accessModes: ['ReadWriteOnce'],
        resources: { requests: { storage: '1Gi' } },
      },
    },
  });
  expect(await eventOf('ProvisioningFailed', 'fast')).toContain('"fast" not found');
});

test('a load balancer gets an address, unless its class is not ours', async () => {
  const ports = [{ port: 80 }];
  for (const [name, more] of [
    ['mine', {}],
    ['theirs', { loadBalancerClass: 'example.com/other' }],
  ] as const)
    await cluster.core.createNamespacedService({
      namespace,
      body: { metadata: { name }, spec: { type: 'LoadBalancer', ports, ...more } },
    });
  const address = await until(async () => {
    const { status } = await cluster.core.readNamespacedService({ namespace, name: 'mine' });
    return status?.loadBalancer?.ingress?.[0]?.ip;
  });
  expect(address).toMatch(/^203\.0\.113\.\d+$/);
  const { status } = await cluster.core.readNamespacedService({ namespace, name: 'theirs' });
  expect(status?.loadBalancer).toEqual({});
});

test('a stubborn container uses its grace period', async () => {
  await createPod('stubborn', podSpec('stubborn', { terminationGracePeriodSeconds: 2 }));
  await untilPod(namespace, 'stubborn', ({ status }) => status?.phase === 'Running');
  await cluster.core.deleteNamespacedPod({ namespace, name: 'stubborn' });
  await new Promise((next) => setTimeout(next, 1000));
  await untilPod(namespace, 'stubborn', ({ metadata }) => metadata?.deletionTimestamp !== undefined);
  const left = await until(async () => {
    const { items } = await cluster.core.listNamespacedPod({ namespace, labelSelector: 'app=stubborn' });
    return items.length === 0 && items;
  });
  expect(left).toEqual([]);
});
