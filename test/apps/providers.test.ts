import type { ClusterProfile } from 'seaworthy';
import { aks, App, Chart, check, eks, Environment, gke, k3s, ManifestSet } from 'seaworthy';
import { Manifests } from 'seaworthy/testing';
import { Boutique } from '../../apps/boutique/boutique';
import { Hello } from '../../apps/hello/hello';
import { ModelServer } from '../../apps/inference/model-server';
import { ClusterState } from '../../apps/monitoring/cluster-state';
import { Nodes } from '../../apps/monitoring/nodes';
import { Prometheus } from '../../apps/monitoring/prometheus';
import { PetStore } from '../../apps/pet-store/pet-store';
import { Foundation } from '../../apps/shop/foundation';
import { Logging } from '../../apps/shop/logging';
import { Shop } from '../../apps/shop/shop';
import { SockShop } from '../../apps/sock-shop/sock-shop';

/** What a platform team adds to each new cluster. */
const ADDED: ClusterProfile = {
  kubernetes: '1.34',
  nodePools: [{ name: 'gpu' }, { name: 'l4' }],
  ingress: { namespace: 'gateways' },
  monitoring: { namespace: 'monitoring' },
  prometheus: { address: 'http://prometheus.monitoring:9090' },
  installed: ['argo-rollouts', 'external-secrets', 'keda', 'prometheus-operator', 'snapshot-controller'],
};
const gateway = { name: 'public', namespace: 'gateways' };
const CLUSTERS: Readonly<Record<string, ClusterProfile>> = {
  eks: eks({ ...ADDED, gateway, storageClasses: ['gp3'] }),
  gke: gke({ ...ADDED, gateway }),
  aks: aks({ ...ADDED, gateway }),
  k3s: k3s(ADDED),
};

const IDENTITY = {
  aws: 'arn:aws:iam::111122223333:role/shop',
  gcp: 'shop@acme.iam.gserviceaccount.com',
  azure: '00000000-0000-4000-8000-000000000000',
};

/** All applications on one cluster, without a word about who runs it. */
function deploy(environment: Environment): void {
  new Hello(environment, 'hello');
  new Boutique(environment, 'boutique', { replicas: 2 });
  new Foundation(environment, 'foundation');
  new Logging(environment, 'logging', { loki: 'loki.example' });
  new Shop(environment, 'shop', {
    host: 'shop.example',
    logLevel: 'info',
    live: true,
    replicas: { min: 3, max: 20, cpu: '70%' },
    databaseSize: '20Gi',
    secretStore: 'store',
    recommends: true,
    identity: IDENTITY,
    archive: { server: 'files.example', path: '/orders' },
    analysts: '10.20.0.0/16',
  });
  new SockShop(environment, 'sock-shop', { host: 'socks.example', replicas: 2 });
  new PetStore(environment, 'pet-store', { secretStore: 'store', ordersPerHour: 100 });
  new Nodes(environment, 'nodes');
  new ClusterState(environment, 'cluster-state');
  new Prometheus(environment, 'monitoring', { retention: '30d', disk: '100Gi', host: 'grafana.example' });
  new ModelServer(new Chart(environment, 'models', { namespace: 'models' }), 'llama', {
    model: 'llama',
    host: 'llama.example',
    servers: { min: 1, max: 4 },
    prometheus: 'http://prometheus.monitoring:9090',
  });
}

const app = new App();
for (const [name, profile] of Object.entries(CLUSTERS)) deploy(new Environment(app, name, profile));
const everywhere = Manifests.from(app);

const DISK = ['gp3', 'standard-rwo', 'managed-csi', 'local-path'];
const CLAIM = 'spec.volumeClaimTemplates[0].spec.storageClassName';
const EPHEMERAL = 'spec.template.spec.volumes[0].ephemeral.volumeClaimTemplate.spec.storageClassName';
const WITH_GATEWAY = ['made', 'made', 'made', ''];
const WITHOUT = ['', '', '', 'made'];
const onGateways = (value: string): readonly string[] => [value, value, value, ''];
const CANARY = 'spec.strategy.canary';
const PLUGIN = 'trafficRouting.plugins[argoproj-labs/gatewayAPI]';
const LOAD_BALANCER = 'metadata.annotations[service.beta.kubernetes.io/aws-load-balancer-scheme]';
const ON_EKS = ['internet-facing', '', '', ''];

