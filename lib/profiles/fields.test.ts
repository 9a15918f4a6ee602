import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject } from 'cdk8s';
import type { Chart, ClusterProfile, MeshedAs, NodePool, Taint } from '..';
import {
  canary,
  check,
  ingress,
  internet,
  monitoring,
  Namespace,
  PersistentVolumeClaim,
  SealedSecret,
  SeaworthyError,
  StatefulService,
  WebService,
  Worker,
} from '..';
import { rendered } from '../../test/constructs/rendering';

type Build = (chart: Chart) => unknown;

/** What a program comes to in a cluster: objects, findings, or what is wrong with it. */
function outcome(build: Build, profile: ClusterProfile): string {
  try {
    const set = rendered(build, { profile, chart: { namespace: 'shop' } });
    const findings = check(set).map(({ rule, id, path, message }) =>
      [rule, id.kind, path, message].join(' '),
    );
    return [set.toYaml(), ...findings].join('\n');
  } catch (error) {
    if (!(error instanceof SeaworthyError)) throw error;
    return JSON.stringify(error.problems);
  }
}

const image = 'acme/app:1.0.0';
const web =
  (props: object): Build =>
  (chart) =>
    new WebService(chart, 'web', { image, port: 80, ...props });
const worker =
  (props: object): Build =>
  (chart) =>
    new Worker(chart, 'app', { image, ...props });

const SEALING = join(__dirname, '../../test/constructs/sealing');
const STRICT = { name: 'shop', podSecurity: 'restricted' } as const;
const APART = {
  podAntiAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: [
      {
        topologyKey: 'kubernetes.io/hostname',
        labelSelector: { matchLabels: { 'app.kubernetes.io/name': 'shop-app' } },
      },
    ],
  },
};
const GATEWAY = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'Gateway',
  metadata: { name: 'edge' },
  spec: { gatewayClassName: 'mine', listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }] },
};

const taint: Taint = { key: 'gpu', value: 'yes', effect: 'NoSchedule' };
const pool: NodePool = { name: 'gpu', labels: { pool: 'gpu' }, taints: [taint] };
const pools = (own: Partial<NodePool>): ClusterProfile => ({ nodePools: [{ ...pool, ...own }] });
const onPool = worker({ nodePool: 'gpu' });
const tainted = (own: Partial<Taint>): ClusterProfile => pools({ taints: [{ ...taint, ...own }] });

const gateway = { name: 'edge', namespace: 'infra' };
const routed = web({ route: { host: 'shop.example' } });
const secured = web({ route: { host: 'shop.example', tls: true } });
const withIssuer: ClusterProfile = {
  ingressClass: 'nginx',
  clusterIssuer: 'letsencrypt',
  installed: ['cert-manager'],
};
const open: Build = (chart) => (web({})(chart) as WebService).expose('world', { type: 'LoadBalancer' });
const inside = web({ service: { type: 'LoadBalancer', internal: true } });
const fromIngress: Build = (chart) => (web({})(chart) as WebService).allowFrom(ingress());
const fromMonitoring: Build = (chart) => (web({})(chart) as WebService).allowFrom(monitoring());
/** Scales by a queue that policies isolate, where KEDA asks it. */
const queued: Build = (chart) => {
  const queue = new StatefulService(chart, 'queue', { image, port: 5672 });
  const host = `amqp://${queue.host}.shop:5672/`;
  const replicas = { max: 3, on: [{ rabbitmq: { queue: 'orders', length: 20, host } }] };
  (worker({ replicas })(chart) as Worker).connectsTo(queue);
};
const asking: Build = (chart) =>
  (worker({})(chart) as Worker).grant('get', 'pods').allowTo(internet(), { port: 443 });
const toHost: Build = (chart) =>
  (worker({})(chart) as Worker).connectsTo(internet({ fqdn: 'a.example' }), { port: 443 });
const identified = worker({ identity: { aws: 'arn:aws:iam::111122223333:role/app' } });
const onDisk: Build = (chart) => new PersistentVolumeClaim(chart, 'disk', { size: '1Gi' });
const sealed: Build = (chart) =>
  new SealedSecret(chart, 'token', {
    keys: { token: 'sealed' },
    lock: join(SEALING, 'sealed.lock'),
  });
const telling = worker({ telemetry: true });
const endpoint = 'http://collector:4317';

