/** @jest-environment ./test/cluster/environment.js */
import type { V1Pod } from '@kubernetes/client-node';
import { cluster, testNamespace, until, untilPod } from './cluster';

// What the other tests of the cluster rely on: pods come to what the names of their images say.

const namespace = testNamespace('control-plane');
const IMAGES = 'example.com/test';

const metadataOf = (name: string) => ({ name, namespace, labels: { app: name } });
const containers = (image: string, more: object = {}) => [
  { name: 'main', image: `${IMAGES}/${image}:1`, ...more },
];

/** Creates a bare pod, and returns it once it `is` so. */
async function pod(name: string, spec: object, is: (pod: V1Pod) => boolean): Promise<V1Pod> {
  const object = { apiVersion: 'v1', kind: 'Pod', metadata: metadataOf(name), spec };
  await cluster.objects.create(object);
  return untilPod(namespace, name, is);
}

const isReady = ({ status }: V1Pod) =>
  status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') === true;
const reasonOf = ({ status }: V1Pod) => status?.containerStatuses?.[0]?.state?.waiting?.reason;

test('a Deployment rolls out', async () => {
  const metadata = metadataOf('web');
  const spec = {
    replicas: 2,
    selector: { matchLabels: metadata.labels },
    template: { metadata: { labels: metadata.labels }, spec: { containers: containers('web') } },
  };
  await cluster.apps.createNamespacedDeployment({ namespace, body: { metadata, spec } });
  const { status } = await until(async () => {
    const deployment = await cluster.apps.readNamespacedDeployment({ namespace, name: 'web' });
    return deployment.status?.availableReplicas === 2 && deployment;
  });
  expect(status?.conditions?.find(({ type }) => type === 'Progressing')?.reason).toBe(
    'NewReplicaSetAvailable',
  );
});

test('each replica of a StatefulSet gets its volume', async () => {
  const metadata = metadataOf('db');
  const spec = {
    replicas: 1,
    serviceName: 'db',
    selector: { matchLabels: metadata.labels },
    template: {
      metadata: { labels: metadata.labels },
      spec: { containers: containers('db', { volumeMounts: [{ name: 'data', mountPath: '/data' }] }) },
    },
    volumeClaimTemplates: [
      {
        metadata: { name: 'data' },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
      },
    ],
  };
  await cluster.apps.createNamespacedStatefulSet({ namespace, body: { metadata, spec } });
  await untilPod(namespace, 'db', isReady);
  const claim = await cluster.core.readNamespacedPersistentVolumeClaim({ namespace, name: 'data-db-0' });
  expect(claim.status?.phase).toBe('Bound');
});

test('a Job completes', async () => {
  const template = { spec: { restartPolicy: 'Never', containers: containers('work') } };
  await cluster.batch.createNamespacedJob({
    namespace,
    body: { metadata: metadataOf('work'), spec: { template } },
  });
  const job = await until(async () => {
    const read = await cluster.batch.readNamespacedJob({ namespace, name: 'work' });
    return read.status?.succeeded === 1 && read;
  });
  expect(job.status?.conditions?.map(({ type }) => type)).toContain('Complete');
});

test.each([
  ['crash', 'CrashLoopBackOff'],
  ['pull-error', 'ImagePullBackOff'],
  ['hang', 'ContainerCreating'],
])('an image that is called "%s" waits in %s', async (image, reason) => {
  const waiting = await pod(image, { containers: containers(image) }, (seen) => reasonOf(seen) === reason);
  expect(isReady(waiting)).toBe(false);
});

test('an image that is called "unready" runs, and says why it is not ready', async () => {
  const { metadata } = await pod(
    'unready',
    { containers: containers('unready') },
    ({ status }) => status?.phase === 'Running',
  );
  const event = await until(async () => {
    const fieldSelector = `involvedObject.uid=${metadata?.uid ?? ''},reason=Unhealthy`;
    return (await cluster.core.listNamespacedEvent({ namespace, fieldSelector })).items[0];
  });
  expect(event.message).toBe('Readiness probe failed: HTTP probe failed with statuscode: 503');
});

test('a crashing container leaves its log', async () => {
  await untilPod(namespace, 'crash', () => true);
  const log = await cluster.core.readNamespacedPodLog({ namespace, name: 'crash', container: 'main' });
  expect(log).toMatch(/^fatal: /m);
});

test('a pod waits for the Secret of its variables', async () => {
  const env = [{ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'login', key: 'password' } } }];
  const waiting = await pod(
    'client',
    { containers: containers('web', { env }) },
    (seen) => reasonOf(seen) === 'CreateContainerConfigError',
  );
  expect(waiting.status?.containerStatuses?.[0]?.state?.waiting?.message).toBe('secret "login" not found');
  await cluster.core.createNamespacedSecret({
    namespace,
    body: { metadata: { name: 'login' }, stringData: { password: 'x' } },
  });
  await untilPod(namespace, 'client', isReady);
});

test('a pod that fits no node stays pending', async () => {
  const resources = { requests: { cpu: '64' } };
  const { status } = await pod(
    'large',
    { containers: containers('web', { resources }) },
    ({ status }) => status?.conditions?.some(({ reason }) => reason === 'Unschedulable') === true,
  );
  expect(status?.conditions?.find(({ reason }) => reason === 'Unschedulable')?.message).toMatch(
    /^0\/3 nodes are available: 3 Insufficient cpu/,
  );
});

test('a deleted pod is gone', async () => {
  await cluster.core.deleteNamespacedPod({ namespace, name: 'hang' });
  const left = await until(async () => {
    const { items } = await cluster.core.listNamespacedPod({ namespace, labelSelector: 'app=hang' });
    return items.length === 0 && items;
  });
  expect(left).toEqual([]);
});