/** Object and field, and what stands there on EKS, GKE, AKS and k3s. */
const DIFFERENCES: readonly (readonly [object: string, field: string, ...values: string[]])[] = [
  // Which class disks are of.
  ['Deployment models-llama', EPHEMERAL, ...DISK],
  ['Deployment shop-recommender', EPHEMERAL, ...DISK],
  ['PersistentVolumeClaim shop-db-backups', 'spec.storageClassName', ...DISK],
  ['PersistentVolumeClaim sock-shop-backups', 'spec.storageClassName', ...DISK],
  ['StatefulSet carts-db', CLAIM, ...DISK],
  ['StatefulSet catalogue-db', CLAIM, ...DISK],
  ['StatefulSet monitoring-prometheus', CLAIM, ...DISK],
  ['StatefulSet orders-db', CLAIM, ...DISK],
  ['StatefulSet pet-store-database', CLAIM, ...DISK],
  ['StatefulSet pet-store-queue', CLAIM, ...DISK],
  ['StatefulSet shop-db', CLAIM, ...DISK],
  ['StatefulSet user-db', CLAIM, ...DISK],

  // By which label a cloud tells the nodes of a pool apart.
  ...poolLabels('models-llama', 'l4'),
  ...poolLabels('shop-recommender', 'gpu'),

  // How customers are led in.
  ['HTTPRoute sock-shop-edge', '', ...WITH_GATEWAY],
  ['HTTPRoute models-llama', '', ...WITH_GATEWAY],
  ['HTTPRoute monitoring-grafana', '', ...WITH_GATEWAY],
  ['HTTPRoute shop-api', '', ...WITH_GATEWAY],
  ['HTTPRoute shop-edge', '', ...WITH_GATEWAY],
  ['Ingress sock-shop-edge', '', ...WITHOUT],
  ['Ingress models-llama', '', ...WITHOUT],
  ['Ingress monitoring-grafana', '', ...WITHOUT],
  ['Ingress shop-api', '', ...WITHOUT],
  ['Ingress shop-edge', '', ...WITHOUT],
  ['Service boutique-frontend-external', LOAD_BALANCER, ...ON_EKS],
  ['Service shop-couriers-public', LOAD_BALANCER, ...ON_EKS],
  ['Service store-admin', LOAD_BALANCER, ...ON_EKS],
  ['Service store-front', LOAD_BALANCER, ...ON_EKS],

  // How a canary gets its share: where a Gateway splits requests, by Services of its own; else by the number of pods.
  ...['models-llama', 'shop-api'].flatMap((name): [string, string, ...string[]][] => [
    [`Rollout ${name}`, `${CANARY}.canaryService`, ...onGateways(`${name}-canary`)],
    [`Rollout ${name}`, `${CANARY}.stableService`, ...onGateways(`${name}-stable`)],
    [`Rollout ${name}`, `${CANARY}.${PLUGIN}.httpRoutes[0]`, ...WITH_GATEWAY],
    [`Rollout ${name}`, `${CANARY}.${PLUGIN}.namespace`, ...onGateways(name.split('-')[0] ?? '')],
    [`Service ${name}-canary`, '', ...WITH_GATEWAY],
    [`Service ${name}-stable`, '', ...WITH_GATEWAY],
    [`ServiceMonitor ${name}`, 'spec.endpoints[0].relabelings[0]', ...WITH_GATEWAY],
  ]),

  // As whom invoices are stored.
  ...identified('Deployment', 'shop-worker', 'spec.template'),
  ...identified('ScaledJob', 'shop-invoices', 'spec.jobTargetRef.template'),
];

test('the clusters differ here, and nowhere else', () => {
  expect(differences().map(String).toSorted()).toEqual(DIFFERENCES.map(String).toSorted());
});

test('under Flagger the same apps have Canaries instead of Rollouts, and Flagger makes their routes', () => {
  const flagger = new App();
  const installed = [
    'flagger',
    'external-secrets',
    'keda',
    'prometheus-operator',
    'snapshot-controller',
  ] as const;
  deploy(new Environment(flagger, 'gke', gke({ ...ADDED, gateway, installed })));
  const there = Manifests.from(flagger);
  const named = (app: Manifests): string[] =>
    [...app.resourcesOf('gke')].map(({ id }) => `${id.kind} ${id.name}`);
  const [argo, now] = [named(everywhere), named(there)];
  expect(argo.filter((each) => !now.includes(each)).toSorted()).toEqual([
    'AnalysisTemplate models-llama',
    'AnalysisTemplate order-service',
    'AnalysisTemplate shop-api',
    'HTTPRoute models-llama',
    'HTTPRoute shop-api',
    // Nothing splits the requests of order-service, which Flagger needs: it has one pod, and no rollout in steps.
    'PodDisruptionBudget order-service',
    'Rollout models-llama',
    'Rollout order-service',
    'Rollout shop-api',
    'Service models-llama-canary',
    'Service models-llama-stable',
    'Service shop-api-canary',
    'Service shop-api-stable',
    'ServiceMonitor models-llama',
    'ServiceMonitor shop-api',
  ]);
  expect(now.filter((each) => !argo.includes(each)).toSorted()).toEqual([
    'Canary models-llama',
    'Canary shop-api',
    'MetricTemplate models-llama-restarts',
    'MetricTemplate shop-api-errors',
    'MetricTemplate shop-api-latency',
    'PodMonitor models-llama',
    'PodMonitor shop-api',
  ]);
  expect(check(there.set).filter(({ severity }) => severity === 'error')).toEqual([]);
});