/** Joins the mesh, whose proxies have a Gateway to attach retries to. */
const meshed: Build = (chart) => {
  const db = new StatefulService(chart, 'db', { image, port: 5432 });
  (web({ traffic: { timeout: '2s' } })(chart) as WebService).connectsTo(db);
};
const ambient = { kind: 'istio', mode: 'ambient', waypoint: 'way' } as const;
const meshedPlace = (own: MeshedAs): ClusterProfile => ({
  mesh: ambient,
  ingress: { namespace: 'edge', mesh: own },
});

const selecting = (own: object): ClusterProfile => ({
  prometheus: { address: 'http://prometheus:9090', ...own },
  installed: ['prometheus-operator'],
});
const selector = { matchLabels: { release: 'a' } };
const inNamespace =
  (build: Build): Build =>
  (chart) => [new Namespace(chart, 'home', { name: 'shop' }), build(chart)];
const served = inNamespace(web({ scrape: {}, alerts: ['restarts'] }));
const pods = inNamespace(worker({ ports: { metrics: 9090 }, scrape: {}, alerts: ['restarts'] }));
const canaried = web({ route: { host: 'shop.example' }, rollout: canary(['5%'], { abortOn: ['restarts'] }) });
const ROLLOUTS: ClusterProfile = {
  gateway,
  installed: ['argo-rollouts', 'prometheus-operator'],
  prometheus: { address: 'http://prometheus:9090' },
};

