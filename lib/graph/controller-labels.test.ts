import { controllerLabels, operatedLabels } from './controller-labels';

/** The labels that are known, and for each of the others a value that it may have, and one that it may not. */
function expectLabels(
  { labels = {}, added = {} }: ReturnType<typeof controllerLabels>,
  known: object,
  values: Record<string, readonly [string, string]>,
): void {
  expect(labels).toEqual(known);
  expect(Object.keys(added).sort()).toEqual(Object.keys(values).sort());
  for (const [key, [right, wrong]] of Object.entries(values)) {
    expect([key, added[key]?.test(right)]).toEqual([key, true]);
    expect([key, added[key]?.test(wrong)]).toEqual([key, false]);
  }
}

const UID: readonly [string, string] = ['0f8a-4c', '0g'];
const JOB: Record<string, readonly [string, string]> = {
  'batch.kubernetes.io/controller-uid': UID,
  'batch.kubernetes.io/job-completion-index': ['10', 'x1'],
  'controller-uid': UID,
};

it.each<[string, object, Record<string, readonly [string, string]>]>([
  ['apps/Deployment', {}, { 'pod-template-hash': ['6d5f8', 'a-b'] }],
  [
    'apps/DaemonSet',
    {},
    { 'controller-revision-hash': ['6d5f8', 'a-b'], 'pod-template-generation': ['3', '3a'] },
  ],
  [
    'apps/StatefulSet',
    {},
    {
      'apps.kubernetes.io/pod-index': ['0', '0a'],
      'controller-revision-hash': ['db-6d5f8', 'db-'],
      'statefulset.kubernetes.io/pod-name': ['db-10', 'db-10a'],
    },
  ],
  ['batch/Job', { 'batch.kubernetes.io/job-name': 'db', 'job-name': 'db' }, JOB],
  [
    'batch/CronJob',
    {},
    { ...JOB, 'batch.kubernetes.io/job-name': ['db-291', 'db-x'], 'job-name': ['db-291', 'adb-291'] },
  ],
  [
    'keda.sh/ScaledJob',
    {},
    { ...JOB, 'batch.kubernetes.io/job-name': ['db-x7k2p', 'db-'], 'job-name': ['db-x7k2p', 'db'] },
  ],
  ['argoproj.io/Rollout', {}, { 'rollouts-pod-template-hash': ['6d5f8', 'A'] }],
  [
    'apps.kruise.io/CloneSet',
    {},
    {
      'apps.kruise.io/cloneset-instance-id': ['x7k2p', 'x-7'],
      'controller-revision-hash': ['db-6d5f8', '6d5f8'],
      'pod-template-hash': ['6d5f8', 'a-b'],
    },
  ],
  ['apps.kruise.io/StatefulSet', {}, { 'statefulset.kubernetes.io/pod-name': ['db-0', 'db-a'] }],
  [
    'serving.knative.dev/Service',
    { 'serving.knative.dev/configuration': 'db', 'serving.knative.dev/service': 'db' },
    {
      'serving.knative.dev/configurationGeneration': ['3', 'db'],
      'serving.knative.dev/configurationUID': UID,
      'serving.knative.dev/revision': ['db-00001', 'db'],
      'serving.knative.dev/revisionUID': UID,
      'serving.knative.dev/serviceUID': UID,
    },
  ],
  ['/Pod', {}, {}],
  ['toString', {}, {}],
])('the controller of a %s labels its pods', (kind, known, values) =>
  expectLabels(controllerLabels(kind, 'db'), known, values),
);

it.each<[string, object, Record<string, readonly [string, string]>]>([
  ...(
    [
      ['Alertmanager', 'alertmanager', 'alertmanager'],
      ['Prometheus', 'prometheus', 'prometheus'],
      ['PrometheusAgent', 'prometheus-agent', 'prometheusagent'],
      ['ThanosRuler', 'thanos-ruler', 'thanos-ruler'],
    ] as const
  ).map(([kind, name, own]): [string, object, Record<string, never>] => [
    `monitoring.coreos.com/${kind}`,
    {
      'app.kubernetes.io/instance': 'db',
      'app.kubernetes.io/managed-by': 'prometheus-operator',
      'app.kubernetes.io/name': name,
      [own]: 'db',
    },
    {},
  ]),
  [
    'postgresql.cnpg.io/Cluster',
    { 'cnpg.io/cluster': 'db', 'cnpg.io/podRole': 'instance' },
    {
      'cnpg.io/instanceName': ['db-1', 'db-x'],
      'cnpg.io/instanceRole': ['primary', 'primary2'],
      role: ['replica', 'a replica'],
    },
  ],
  ['elasticsearch.k8s.elastic.co/Elasticsearch', { 'elasticsearch.k8s.elastic.co/cluster-name': 'db' }, {}],
  ['kafka.strimzi.io/Kafka', { 'strimzi.io/cluster': 'db', 'strimzi.io/kind': 'Kafka' }, {}],
  ['rabbitmq.com/RabbitmqCluster', { 'app.kubernetes.io/name': 'db' }, {}],
])('the operator of a %s labels the pods that it makes', (kind, known, values) => {
  const labels = operatedLabels(kind, 'db');
  if (labels === undefined) throw new Error('no labels');
  expectLabels(labels, known, values);
});

it('knows no operator of other kinds', () => {
  expect([operatedLabels('apps/Deployment', 'db'), operatedLabels('toString', 'db')]).toEqual([
    undefined,
    undefined,
  ]);
});