test('a namespace of the level restricted takes every pod, but those that read the files of their node', () => {
  const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' };
  const home = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'home', labels } };
  const workloads = [...everywhere.resourcesOf('eks')].flatMap(({ id, object }) =>
    RUNS_PODS.has(id.kind) ? [{ ...object, metadata: { name: id.name, namespace: 'home' } }] : [],
  );
  expect(workloads.length).toBeGreaterThan(40);
  const refused = check(ManifestSet.of([home, ...workloads])).filter(
    ({ rule }) => rule === 'admission/pod-security',
  );
  expect(new Set(refused.map(({ id }) => `${id.kind} ${id.name}`))).toEqual(
    new Set(['DaemonSet logging-agent', 'DaemonSet nodes-exporter']),
  );
});

const RUNS_PODS: ReadonlySet<string> = new Set(['CronJob', 'DaemonSet', 'Deployment', 'Job', 'StatefulSet']);

/** Every value of an object by its path, and every item of a list as `made`, so that it is there or not. */
function fieldsOf(value: unknown, path: string): [string, string][] {
  if (typeof value !== 'object' || value === null) return [[path, String(value)]];
  return Object.entries(value).flatMap(([key, item]) => {
    const isName = !Array.isArray(value) && /^\w+$/.test(key);
    const at = isName ? `${path}${path.endsWith(' ') ? '' : '.'}${key}` : `${path}[${key}]`;
    return [...(Array.isArray(value) ? [[at, 'made'] as [string, string]] : []), ...fieldsOf(item, at)];
  });
}

/** The fields whose values are not the same in all clusters. What is not there at all is told once. */
function differences(): string[][] {
  const fields = new Map<string, string[]>();
  const providers = Object.keys(CLUSTERS);
  for (const [index, provider] of providers.entries())
    for (const { id, object } of everywhere.resourcesOf(provider))
      for (const [field, value] of [
        [`${id.kind} ${id.name} `, 'made'] as const,
        ...fieldsOf(object, `${id.kind} ${id.name} `),
      ]) {
        const values = fields.get(field) ?? providers.map(() => '');
        values[index] = value;
        fields.set(field, values);
      }
  const rows = [...fields].filter(([, values]) => new Set(values).size > 1);
  const told = rows.filter(([, values]) => values.includes('made')).map(([field]) => field);
  return rows
    .filter(([field]) => !told.some((other) => other !== field && field.startsWith(other)))
    .map(([field, values]) => {
      const [kind = '', name = '', path = ''] = field.split(' ');
      return [`${kind} ${name}`, path, ...values];
    });
}

/** The label by which the nodes of a pool are asked for, on each cloud another. */
function poolLabels(deployment: string, pool: string): (readonly [string, string, ...string[]])[] {
  const keys = [
    'eks.amazonaws.com/nodegroup',
    'cloud.google.com/gke-nodepool',
    'kubernetes.azure.com/agentpool',
  ];
  return keys.map((key, at) => [
    `Deployment ${deployment}`,
    `spec.template.spec.nodeSelector[${key}]`,
    ...[0, 1, 2, 3].map((place) => (place === at ? pool : '')),
  ]);
}

/** What tells each cloud as whom the pods of a workload call it, and lets them out to where GKE gives them their token. */
function identified(
  kind: string,
  name: string,
  template: string,
): (readonly [string, string, ...string[]])[] {
  const account = `ServiceAccount ${name}`;
  return [
    [`${kind} ${name}`, `${template}.metadata.labels[azure.workload.identity/use]`, '', '', 'true', ''],
    [`NetworkPolicy ${name}`, 'spec.egress[3]', '', 'made', '', ''],
    [`NetworkPolicy ${name}`, 'spec.egress[4]', '', 'made', '', ''],
    [account, 'metadata.annotations[eks.amazonaws.com/role-arn]', IDENTITY.aws, '', '', ''],
    [account, 'metadata.annotations[iam.gke.io/gcp-service-account]', '', IDENTITY.gcp, '', ''],
    [account, 'metadata.annotations[azure.workload.identity/client-id]', '', '', IDENTITY.azure, ''],
  ];
}