/** A program for each field, and two profiles between which only that differs. */
const FIELDS: Readonly<Record<string, readonly [Build, ClusterProfile, ClusterProfile]>> = {
  'ClusterProfile.kubernetes': [
    worker({ lifecycle: { preStop: { sleep: 5 } } }),
    { kubernetes: '1.36' },
    { kubernetes: '1.28' },
  ],
  'ClusterProfile.featureGates': [
    (chart) => new StatefulService(chart, 'db', { image, port: 5432, rollout: { maxUnavailable: 2 } }),
    { kubernetes: '1.34' },
    { kubernetes: '1.34', featureGates: { MaxUnavailableStatefulSet: true } },
  ],
  'ClusterProfile.provider': [
    onPool,
    { provider: 'eks', nodePools: [{ name: 'gpu' }] },
    { provider: 'gke', nodePools: [{ name: 'gpu' }] },
  ],
  'ClusterProfile.awsIdentity': [
    identified,
    { provider: 'eks', awsIdentity: 'irsa' },
    { provider: 'eks', awsIdentity: 'pod-identity' },
  ],
  'ClusterProfile.nodePools': [onPool, pools({}), {}],
  'NodePool.name': [onPool, pools({}), pools({ name: 'cpu' })],
  'NodePool.labels': [onPool, pools({}), pools({ labels: { pool: 'other' } })],
  'NodePool.taints': [onPool, pools({}), pools({ taints: [] })],
  'Taint.key': [onPool, tainted({}), tainted({ key: 'tpu' })],
  'Taint.value': [onPool, tainted({}), tainted({ value: 'no' })],
  'Taint.effect': [onPool, tainted({}), tainted({ effect: 'NoExecute' })],
  'NodePool.zones': [
    worker({ replicas: 3, nodePool: 'gpu', spread: { zones: 'hard' } }),
    pools({ zones: ['a', 'b', 'c'] }),
    pools({ zones: [] }),
  ],
  'NodePool.allocatable': [
    worker({ nodePool: 'gpu', resources: { cpu: 8 } }),
    pools({ allocatable: { cpu: '16' } }),
    pools({ allocatable: { cpu: '4' } }),
  ],
  'NodePool.instanceType': [
    worker({ nodePool: 'gpu', resources: { cpu: 3 } }),
    pools({ instanceType: 'm7g.xlarge' }),
    pools({ instanceType: 'm7g.large' }),
  ],
  'NodePool.size': [
    worker({ replicas: 3, nodePool: 'gpu', affinity: APART }),
    pools({ size: 3 }),
    pools({ size: 2 }),
  ],
  'NodePool.max': [
    worker({ replicas: 3, nodePool: 'gpu', affinity: APART }),
    pools({ size: 1, max: 3 }),
    pools({ size: 1, max: 2 }),
  ],
  'ClusterProfile.storageClasses': [onDisk, { storageClasses: ['gp3'] }, { storageClasses: ['io2'] }],
  'ClusterProfile.loadBalancers': [inside, { loadBalancers: { internal: { a: 'b' } } }, {}],
  'LoadBalancers.external': [
    open,
    { loadBalancers: { external: { a: 'b' } } },
    { loadBalancers: { external: { a: 'c' } } },
  ],
  'LoadBalancers.internal': [
    inside,
    { loadBalancers: { internal: { a: 'b' } } },
    { loadBalancers: { internal: { a: 'c' } } },
  ],
  'ClusterProfile.ingressClass': [routed, { ingressClass: 'nginx' }, { ingressClass: 'traefik' }],
  'ClusterProfile.gateway': [routed, { gateway, ingressClass: 'nginx' }, { ingressClass: 'nginx' }],
  'GatewayRef.name': [routed, { gateway }, { gateway: { ...gateway, name: 'inside' } }],
  'GatewayRef.namespace': [routed, { gateway }, { gateway: { ...gateway, namespace: 'edge' } }],
  'GatewayRef.listener': [routed, { gateway }, { gateway: { ...gateway, listener: 'https' } }],
  'GatewayRef.listenerSets': [secured, { gateway }, { gateway: { ...gateway, listenerSets: true } }],
  'ClusterProfile.gatewayClasses': [
    (chart) => new ApiObject(chart, 'gateway', GATEWAY),
    { gatewayClasses: ['mine'] },
    { gatewayClasses: ['theirs'] },
  ],
  'ClusterProfile.gatewayApi': [
    web({ route: { protocol: 'TCP', listener: 'db' } }),
    { gateway },
    { gateway, gatewayApi: { version: '1.2', channel: 'standard' } },
  ],
  'GatewayApi.version': [
    web({ route: { host: 'a.example', protocol: 'TLS' } }),
    { gateway, gatewayApi: { version: '1.5' } },
    { gateway, gatewayApi: { version: '1.4' } },
  ],
  'GatewayApi.channel': [
    web({ route: { protocol: 'TCP', listener: 'db' } }),
    { gateway, gatewayApi: { version: '1.4', channel: 'experimental' } },
    { gateway, gatewayApi: { version: '1.4', channel: 'standard' } },
  ],
  'ClusterProfile.clusterIssuer': [secured, withIssuer, { ...withIssuer, clusterIssuer: 'own' }],
  'ClusterProfile.installed': [
    worker({ recommendResources: true }),
    { installed: ['vertical-pod-autoscaler'] },
    { installed: [] },
  ],
  'ClusterProfile.ingress': [fromIngress, { ingress: { namespace: 'edge' } }, {}],
  'ClusterProfile.monitoring': [fromMonitoring, { monitoring: { namespace: 'monitoring' } }, {}],
  'ClusterProfile.keda': [
    queued,
    { installed: ['keda'], keda: { namespace: 'scaling' } },
    { installed: ['keda'] },
  ],
  'PodsPlace.namespace': [
    fromIngress,
    { ingress: { namespace: 'edge' } },
    { ingress: { namespace: 'gateways' } },
  ],
  'PodsPlace.podLabels': [
    fromMonitoring,
    { monitoring: { namespace: 'monitoring', podLabels: { app: 'prometheus' } } },
    { monitoring: { namespace: 'monitoring' } },
  ],
  'PodsPlace.mesh': [fromIngress, meshedPlace(true), { mesh: ambient, ingress: { namespace: 'edge' } }],
  'MeshAccount.serviceAccount': [
    fromIngress,
    meshedPlace({ serviceAccount: 'envoy' }),
    meshedPlace({ serviceAccount: 'nginx' }),
  ],
  'ClusterProfile.apiServer': [asking, { apiServer: { cidrs: ['10.0.0.1/32'] } }, {}],
  'ApiServer.cidrs': [
    asking,
    { apiServer: { cidrs: ['10.0.0.1/32'] } },
    { apiServer: { cidrs: ['10.0.0.2/32'] } },
  ],
  'ApiServer.ports': [
    asking,
    { apiServer: { cidrs: ['10.0.0.1/32'], ports: [6443] } },
    { apiServer: { cidrs: ['10.0.0.1/32'], ports: [443] } },
  ],
  'ClusterProfile.mesh': [meshed, { mesh: 'istio', gateway }, { gateway }],
  'Istio.kind': [meshed, { mesh: { kind: 'istio' }, gateway }, { mesh: { kind: 'linkerd' }, gateway }],
  'Linkerd.kind': [meshed, { mesh: { kind: 'linkerd' }, gateway }, { mesh: { kind: 'istio' }, gateway }],
  'Istio.mode': [meshed, { mesh: ambient, gateway }, { mesh: { ...ambient, mode: 'sidecar' }, gateway }],
  'Istio.revision': [
    meshed,
    { mesh: { kind: 'istio', revision: '1-31' }, gateway },
    { mesh: { kind: 'istio', revision: '1-30' }, gateway },
  ],
  'Istio.waypoint': [
    meshed,
    { mesh: ambient, gateway },
    { mesh: { ...ambient, waypoint: 'other' }, gateway },
  ],
  'AnyMesh.namespace': [
    meshed,
    { mesh: { kind: 'istio', namespace: 'mesh' }, gateway },
    { mesh: 'istio', gateway },
  ],
  'AnyMesh.cni': [
    (chart) => new Worker(chart, 'app', { image, mesh: {} }) && new Namespace(chart, 'shop', STRICT),
    { mesh: { kind: 'istio', cni: true } },
    { mesh: { kind: 'istio', cni: false } },
  ],
  'AnyMesh.mtls': [
    meshed,
    { mesh: { kind: 'istio', mtls: 'strict' }, gateway },
    { mesh: { kind: 'istio', mtls: 'permissive' }, gateway },
  ],
  'ClusterProfile.trafficRouter': [canaried, ROLLOUTS, { ...ROLLOUTS, trafficRouter: 'pods' }],
  'ClusterProfile.telemetry': [telling, { telemetry: { endpoint } }, {}],
  'TelemetryEndpoint.endpoint': [
    telling,
    { telemetry: { endpoint } },
    { telemetry: { endpoint: 'http://other:4317' } },
  ],
  'TelemetryEndpoint.protocol': [
    telling,
    { telemetry: { endpoint, protocol: 'grpc' } },
    { telemetry: { endpoint, protocol: 'http/json' } },
  ],
  'ClusterProfile.cni': [toHost, { cni: 'cilium' }, { cni: 'other' }],
  'ClusterProfile.sealingCertificate': [
    sealed,
    { installed: ['sealed-secrets'], sealingCertificate: join(SEALING, 'sealing.pem') },
    { installed: ['sealed-secrets'] },
  ],
  'ClusterProfile.prometheus': [
    served,
    selecting({ serviceMonitorSelector: selector }),
    { installed: ['prometheus-operator'] },
  ],
  'PrometheusSelection.address': [
    canaried,
    ROLLOUTS,
    { ...ROLLOUTS, prometheus: { address: 'http://other:9090' } },
  ],
  ...Object.fromEntries(
    Object.entries({ serviceMonitor: served, podMonitor: pods, rule: pods }).flatMap(([name, build]) =>
      [`${name}Selector`, `${name}NamespaceSelector`].map((field) => [
        `PrometheusSelection.${field}`,
        [build, selecting({ [field]: selector }), selecting({})],
      ]),
    ),
  ),
};

