import { ManifestSet } from '../manifest/set';
import { Cluster } from './cluster';
import { selects } from './label-index';
import { knownPods, longRunning, podIndex, podsAt, podsByOwner, podsOf, type Pods } from './pods';

const PORT = { name: 'dns', containerPort: 53, protocol: 'UDP' };
const spec = { containers: [{ name: 'web', image: 'web' }] };
const template = { metadata: { labels: { app: 'web' } }, spec };

function object(apiVersion: string, kind: string, of: object): object {
  return { apiVersion, kind, metadata: { name: 'web', namespace: 'shop' }, spec: of };
}

function podsIn(made: object): Pods {
  const [pods] = podsByOwner(new Cluster(ManifestSet.of([made]))).values();
  if (pods === undefined) throw new Error('makes no pods');
  return pods;
}

it.each([
  ['v1', 'Pod', spec, 'spec'],
  ['apps/v1', 'Deployment', { template }, 'spec.template.spec'],
  ['apps/v1', 'StatefulSet', { template }, 'spec.template.spec'],
  ['batch/v1', 'CronJob', { jobTemplate: { spec: { template } } }, 'spec.jobTemplate.spec.template.spec'],
  ['keda.sh/v1alpha1', 'ScaledJob', { jobTargetRef: { template } }, 'spec.jobTargetRef.template.spec'],
  ['argoproj.io/v1alpha1', 'Rollout', { template }, 'spec.template.spec'],
  ['apps.kruise.io/v1alpha1', 'CloneSet', { template }, 'spec.template.spec'],
  ['serving.knative.dev/v1', 'Service', { template }, 'spec.template.spec'],
])('finds the pods of a %s %s', (apiVersion, kind, of, path) => {
  const pods = podsIn(object(apiVersion, kind, of));
  expect(pods.spec.path).toBe(path);
  expect(pods.metadata.path).toBe(path.replace(/(^|\.)spec$/, '$1metadata'));
  expect(pods.containers.map(({ field }) => field.path)).toEqual([`${path}.containers[0]`]);
  expect([pods.namespace, pods.isOperated]).toEqual(['shop', false]);
});

it.each([
  ['v1', 'Service', { template }],
  ['argoproj.io/v1alpha1', 'Rollout', { workloadRef: { name: 'web' } }],
  ['apps/v1', 'Deployment', { template: { spec: {} } }],
])('finds no pods in a %s %s without a template', (apiVersion, kind, of) => {
  expect(podsByOwner(new Cluster(ManifestSet.of([object(apiVersion, kind, of)]))).size).toBe(0);
});

describe('labels that a controller adds', () => {
  const match = (made: object, matchLabels: Record<string, string>): boolean =>
    selects({ matchLabels }, podsIn(made));

  it.each([
    ['apps/v1', 'StatefulSet', 'statefulset.kubernetes.io/pod-name', 'web-0', 'db-0'],
    ['apps/v1', 'StatefulSet', 'apps.kubernetes.io/pod-index', '12', 'first'],
    ['apps/v1', 'StatefulSet', 'controller-revision-hash', 'web-6d5f', '6d5f'],
    ['apps/v1', 'Deployment', 'pod-template-hash', '6d5f8c9b7d', 'A'],
    ['apps/v1', 'DaemonSet', 'pod-template-generation', '1', 'one'],
    ['batch/v1', 'Job', 'batch.kubernetes.io/job-name', 'web', 'web-1'],
    ['batch/v1', 'Job', 'job-name', 'web', 'other'],
    ['batch/v1', 'Job', 'batch.kubernetes.io/job-completion-index', '0', 'x'],
    ['argoproj.io/v1alpha1', 'Rollout', 'rollouts-pod-template-hash', '6d5f8c9b7d', '-'],
    ['apps.kruise.io/v1alpha1', 'CloneSet', 'apps.kruise.io/cloneset-instance-id', 'x7k2p', 'X'],
    ['serving.knative.dev/v1', 'Service', 'serving.knative.dev/service', 'web', 'shop'],
    ['serving.knative.dev/v1', 'Service', 'serving.knative.dev/revision', 'web-00001', 'web'],
    ['serving.knative.dev/v1', 'Service', 'serving.knative.dev/configurationGeneration', '3', 'three'],
    ['serving.knative.dev/v1', 'Service', 'serving.knative.dev/serviceUID', '95a40', 'web'],
  ])('of a %s %s: %s', (apiVersion, kind, label, value, other) => {
    const made = object(apiVersion, kind, { template });
    expect(match(made, { app: 'web', [label]: value })).toBe(true);
    expect(match(made, { app: 'web', [label]: other })).toBe(false);
    expect(match(made, { app: 'shop', [label]: value })).toBe(false);
  });

  it('of a CronJob are those of its Jobs', () => {
    const made = object('batch/v1', 'CronJob', { jobTemplate: { spec: { template } } });
    expect(match(made, { 'job-name': 'web-28912345' })).toBe(true);
    expect(match(made, { 'job-name': 'web' })).toBe(false);
  });

  it('take no part in a name with signs that mean something in a pattern', () => {
    const made = { ...object('apps/v1', 'StatefulSet', { template }), metadata: { name: 'a.b' } };
    expect(match(made, { 'statefulset.kubernetes.io/pod-name': 'a.b-0' })).toBe(true);
    expect(match(made, { 'statefulset.kubernetes.io/pod-name': 'axb-0' })).toBe(false);
  });

  it('are not those of a template that is not known', () => {
    const made = object('example.com/v1', 'Fleet', { template });
    expect(match(made, { 'pod-template-hash': 'abc' })).toBe(false);
  });
});

