/** @jest-environment ./test/cluster/environment.js */
import { objects } from '../../bench/apply-objects';
import { apply } from '../../lib/cluster/apply/apply';
import type { Cluster } from '../../lib/cluster/client/cluster';
import { connect } from '../../lib/cluster/client/connect';
import { ManifestSet } from '../../lib/manifest/set';
import { cluster as direct, testNamespace } from './cluster';

const namespace = testNamespace('alike');
const kubeconfig = process.env['SEAWORTHY_TEST_KUBECONFIG'] ?? '';
let cluster: Cluster;
beforeAll(async () => void (cluster = await connect({ kubeconfig })));
afterAll(() => cluster.close());

const pods = (name: string) => ({
  metadata: { labels: { app: name } },
  spec: {
    containers: [{ name: 'main', image: `example.com/test/${name}:1`, ports: [{ containerPort: 8080 }] }],
  },
});
const selector = (name: string) => ({ matchLabels: { app: name } });

/** An object of each kind of which one may stand for many. */
const KINDS: readonly ((name: string, index: number) => object)[] = [
  (name) => ({ apiVersion: 'v1', kind: 'ConfigMap', data: { a: name } }),
  (name) => ({ apiVersion: 'v1', kind: 'Secret', stringData: { a: name } }),
  () => ({ apiVersion: 'v1', kind: 'ServiceAccount' }),
  (name, index) => ({
    apiVersion: 'v1',
    kind: 'Service',
    spec: { selector: { app: name }, ports: [{ port: 80 + index, targetPort: 8080 }] },
  }),
  (name) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    spec: { replicas: 0, selector: selector(name), template: pods(name) },
  }),
  (name) => ({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    spec: { replicas: 0, serviceName: name, selector: selector(name), template: pods(name) },
  }),
  (name) => ({
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    spec: {
      selector: selector(name),
      template: { ...pods(name), spec: { ...pods(name).spec, nodeSelector: { is: name } } },
    },
  }),
  (name, index) => ({
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    spec: {
      schedule: `${index} 3 * * *`,
      suspend: true,
      jobTemplate: {
        spec: { template: { ...pods(name), spec: { ...pods(name).spec, restartPolicy: 'OnFailure' } } },
      },
    },
  }),
  (name, index) => ({
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: `${name}` },
      maxReplicas: 2 + index,
    },
  }),
  (name, index) => ({
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    spec: { selector: selector(name), maxUnavailable: 1 + index },
  }),
  (name) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    spec: { podSelector: selector(name), policyTypes: ['Ingress'] },
  }),
  (name) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    spec: { defaultBackend: { service: { name, port: { number: 80 } } } },
  }),
];
const EACH = 14;

test('objects of each kind are stored as planned where one of them was tried, and found unchanged after that', async () => {
  const set = ManifestSet.of(
    KINDS.flatMap((make) =>
      Array.from({ length: EACH }, (_, index) => {
        const name = `thing-${index}`;
        return { ...make(name, index), metadata: { name, namespace, labels: { app: name } } };
      }),
    ),
  );
  const first = await apply(set, cluster, { namespace, wait: false });
  expect(first).toMatchObject({ outcome: 'applied', failed: [], plan: { refusals: [], differences: [] } });
  expect(first.differences ?? []).toEqual([]);
  expect(first.plan.warnings).toEqual([]);
  expect(first.plan.alike).toHaveLength(KINDS.length * (EACH - 1));
  expect(first.written).toHaveLength(KINDS.length * EACH);
  const again = await apply(set, cluster, { namespace, wait: false });
  expect(again).toMatchObject({ outcome: 'applied', written: [], plan: { alike: [] } });
});

test('objects of which no two have the same fields are stored as planned where a few were tried', async () => {
  const set = ManifestSet.of(objects(namespace, { count: 400, value: 'first', areDifferent: true }));
  const first = await apply(set, cluster, { namespace, wait: false });
  expect(first).toMatchObject({ outcome: 'applied', failed: [], plan: { refusals: [], differences: [] } });
  expect(first.differences ?? []).toEqual([]);
  expect(first.written).toHaveLength(400);
  expect(first.plan.alike.length).toBeGreaterThan(350);
});

test('where a webhook or policy of the cluster is about a kind, each of it is tried', async () => {
  const name = 'alike.example.com';
  await direct.objects.create({
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name },
    spec: {
      matchConstraints: {
        resourceRules: [
          { apiGroups: [''], apiVersions: ['v1'], resources: ['configmaps'], operations: ['CREATE'] },
        ],
      },
      validations: [{ expression: "object.metadata.name != 'map-77'" }],
    },
  } as never);
  try {
    const of = (kind: string) =>
      Array.from({ length: 120 }, (_, index) => ({
        apiVersion: 'v1',
        kind,
        metadata: { name: `map-${index}`, namespace },
      }));
    const { plan } = await apply(ManifestSet.of([...of('ConfigMap'), ...of('ServiceAccount')]), cluster, {
      namespace,
      wait: false,
      confirm: () => false,
    });
    expect(plan.alike.map(({ kind }) => kind)).toEqual(Array(119).fill('ServiceAccount'));
  } finally {
    await direct.objects.delete({
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name },
    });
  }
});