/** The fields that a profile is declared to have, by the interface of each. */
const declared = ['cluster-profile.ts', 'mesh.ts', 'gateway-api.ts'].flatMap((file) =>
  [
    ...readFileSync(join(__dirname, file), 'utf8').matchAll(/^export interface (\w+)[^{]*\{([^]*?)\n\}/gm),
  ].flatMap(([, name = '', body = '']) =>
    [...body.matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, field = '']) => `${name}.${field}`),
  ),
);

/** What targets of synth read: test/gitops tries it. */
const BY_TARGETS = ['ClusterProfile.argoCdCluster', 'ClusterProfile.spinnakerAccount'];
/** What `fit` reads: lib/fit/pools tries it. */
const BY_FIT = ['NodePool.min', 'NodePool.hourlyPrice'];

test('each field that a profile may have is tried', () => {
  const ofProfiles = declared.filter(
    (field) => !field.startsWith('GatewayField.') && ![...BY_TARGETS, ...BY_FIT].includes(field),
  );
  expect(Object.keys(FIELDS).toSorted()).toEqual(ofProfiles.toSorted());
});

test.each(Object.entries(FIELDS))('%s changes what is rendered or reported', (_, [build, one, other]) => {
  expect(outcome(build, one)).not.toBe(outcome(build, other));
});