describe('pods of an operator', () => {
  const cluster = {
    apiVersion: 'postgresql.cnpg.io/v1',
    kind: 'Cluster',
    metadata: { name: 'db', namespace: 'shop' },
    spec: { instances: 3 },
  };

  it('are known by their labels only', () => {
    const pods = podsIn(cluster);
    expect(pods.labels).toEqual({ 'cnpg.io/cluster': 'db', 'cnpg.io/podRole': 'instance' });
    expect([pods.isOperated, pods.containers]).toEqual([true, []]);
    const primary = { 'cnpg.io/cluster': 'db', 'cnpg.io/instanceRole': 'primary' };
    expect(selects({ matchLabels: primary }, pods)).toBe(true);
  });

  it('are found by label, and are not among those whose templates are judged', () => {
    const both = new Cluster(ManifestSet.of([cluster, object('apps/v1', 'Deployment', { template })]));
    expect(podsOf(both).map(({ kind }) => kind)).toEqual(['apps/Deployment']);
    const found = podIndex(both).select({ matchLabels: { 'cnpg.io/cluster': 'db' } }, ['shop']);
    expect(found.map(({ kind }) => kind)).toEqual(['postgresql.cnpg.io/Cluster']);
  });

  it('have the labels that Prometheus and the resource give them', () => {
    const made = {
      ...object('monitoring.coreos.com/v1', 'ThanosRuler', { podMetadata: { labels: { team: 'a' } } }),
    };
    expect(podsIn(made).labels).toEqual({
      'app.kubernetes.io/instance': 'web',
      'app.kubernetes.io/managed-by': 'prometheus-operator',
      'app.kubernetes.io/name': 'thanos-ruler',
      'thanos-ruler': 'web',
      team: 'a',
    });
  });
});

it('knows the pods that are in the cluster already, after those to judge', () => {
  const assume = ManifestSet.of([object('v1', 'Pod', spec)]);
  const cluster = new Cluster(
    ManifestSet.of([object('apps/v1', 'Deployment', { template })]),
    {},
    { assume },
  );
  expect(podsOf(cluster).map(({ kind }) => kind)).toEqual(['apps/Deployment']);
  expect(knownPods(cluster).map(({ kind }) => kind)).toEqual(['apps/Deployment', '/Pod']);
});

describe('containers', () => {
  const pods = podsIn(
    object('v1', 'Pod', {
      initContainers: [{ name: 'migrate' }, { name: 'proxy', restartPolicy: 'Always' }, { image: 'x' }],
      containers: [{ name: 'web', restartPolicy: 'Always', ports: [{ containerPort: 8080 }, PORT] }, {}],
      ephemeralContainers: [{ name: 'debug' }],
    }),
  );

  it('have a role, and a name or the index that they stand at', () => {
    expect(pods.containers.map(({ name, role }) => `${name} ${role}`)).toEqual([
      'migrate init',
      'proxy sidecar',
      'initContainers[2] init',
      'web main',
      'containers[1] main',
      'debug ephemeral',
    ]);
  });

  it('run as long as the pod if they are main ones or sidecars', () => {
    expect(longRunning(pods).map(({ name }) => name)).toEqual(['proxy', 'web', 'containers[1]']);
  });

  it('have ports, by TCP unless they say otherwise', () => {
    const ports = pods.containers[3]?.ports.map(({ field, ...port }) => ({ path: field.path, ...port }));
    expect(ports).toEqual([
      { path: 'spec.containers[0].ports[0]', name: '', number: 8080, protocol: 'TCP' },
      { path: 'spec.containers[0].ports[1]', name: 'dns', number: 53, protocol: 'UDP' },
    ]);
  });
});

it('finds the pods of one object as it finds those of all, whoever is asked for first', () => {
  const canary = {
    apiVersion: 'flagger.app/v1beta1',
    kind: 'Canary',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' } },
  };
  const deployment = object('apps/v1', 'Deployment', { selector: { matchLabels: { app: 'web' } }, template });
  const set = ManifestSet.of([canary, deployment, object('v1', 'ConfigMap', {})]);
  const assume = ManifestSet.of([{ ...deployment, metadata: { name: 'db', namespace: 'shop' } }]);
  const [all, single] = [new Cluster(set, {}, { assume }), new Cluster(set, {}, { assume })];
  const owners = [...set, ...assume];
  expect(owners.map((manifest) => podsAt(single, manifest)?.labels)).toEqual(
    owners.map((manifest) => podsByOwner(all).get(manifest)?.labels),
  );
  for (const manifest of owners) expect(podsAt(single, manifest)).toBe(podsByOwner(single).get(manifest));
  const [stranger] = ManifestSet.of([deployment]);
  expect(stranger && podsAt(single, stranger)).toBeUndefined();
});
