import type {
  AlertProp,
  App,
  ClusterProfile,
  ContainerProps,
  PodProps,
  WorkloadProps,
  ConfigMapProps,
  ClusterRoleBindingProps,
  ClusterRoleProps,
  CronJobProps,
  ExternalSecretProps,
  HelmChartProps,
  JobProps,
  MigrationProps,
  KubeObjectProps,
  NamespaceProps,
  NodeAgentProps,
  PersistentVolumeClaimProps,
  PersistentVolumeProps,
  Replicas,
  RoleBindingProps,
  RoleProps,
  SealedSecretProps,
  ScaledJobProps,
  RouteLike,
  RoutePath,
  RouteRule,
  SecretsStoreProps,
  SopsSecretProps,
  SecretProps,
  SharedRouteProps,
  ServiceAccountProps,
  StatefulServiceProps,
  StorageClassProps,
  VolumeSnapshotProps,
  WebServiceProps,
  WorkerProps,
} from '../../lib';
import {
  blueGreen,
  canary,
  pause,
  Chart,
  ConfigMap,
  ClusterRole,
  ClusterRoleBinding,
  CronJob,
  Environment,
  existing,
  ExternalSecret,
  group,
  HelmChart,
  Job,
  keyOf,
  KubeObject,
  Migration,
  Namespace,
  NodeAgent,
  PersistentVolume,
  PersistentVolumeClaim,
  Role,
  RoleBinding,
  SealedSecret,
  ScaledJob,
  Route,
  SecretsStore,
  SopsSecret,
  Secret,
  ServiceAccount,
  serviceAccount,
  StatefulService,
  StorageClass,
  VolumeSnapshot,
  user,
  WebService,
  Worker,
  ingress,
  internet,
  monitoring,
  namespace,
} from '../../lib';
import { join } from 'node:path';
import type { MountOptions } from '../../lib/constructs/workloads/container/storage';
import type { Construct } from 'constructs';
import { exampleProps } from './examples';

/**
 * A construct with every prop that it takes, in as many programs as contradictions require. The first program of a workload
 * begins with the examples in the docstrings.
 */
export interface Maximal {
  readonly name: string;
  /** Each makes the props anew, so that a test may take something away. `chart` is for what they refer to. */
  readonly variants: readonly ((chart: Chart) => object)[];
  /** Makes the construct, and what shows its effect. */
  readonly create: (app: App, chart: Chart, props: never) => unknown;
}

/** The lock has what the programs below seal. */
const SEALING = {
  certificate: join(__dirname, 'sealing/other.pem'),
  lock: join(__dirname, 'sealing/sealed.lock'),
};

/** A cluster that knows all that constructs ask for. */
export const PROFILE: ClusterProfile = {
  provider: 'eks',
  loadBalancers: { external: { a: 'b' }, internal: { a: 'c' } },
  nodePools: [
    {
      name: 'gpu',
      labels: { pool: 'gpu' },
      taints: [{ key: 'gpu', value: 'yes', effect: 'NoSchedule' }],
      zones: ['a'],
      allocatable: { cpu: '4' },
      size: 3,
      min: 1,
      max: 4,
      hourlyPrice: 0.5,
      instanceType: 'g5.xlarge',
    },
  ],
  storageClasses: ['standard'],
  ingressClass: 'nginx',
  gateway: { name: 'edge', namespace: 'infra', listener: 'https', listenerSets: true },
  clusterIssuer: 'letsencrypt',
  ingress: { namespace: 'edge', podLabels: { app: 'envoy' } },
  monitoring: {
    namespace: 'monitoring',
    podLabels: { app: 'prometheus' },
    mesh: { serviceAccount: 'prometheus' },
  },
  keda: { namespace: 'keda', podLabels: { app: 'keda-operator' } },
  cni: 'cilium',
  mesh: { kind: 'istio', mode: 'ambient', waypoint: 'waypoint' },
  sealingCertificate: join(__dirname, 'sealing/sealing.pem'),
  telemetry: { endpoint: 'http://collector.monitoring:4317', protocol: 'grpc' },
  prometheus: {
    serviceMonitorSelector: { matchLabels: { release: 'prometheus' } },
    serviceMonitorNamespaceSelector: {},
    podMonitorSelector: { matchExpressions: [{ key: 'release', operator: 'In', values: ['a'] }] },
    podMonitorNamespaceSelector: {},
    ruleSelector: {},
    ruleNamespaceSelector: {},
    address: 'http://prometheus.monitoring:9090',
  },
  trafficRouter: 'pods',
  featureGates: { HPAScaleToZero: true },
  installed: [
    'argo-rollouts',
    'cert-manager',
    'external-secrets',
    'flux',
    'keda',
    'opentelemetry-operator',
    'prometheus-operator',
    'sealed-secrets',
    'secrets-store-csi-driver',
    'snapshot-controller',
    'vertical-pod-autoscaler',
    'sops-secrets-operator',
  ],
};

const { gateway: _gateway, ...INGRESS } = PROFILE;

/** The same without a Gateway: routes become Ingresses. */
export const INGRESS_PROFILE: ClusterProfile = INGRESS;

const RESOURCE = {
  name: 'given',
  namespace: 'other',
  labels: { team: 'checkout' },
  annotations: { note: 'a note' },
};

const { namespace: _namespace, ...NAMED } = RESOURCE;

function mount(name: string): MountOptions {
  return { name: `my-${name}`, readOnly: true, subPath: 'sub', mountPropagation: 'HostToContainer' };
}

const TIMING = { initialDelay: 11, period: 12, timeout: 13, failureThreshold: 14 };

function container(chart: Chart): ContainerProps {
  const settings = new ConfigMap(chart, 'settings', { data: { LEVEL: 'info' } });
  const login = new ExternalSecret(chart, 'login', { store: 'vault', keys: { password: 'db#password' } });
  const disk = new PersistentVolumeClaim(chart, 'disk', { size: '1Gi' });
  return {
    image: 'ghcr.io/acme/app:1.4.2',
    imagePullPolicy: 'Always',
    command: ['/app'],
    args: ['--verbose'],
    workingDir: '/srv',
    ports: {
      http: { port: 8080, hostPort: 8080 },
      dns: { port: 53, protocol: 'UDP' },
      metrics: 9090,
    },
    env: {
      TEXT: 'text',
      NUMBER: 5,
      LEVEL: { ...settings.key('LEVEL'), optional: true },
      PASSWORD: login.key('password'),
      OTHER: keyOf(existing('Secret', 'other'), 'key'),
      ADDRESS: { field: 'status.podIP' },
      MEMORY: { resource: 'limits.memory', divisor: '1Mi', container: 'main' },
      RAW: { value: 'raw' },
      RAW_FROM: { valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
    },
    envFrom: [settings, { from: login, prefix: 'LOGIN_', optional: true }],
    files: {
      '/etc/settings': settings,
      '/etc/level': settings.key('LEVEL'),
      '/etc/detail': { from: settings, items: { LEVEL: 'level.txt' }, mode: 0o400, optional: true },
      '/etc/projected': [
        { from: login, items: { password: 'password' }, optional: true },
        { token: { path: 'token', audience: 'vault', expiration: 600 } },
        { fields: { labels: 'metadata.labels' } },
      ],
    },
    storage: {
      '/cache': { temporary: 'memory', size: '1Gi', ...mount('cache') },
      '/disk': disk,
      '/claim': { claim: 'theirs', ...mount('theirs') },
      '/scratch': { ephemeral: '10Gi', storageClass: 'fast', ...mount('scratch') },
      '/node': { hostPath: '/var/log', type: 'Directory', ...mount('node') },
      '/nfs': { volume: { nfs: { server: 'files.example', path: '/' } }, ...mount('nfs') },
      '/theirs': { shared: 'my-theirs', readOnly: true, subPath: 'b', mountPropagation: 'None' },
    },
    resources: {
      cpu: '250m',
      memory: { request: '256Mi', limit: '512Mi' },
      'nvidia.com/gpu': 1,
    },
    probe: {
      readiness: {
        http: '/ready',
        port: 'metrics',
        scheme: 'HTTPS',
        host: 'app.example',
        headers: { 'X-Probe': 'yes' },
        ...TIMING,
        successThreshold: 2,
      },
      liveness: { tcp: 9090, host: 'app.example', ...TIMING, successThreshold: 1, terminationGracePeriod: 5 },
      startup: { grpc: 9090, service: 'app', ...TIMING, successThreshold: 1, terminationGracePeriod: 5 },
    },
    lifecycle: {
      postStart: { command: ['/start'] },
      preStop: { sleep: 5 },
    },
    containerSecurity: {
      profile: 'baseline',
      runAsUser: 1001,
      runAsGroup: 1002,
      runAsNonRoot: true,
      readOnlyRootFilesystem: true,
      allowPrivilegeEscalation: true,
      privileged: true,
      capabilities: { add: ['NET_ADMIN'], drop: ['KILL'] },
      seccomp: { localhost: 'profiles/app.json' },
    },
    tty: true,
  };
}

/** A container beside the main one. */
const HELPER: ContainerProps = {
  image: 'acme/helper:1',
  imagePullPolicy: 'Never',
  command: ['/helper'],
  args: ['--quiet'],
  workingDir: '/helper',
  port: 7000,
  ports: { admin: 7001 },
  env: { HELPS: 'yes' },
  envFrom: [existing('ConfigMap', 'helper')],
  files: { '/etc/helper': existing('ConfigMap', 'helper') },
  storage: { '/theirs': { temporary: 'memory' } },
  resources: { cpu: '1m' },
  probe: { liveness: { http: '/live', terminationGracePeriod: 4 } },
  lifecycle: { preStop: { sleep: 3 } },
  containerSecurity: { runAsUser: 7 },
  tty: true,
};

const POD: PodProps = {
  containerName: 'main',
  containers: { helper: HELPER },
  initContainers: { migrate: { image: 'acme/migrate:1' } },
  sidecars: { proxy: { image: 'acme/proxy:1', resources: { cpu: '1m' } } },
  security: {
    profile: 'baseline',
    runAsUser: 1000,
    runAsGroup: 1000,
    fsGroup: 2000,
    fsGroupChangePolicy: 'OnRootMismatch',
    supplementalGroups: [3000],
    runAsNonRoot: true,
    readOnlyRootFilesystem: true,
    allowPrivilegeEscalation: false,
    capabilities: { add: ['CHOWN'], drop: ['ALL'] },
    seccomp: 'Unconfined',
    sysctls: { 'kernel.shm_rmid_forced': '1' },
  },
  imagePullSecrets: ['registry', existing('Secret', 'mirror')],
  terminationGracePeriod: 60,
  podLabels: { tier: 'backend' },
  podAnnotations: { 'example.com/note': 'pods' },
  hostNetwork: true,
  hostPID: true,
  dnsPolicy: 'None',
  dnsConfig: { nameservers: ['10.0.0.10'] },
  hostAliases: { '10.1.2.3': ['db.example'] },
  enableServiceLinks: false,
  nodeSelector: { disk: 'ssd' },
  nodePool: 'gpu',
  affinity: { podAffinity: {} },
  tolerations: [
    { key: 'a', operator: 'Equal', value: 'b', effect: 'NoExecute', tolerationSeconds: 60 },
    { effect: 'NoSchedule' },
  ],
  spread: { zones: 'hard', hosts: 'hard' },
  priorityClass: 'high',
  runtimeClass: 'gvisor',
  scheduler: 'mine',
};

/** What POD cannot say at the same time. */
const OTHER_POD: PodProps = {
  shareProcessNamespace: true,
  hostIPC: true,
  spread: [{ maxSkew: 2, topologyKey: 'rack', whenUnsatisfiable: 'DoNotSchedule' }],
  security: { profile: 'privileged', privileged: true },
};

const WORKLOAD = {
  ...RESOURCE,
  selector: { app: 'given' },
  serviceAccount: existing('ServiceAccount', 'theirs'),
  serviceAccountToken: true,
};

const ALERTS: readonly AlertProp[] = [
  'errors',
  {
    latency: {
      at: '500ms',
      for: '1m',
      severity: 'page',
      over: '10m',
      quantile: 0.9,
      runbook: 'https://wiki.example/slow',
    },
    errors: { at: '1%' },
    saturation: { at: '80%' },
    restarts: { at: 5 },
    volume: { at: '70%' },
  },
  {
    name: 'OrdersStuck',
    expr: 'max(orders_waiting) > 100',
    for: '10m',
    severity: 'info',
    summary: 'orders wait',
    description: '{{ $value }} orders wait',
    runbook: 'https://wiki.example/orders',
    labels: { team: 'shop' },
    annotations: { dashboard: 'orders' },
  },
];

const MONITORED = {
  alerts: ALERTS,
  requestMetrics: { requests: 'requests', failed: 'ok="no"', duration: 'seconds' },
};

function workload(chart: Chart): WorkloadProps {
  return { ...container(chart), ...POD, ...WORKLOAD, ...MONITORED };
}

/** Props that those of `workload` contradict, or that show only beside others. */
function otherWorkload(): WorkloadProps {
  return {
    image: 'acme/app:1',
    identity: {
      aws: 'arn:aws:iam::111122223333:role/app',
      gcp: 'app@acme.iam.gserviceaccount.com',
      azure: 'client-id',
    },
    port: { port: 8080, name: 'web', protocol: 'TCP', hostPort: 1 },
    telemetry: 'java',
    probe: { command: ['/probe'], ...TIMING, successThreshold: 2, terminationGracePeriod: 6 },
    mesh: { mtls: 'strict' },
    lifecycle: {
      preStop: { http: '/stop', port: 8080, scheme: 'HTTPS', host: 'app.example', headers: { A: 'b' } },
    },
    ...OTHER_POD,
  };
}

const REPLICATED = {
  replicas: {
    initial: 3,
    min: 2,
    max: 9,
    cpu: '70%',
    metrics: [
      { type: 'Pods', pods: { metric: { name: 'q' }, target: { type: 'AverageValue', averageValue: '9' } } },
    ],
    behavior: { scaleDown: { stabilizationWindowSeconds: 60 }, scaleUp: 'slow' },
  },
  disruptionBudget: { maxUnavailable: '25%' },
  recommendResources: true,
  minReady: 10,
  revisionHistory: 3,
} as const;
const OTHER_REPLICATED = {
  replicas: { min: 2, max: 5, memory: '80%' },
  disruptionBudget: { minAvailable: 1 },
  resources: { memory: '1Gi' },
} as const;

/** A number of replicas that follows every kind of event. */
const EVENTS: Replicas = {
  initial: 3,
  min: 2,
  max: 9,
  idle: 0,
  cpu: '70%',
  memory: '80%',
  behavior: { scaleDown: 'slow', scaleUp: { stabilizationWindowSeconds: 60 } },
  polling: 10,
  cooldown: 60,
  fallback: { failures: 3, replicas: 4 },
  on: [
    { cron: { from: '0 7 * * *', to: '0 19 * * *', timeZone: 'Europe/Vienna', replicas: 5 } },
    {
      kafka: {
        servers: ['kafka:9092'],
        group: 'orders',
        topic: 'orders',
        lag: 50,
        activation: 1,
        offsetReset: 'earliest',
        idleConsumers: true,
        sasl: 'plaintext',
        tls: true,
        auth: { username: { env: 'NAME' }, password: keyOf(existing('Secret', 'kafka'), 'password') },
      },
    },
    {
      postgresql: {
        query: 'SELECT 1',
        threshold: 10,
        activation: 1,
        host: 'db.shop',
        port: 5432,
        database: 'shop',
        user: 'keda',
        sslMode: 'require',
        auth: { password: { env: 'NAME' } },
      },
    },
    {
      prometheus: {
        query: 'sum(up)',
        threshold: 100,
        server: 'http://thanos.monitoring:9090',
        activation: 1,
        namespace: 'shop',
        authMode: 'bearer',
        ignoreEmpty: false,
        auth: { bearerToken: { env: 'NAME' } },
      },
    },
    {
      rabbitmq: {
        queue: 'orders',
        length: 20,
        host: 'amqp://rabbitmq.shop:5672/',
        vhost: '/shop',
        protocol: 'amqp',
        activation: 1,
        auth: 'rabbitmq',
      },
    },
    { rabbitmq: { queue: 'orders', rate: 2.5, host: 'http://rabbitmq.shop:15672/' } },
    {
      redis: {
        address: 'redis.shop:6379',
        database: 1,
        tls: true,
        list: 'orders',
        length: 20,
        activation: 1,
        auth: existing('ClusterTriggerAuthentication', 'redis'),
      },
    },
    {
      redisStream: {
        address: 'redis.shop:6379',
        database: 1,
        tls: true,
        stream: 'orders',
        group: 'workers',
        lag: 20,
        activation: 1,
        auth: 'redis',
      },
    },
    { redisStream: { address: 'redis.shop:6379', stream: 'orders', group: 'workers', lag: 20 } },
    {
      serviceBus: {
        topic: 'orders',
        subscription: 'workers',
        namespace: 'shop',
        length: 5,
        activation: 1,
        auth: 'bus',
      },
    },
    { serviceBus: { queue: 'orders', length: 5, auth: 'bus' } },
    {
      sqs: {
        queue: 'https://sqs.eu-west-1.amazonaws.com/1/orders',
        length: 5,
        region: 'eu-central-1',
        activation: 1,
        inFlight: false,
        delayed: true,
        auth: { identity: 'keda', as: 'arn:aws:iam::111122223333:role/queue' },
      },
    },
    {
      type: 'nats-jetstream',
      name: 'stream',
      metricType: 'Value',
      metadata: { stream: 'orders', lagThreshold: 10 },
      auth: 'nats',
    },
  ],
};

const SCALED_BY_EVENTS = {
  env: { NAME: 'keda' },
  resources: { cpu: 1, memory: '1Gi' },
  replicas: EVENTS,
} as const;

const WORKER = { rollout: { maxSurge: 2, maxUnavailable: '10%' }, progressDeadline: 120 } as const;

const TASK = {
  restartPolicy: 'OnFailure',
  completions: 3,
  parallelism: 2,
  completionMode: 'Indexed',
  backoffLimit: 4,
  activeDeadline: 600,
  timeToLive: 3600,
  suspend: true,
} as const;
const OTHER_TASK = {
  podFailurePolicy: {
    rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }],
  },
} as const;

const JOBS = {
  on: [{ sqs: { queue: 'https://sqs.eu-west-1.amazonaws.com/1/a', length: 1, auth: { identity: 'keda' } } }],
  min: 1,
  max: 20,
  polling: 5,
  counting: 'accurate',
  rollout: 'immediate',
  successfulHistory: 5,
  failedHistory: 6,
} as const;

const CONTENT: ConfigMapProps & SecretProps = {
  ...RESOURCE,
  data: { LEVEL: 'info' },
  binaryData: { 'logo.png': new Uint8Array([0xff, 0x00]) },
  files: { 'package.json': 'package.json' },
  directory: 'test/constructs/content',
  immutable: false,
};

/** Stands in the chart what `create` makes there. */
/** Every prop of a path but `redirect`, which leads nowhere. */
function everything(other: WebService): RouteRule {
  return {
    port: 'http',
    to: [{ service: other, port: 'admin', weight: 20 }],
    methods: ['PUT'],
    match: { headers: { 'x-beta': 'yes' } },
    headers: { set: { a: 'c' } },
    responseHeaders: { set: { a: 'c' } },
    timeout: '11s',
  };
}

/** Every prop of routes; hosts alone where there is no Gateway. */
function routesOf(chart: Chart): readonly RouteLike[] {
  if (Environment.of(chart)?.profile.gateway === undefined) return ['shop.example', { host: 'b.example' }];
  const far = new Chart(chart.node.scope as Construct, 'far', { namespace: 'far' });
  const other = new WebService(far, 'other', { image: 'acme/other:1', ports: { http: 80, admin: 81 } });
  return [
    {
      host: ['shop.example', 'www.shop.example'],
      path: '/a',
      paths: [
        '/b',
        ...(['prefix', 'exact', 'regex'] as const).flatMap((form) => [
          { [form]: '/c', ...everything(other), rewrite: { host: 'in.example', path: '/' } },
          {
            [form]: '/d',
            redirect: { scheme: 'https', host: 'd.example', port: 444, path: '/', status: 301 },
          },
        ]),
        { prefix: '/e', methods: ['GET'], redirect: { prefix: '/f' } },
        { prefix: '/g', redirect: 'https://d.example' },
        { prefix: '/h', methods: ['GET'], rewrite: { prefix: '/' } },
        { prefix: '/i', methods: ['GET'], rewrite: '/j', timeout: '10s' },
      ] as readonly RoutePath[],
      port: 'admin',
      to: [{ service: other, port: 'http', weight: 10 }],
      methods: ['GET', 'POST'],
      match: [
        { headers: { 'x-canary': 'yes' } },
        { headers: { 'x-version': { regex: '2.*' } }, query: { v: '2' } },
      ],
      headers: { set: { a: 'b' }, add: { c: 'd' }, remove: ['e'] },
      responseHeaders: { set: { a: 'b' }, add: { c: 'd' }, remove: ['e'] },
      timeout: { request: '1m', backendRequest: '10s' },
      tls: true,
      annotations: { 'example.com/route': 'yes' },
    },
    { host: 'grpc.example', match: { service: 'shop.Orders', method: 'Place', headers: { a: 'b' } } },
    { host: 'calls.example', protocol: 'GRPC' },
    { host: 'tls.example', protocol: 'TLS', port: 'admin' },
    { protocol: 'TCP', listener: 'tcp', to: other },
    { protocol: 'UDP', listener: 'udp', port: 'dns' },
    { host: 'plain.example', listener: 'http' },
    'short.example',
    { host: 'c.example', redirect: 'https://d.example' },
    { host: 'd.example', rewrite: '/' },
  ];
}

function inChart(
  create: (scope: Construct, id: string, props: never) => unknown,
): (app: App, chart: Chart, props: never) => unknown {
  return (_, chart, props) => create(chart, 'app', props);
}

/** The least that each construct needs, and where it stood. */
const MOVED = { movedFrom: 'old/place' };
const MOVED_POD = { ...MOVED, image: 'acme/app:1' };

export const CONSTRUCTS: readonly Maximal[] = [
  {
    name: 'Environment',
    variants: [
      (): ClusterProfile => ({
        ...INGRESS_PROFILE,
        awsIdentity: 'irsa',
        kubernetes: '1.30',
        gatewayApi: { version: '1.4', channel: 'standard' },
        gatewayClasses: ['edge'],
        argoCdCluster: 'production',
        spinnakerAccount: 'production',
      }),
      (): ClusterProfile => ({
        nodePools: PROFILE.nodePools ?? [],
        apiServer: { cidrs: ['10.0.0.1/32'], ports: [6443] },
        mesh: { kind: 'istio', revision: '1-31', mtls: 'strict', namespace: 'mesh', cni: true },
        gateway: { name: 'edge', namespace: 'infra', listener: 'https', listenerSets: true },
      }),
    ],
    create: (app, _, props: ClusterProfile) => {
      const environment = new Environment(app, 'staging', props);
      const { profile } = environment;
      const chart = new Chart(environment, 'shop');
      const web = new WebService(chart, 'web', {
        image: 'acme/web:1',
        port: 80,
        nodePool: 'gpu',
        storage: { '/scratch': { ephemeral: '1Gi' } },
        routes: [{ host: 'shop.example', tls: true }, 'plain.example'],
        sidecars: { proxy: { image: 'acme/proxy:1' } },
        scrape: {},
        ...(profile.telemetry && { telemetry: true }),
        ...(profile.prometheus && { alerts: ['restarts'] }),
      });
      if (profile.installed !== undefined) new VolumeSnapshot(chart, 'snapshot', { of: 'media' });
      if (profile.installed !== undefined)
        new Worker(chart, 'worker', {
          image: 'acme/worker:1',
          recommendResources: true,
          telemetry: 'java',
          port: 80,
          scrape: {},
          storage: { '/data': { ephemeral: '1Gi', storageClass: 'fast' } },
          replicas: { max: 3, on: [{ type: 'mysql', metadata: {} }] },
        });
      if (profile.mesh !== undefined) {
        const namespace = new Namespace(environment, 'meshed');
        new Worker(new Chart(environment, 'jobs', { namespace }), 'worker', { image: 'acme/worker:1' });
      }
      if (profile.installed !== undefined && profile.prometheus?.address !== undefined)
        new WebService(chart, 'steps', {
          image: 'acme/web:1',
          port: 80,
          route: { host: 'steps.example' },
          rollout: canary(['5%'], { abortOn: ['errors'] }),
        });
      if (profile.ingress !== undefined) web.allowFrom(ingress());
      if (profile.monitoring !== undefined) web.allowFrom(monitoring());
      if (profile.apiServer !== undefined)
        web.grant('get', 'pods').allowTo(namespace('ops', { mesh: true }), { port: 9090 });
      if (profile.installed !== undefined) {
        new ExternalSecret(chart, 'login', { store: 'vault', keys: { password: 'db' } });
        new SecretsStore(chart, 'store', { provider: 'aws', keys: { password: 'db' } });
        new SopsSecret(chart, 'flux', { file: join(__dirname, 'sops/secret.enc.yaml') });
        new SopsSecret(chart, 'sops', { file: join(__dirname, 'sops/isindir.enc.yaml'), secret: 'login' });
      }
      if (profile.sealingCertificate !== undefined)
        new SealedSecret(chart, 'token', {
          namespace: 'shop',
          lock: SEALING.lock,
          keys: { token: 'sealed' },
        });
      if (profile.cni !== undefined) web.connectsTo(internet({ fqdn: 'api.example' }), { port: 443 });
    },
  },
  {
    name: 'Chart',
    variants: [
      () => ({
        namespace: 'shop',
        labels: { team: 'checkout' },
        defaults: {
          labels: { part: 'api' },
          annotations: { note: 'a note' },
          podLabels: { tier: 'backend' },
          podAnnotations: { 'example.com/note': 'pods' },
          imagePullSecrets: ['registry', existing('Secret', 'mirror')],
          resources: { cpu: '1m' },
          priorityClass: 'high',
          runtimeClass: 'gvisor',
          nodePool: 'gpu',
          nodeSelector: { disk: 'ssd' },
          tolerations: [
            { key: 'a', operator: 'Equal', value: 'b', effect: 'NoExecute', tolerationSeconds: 60 },
          ],
        },
        isolated: true,
        disableResourceNameHashes: true,
        ...MOVED,
      }),
    ],
    create: (app, chart, props: object) => {
      const more = new Chart(chart.node.scope ?? app, 'more', props);
      new ConfigMap(more, 'settings');
      new Worker(more, 'worker', { image: 'acme/worker:1' });
    },
  },
  {
    name: 'WebService',
    variants: [
      (chart): WebServiceProps => ({
        ...exampleProps('WebServiceProps'),
        ...workload(chart),
        ...REPLICATED,
        ...WORKER,
        ports: {
          http: {
            port: 8080,
            service: 80,
            appProtocol: 'kubernetes.io/h2c',
            hostPort: 8080,
            nodePort: 30080,
          },
          dns: { port: 53, protocol: 'UDP' },
          metrics: 9090,
        },
        service: {
          type: 'LoadBalancer',
          internal: true,
          annotations: { 'example.com/lb': 'internal' },
          sessionAffinity: 'ClientIP',
          externalTrafficPolicy: 'Local',
          loadBalancerSourceRanges: ['10.0.0.0/8'],
          loadBalancerClass: 'example.com/nlb',
          allocateLoadBalancerNodePorts: false,
          internalTrafficPolicy: 'Local',
          ports: ['http', 'metrics'],
        },
        route: {
          host: 'shop.example',
          path: '/api',
          port: 'metrics',
          tls: 'shop-cert',
          annotations: { 'example.com/route': 'yes' },
        },
        dashboard: { title: 'Shop', labels: { dashboard: 'yes' }, annotations: { folder: 'Shop' } },
        scrape: [
          {
            port: 'http',
            path: '/m',
            interval: '15s',
            timeout: '10s',
            scheme: 'https',
            honorLabels: true,
            relabel: [{ action: 'labeldrop', regex: 'a' }],
            metricRelabel: [
              { action: 'labeldrop', regex: 'b' },
              { action: 'hashmod', sourceLabels: ['pod'], separator: '/', targetLabel: 'shard', modulus: 4 },
              { sourceLabels: ['a'], targetLabel: 'b', regex: '(.)', replacement: '$1' },
            ],
          },
          'metrics',
        ],
        alerts: [
          ...ALERTS,
          { replicas: { at: '90%' }, autoscaler: { at: '95%' }, certificate: { at: '7d', names: ['edge'] } },
        ],
      }),
      (): WebServiceProps => ({
        ...otherWorkload(),
        ...OTHER_REPLICATED,
        port: {
          port: 8080,
          name: 'web',
          protocol: 'TCP',
          service: 80,
          appProtocol: 'http',
          nodePort: 30000,
          hostPort: 1,
        },
        service: { type: 'NodePort' },
      }),
      (chart): WebServiceProps => ({
        image: 'acme/app:1',
        ports: { http: 8080, grpc: 9000 },
        traffic: {
          port: 'grpc',
          timeout: '2s',
          retries: { attempts: 3, timeout: '500ms', on: [503] },
          to: [{ service: new WebService(chart, 'canary', { image: 'acme/app:2', port: 80 }), weight: 10 }],
        },
      }),
      (): WebServiceProps => ({
        ...MOVED_POD,
        port: 8080,
        ...SCALED_BY_EVENTS,
      }),
      (): WebServiceProps => ({
        image: 'acme/app:1',
        port: 8080,
        replicas: {
          max: 3,
          on: [
            { redisStream: { address: 'redis.shop:6379', stream: 'a', group: 'b', pending: 5 } },
            { redisStream: { address: 'redis.shop:6379', stream: 'a', length: 5 } },
          ],
        },
      }),
      (chart): WebServiceProps => ({
        image: 'acme/app:1',
        ports: { http: 8080, admin: 9000, dns: { port: 53, protocol: 'UDP' } },
        service: {
          type: 'NodePort',
          ports: { http: { port: 80, nodePort: 30081 }, admin: 9001, dns: { port: 54 } },
        },
        routes: routesOf(chart),
      }),
      (): WebServiceProps => ({
        image: 'acme/app:1',
        port: 8080,
        rollout: blueGreen({
          promote: '5m',
          previewReplicas: 1,
          keepOld: '1h',
          abortOn: ['errors'],
          interval: '2m',
          tolerate: 0,
          watch: '10m',
          gate: 'http://gate.flagger/gate/check',
        }),
      }),
      (): WebServiceProps => ({ image: 'acme/app:1', port: 8080, rollout: canary(['5%']) }),
    ],
    create: inChart((scope, id, props) => new WebService(scope, id, props)),
  },
  {
    name: 'Worker',
    variants: [
      (chart): WorkerProps => ({
        ...exampleProps('WorkerProps'),
        ...workload(chart),
        ...REPLICATED,
        ...WORKER,
      }),
      (): WorkerProps => ({ ...otherWorkload(), ...OTHER_REPLICATED, rollout: 'recreate' }),
      (): WorkerProps => ({
        image: 'acme/app:1',
        rollout: canary(['5%', pause('10m'), '25%', pause()], {
          abortOn: [
            'restarts',
            { errors: { at: '1%', for: '1m', severity: 'page', over: '10m', runbook: 'https://a.example' } },
            { latency: { at: '1s', quantile: 0.5 } },
            { name: 'Queue', expr: 'max(queue) > 9' },
          ],
          interval: '30s',
          tolerate: 1,
          maxSurge: 1,
          maxUnavailable: '10%',
          gate: 'http://gate.flagger/gate/check',
        }),
      }),
      (): WorkerProps => ({ ...MOVED_POD, ...SCALED_BY_EVENTS }),
    ],
    create: inChart((scope, id, props) => new Worker(scope, id, props)),
  },
  {
    name: 'StatefulService',
    variants: [
      (chart): StatefulServiceProps => ({
        ...exampleProps('StatefulServiceProps'),
        ...workload(chart),
        ...REPLICATED,
        ports: { http: 8080, metrics: 9090 },
        storage: {
          '/data': { size: '1Gi', keep: { whenDeleted: false, whenScaled: false } },
          '/more': {
            size: '2Gi',
            storageClass: 'fast',
            accessModes: ['ReadWriteOncePod'],
            readOnly: true,
            subPath: 'sub',
            name: 'second',
            mountPropagation: 'None',
            labels: { disk: 'second' },
            annotations: { 'example.com/backup': 'daily' },
            keep: { whenDeleted: false, whenScaled: false },
            from: existing('VolumeSnapshot', 'before'),
          },
        },
        podManagement: 'Parallel',
        rollout: { partition: 1, maxUnavailable: 2 },
        firstReplica: 1,
      }),
      (): StatefulServiceProps => ({
        ...otherWorkload(),
        service: {
          name: 'database',
          type: 'LoadBalancer',
          internal: true,
          annotations: { 'example.com/lb': 'internal' },
          sessionAffinity: 'ClientIP',
          externalTrafficPolicy: 'Local',
          internalTrafficPolicy: 'Local',
          loadBalancerSourceRanges: ['10.0.0.0/8'],
          loadBalancerClass: 'example.com/lb',
          allocateLoadBalancerNodePorts: true,
          ports: { web: { port: 80, nodePort: 30082 } },
        },
        ...OTHER_REPLICATED,
        port: { port: 8080, name: 'web', protocol: 'TCP', appProtocol: 'http', hostPort: 1 },
        rollout: 'on-delete',
      }),
      (): StatefulServiceProps => ({ ...MOVED_POD, port: 8080, ...SCALED_BY_EVENTS }),
    ],
    create: inChart((scope, id, props) => new StatefulService(scope, id, props)),
  },
  {
    name: 'NodeAgent',
    variants: [
      (chart): NodeAgentProps => ({
        ...exampleProps('NodeAgentProps'),
        ...workload(chart),
        rollout: { maxUnavailable: '10%' },
        recommendResources: true,
        minReady: 10,
        revisionHistory: 3,
      }),
      (): NodeAgentProps => ({ ...otherWorkload(), rollout: { maxSurge: 1 } }),
      (): NodeAgentProps => MOVED_POD,
    ],
    create: inChart((scope, id, props) => new NodeAgent(scope, id, props)),
  },
  {
    name: 'Job',
    variants: [
      (chart): JobProps => ({
        ...exampleProps('JobProps'),
        ...workload(chart),
        ...TASK,
        alerts: [...ALERTS, { failed: { at: 1 } }],
        rerunOnChange: false,
      }),
      (): JobProps => ({ ...otherWorkload(), ...OTHER_TASK }),
      (): JobProps => MOVED_POD,
    ],
    create: inChart((scope, id, props) => new Job(scope, id, props)),
  },
  {
    name: 'Migration',
    variants: [
      (chart): MigrationProps => ({
        ...exampleProps('MigrationProps'),
        ...workload(chart),
        ...TASK,
        before: [new ConfigMap(chart, 'later')],
      }),
      (chart): MigrationProps => ({
        ...otherWorkload(),
        ...OTHER_TASK,
        before: [new ConfigMap(chart, 'later')],
      }),
      (chart): MigrationProps => ({ ...MOVED_POD, before: [new ConfigMap(chart, 'later')] }),
    ],
    create: inChart((scope, id, props) => new Migration(scope, id, props)),
  },
  {
    name: 'ScaledJob',
    variants: [
      (chart): ScaledJobProps => {
        const { suspend: _, ...task } = TASK;
        return {
          ...exampleProps('ScaledJobProps'),
          ...workload(chart),
          ...task,
          ...JOBS,
          alerts: ['errors', 'restarts'],
        };
      },
      (): ScaledJobProps => ({ ...otherWorkload(), ...OTHER_TASK, ...JOBS }),
      (): ScaledJobProps => ({ ...MOVED_POD, ...JOBS }),
    ],
    create: inChart((scope, id, props) => new ScaledJob(scope, id, props)),
  },
  {
    name: 'CronJob',
    variants: [
      (chart): CronJobProps => ({
        ...exampleProps('CronJobProps'),
        ...workload(chart),
        ...TASK,
        schedule: '0 3 * * *',
        timeZone: 'Europe/Berlin',
        concurrency: 'Replace',
        startingDeadline: 60,
        successfulHistory: 1,
        failedHistory: 2,
      }),
      (): CronJobProps => ({ ...otherWorkload(), ...OTHER_TASK, schedule: '@daily' }),
      (): CronJobProps => ({ ...MOVED_POD, schedule: '0 3 * * *' }),
    ],
    create: inChart((scope, id, props) => new CronJob(scope, id, props)),
  },
  {
    name: 'ConfigMap',
    variants: [(): ConfigMapProps => CONTENT, (): ConfigMapProps => ({ ...MOVED, data: { A: '1' } })],
    create: inChart((scope, id, props) => new ConfigMap(scope, id, props)),
  },
  {
    name: 'Secret',
    variants: [
      (): SecretProps => ({ ...CONTENT, type: 'example.com/login', unsafe: true }),
      (): SecretProps => ({ ...MOVED, data: { A: '1' }, unsafe: true }),
    ],
    create: inChart((scope, id, props) => new Secret(scope, id, props)),
  },
  {
    name: 'ExternalSecret',
    variants: [
      (): ExternalSecretProps => ({
        ...RESOURCE,
        store: { name: 'vault', kind: 'SecretStore' },
        keys: { password: 'shop/db#password', user: 'shop/user' },
        refresh: '15m',
      }),
      (): ExternalSecretProps => ({ ...MOVED, store: 'vault', keys: { a: 'b#c' } }),
    ],
    create: inChart((scope, id, props) => new ExternalSecret(scope, id, props)),
  },
  {
    name: 'SecretsStore',
    variants: [
      (): SecretsStoreProps => ({
        ...RESOURCE,
        keys: { password: 'secret/data/db#password', ca: { secretPath: 'pki/ca' } },
        provider: 'vault',
        parameters: { roleName: 'shop' },
        sync: true,
        type: 'example.com/login',
      }),
      (): SecretsStoreProps => ({ ...MOVED, keys: { a: 'b#c' } }),
    ],
    create: inChart((scope, id, props) => new SecretsStore(scope, id, props)),
  },
  {
    name: 'HelmChart',
    variants: [
      (): HelmChartProps => ({
        chart: 'cache',
        repository: 'oci://ghcr.io/acme/charts',
        version: '1.2.3',
        release: 'sessions',
        namespace: 'cache',
        values: { replicas: 3 },
        crds: 'Skip',
        repositorySecret: 'login',
        helm: join(__dirname, 'charts/bin/helm'),
      }),
      (): HelmChartProps => ({
        folder: join(__dirname, 'charts/cache'),
        helm: join(__dirname, 'charts/bin/helm'),
      }),
    ],
    create: inChart((scope, id, props) => new HelmChart(scope, id, props)),
  },
  {
    name: 'SopsSecret',
    variants: [
      (): SopsSecretProps => ({ file: join(__dirname, 'sops/isindir.enc.yaml'), secret: 'login' }),
      (): SopsSecretProps => ({ file: join(__dirname, 'sops/secret.enc.yaml') }),
    ],
    create: inChart((scope, id, props) => new SopsSecret(scope, id, props)),
  },
  {
    name: 'SealedSecret',
    variants: [
      (): SealedSecretProps => ({
        ...RESOURCE,
        ...SEALING,
        keys: { token: { value: 'sealed', version: 2 } },
        scope: 'namespace-wide',
        type: 'example.com/token',
      }),
      (): SealedSecretProps => ({ ...MOVED, ...SEALING, keys: { token: 'sealed' } }),
    ],
    create: inChart((scope, id, props) => new SealedSecret(scope, id, props)),
  },
  {
    name: 'PersistentVolumeClaim',
    variants: [
      (): PersistentVolumeClaimProps => ({
        ...RESOURCE,
        size: '1Gi',
        storageClass: 'fast',
        accessModes: ['ReadWriteMany', 'ReadOnlyMany'],
        volumeMode: 'Block',
        from: existing('PersistentVolumeClaim', 'other'),
        volume: 'media',
      }),
      (): PersistentVolumeClaimProps => ({ ...MOVED, size: '1Gi' }),
    ],
    create: inChart((scope, id, props) => new PersistentVolumeClaim(scope, id, props)),
  },
  {
    name: 'PersistentVolume',
    variants: [
      (): PersistentVolumeProps => ({
        ...NAMED,
        size: '1Gi',
        storageClass: 'fast',
        accessModes: ['ReadWriteMany'],
        volumeMode: 'Block',
        reclaimPolicy: 'Delete',
        mountOptions: ['noatime'],
        claim: { namespace: 'shop', name: 'media' },
        csi: {
          driver: 'efs.csi.aws.com',
          handle: 'fs-1',
          fsType: 'ext4',
          attributes: { path: '/' },
          readOnly: true,
        },
        zones: ['a'],
      }),
      (): PersistentVolumeProps => ({
        ...MOVED,
        size: '1Gi',
        nfs: { server: 'files.example', path: '/media', readOnly: true },
      }),
      (): PersistentVolumeProps => ({ size: '1Gi', local: '/mnt/disk', nodes: ['node-1'] }),
      (): PersistentVolumeProps => ({ size: '1Gi', hostPath: '/mnt/disk' }),
    ],
    create: inChart((scope, id, props) => new PersistentVolume(scope, id, props)),
  },
  {
    name: 'StorageClass',
    variants: [
      (): StorageClassProps => ({
        ...NAMED,
        provisioner: 'ebs.csi.aws.com',
        parameters: { type: 'gp3' },
        expandable: false,
        bindingMode: 'Immediate',
        reclaimPolicy: 'Retain',
        mountOptions: ['noatime'],
        isDefault: true,
      }),
      (): StorageClassProps => ({ ...MOVED, provisioner: 'ebs.csi.aws.com' }),
    ],
    create: inChart((scope, id, props) => new StorageClass(scope, id, props)),
  },
  {
    name: 'VolumeSnapshot',
    variants: [
      (): VolumeSnapshotProps => ({ ...RESOURCE, of: 'media', snapshotClass: 'daily' }),
      (): VolumeSnapshotProps => ({ ...MOVED, of: existing('PersistentVolumeClaim', 'media') }),
    ],
    create: inChart((scope, id, props) => new VolumeSnapshot(scope, id, props)),
  },
  {
    name: 'Namespace',
    variants: [
      (): NamespaceProps => ({
        name: 'given',
        labels: { team: 'checkout' },
        annotations: { note: 'a note' },
        podSecurity: { enforce: 'baseline', warn: 'restricted', audit: 'restricted', version: '1.30' },
        isolated: true,
        quota: { cpu: '20', pods: 60 },
        limits: {
          default: { memory: '256Mi' },
          defaultRequest: { memory: '128Mi' },
          min: { memory: '1Mi' },
          max: { memory: '1Gi' },
        },
      }),
      (): NamespaceProps => MOVED,
    ],
    create: inChart((scope, id, props) => new Namespace(scope, id, props)),
  },
  {
    name: 'ServiceAccount',
    variants: [
      (): ServiceAccountProps => ({ ...RESOURCE, token: true, imagePullSecrets: ['registry'] }),
      (): ServiceAccountProps => MOVED,
    ],
    create: inChart((scope, id, props) => new ServiceAccount(scope, id, props)),
  },
  {
    name: 'Role',
    variants: [
      (): RoleProps => ({
        ...RESOURCE,
        rules: [
          { verbs: ['get', 'update'], on: ['leases', 'widgets.example.com'], names: ['a', 'b'] },
          { verbs: 'list', on: { group: '', resource: 'secrets' }, unsafe: true },
        ],
      }),
      (): RoleProps => ({ ...MOVED, rules: [{ verbs: 'get', on: 'pods' }] }),
    ],
    create: inChart((scope, id, props) => new Role(scope, id, props)),
  },
  {
    name: 'ClusterRole',
    variants: [
      (): ClusterRoleProps => ({
        ...NAMED,
        rules: [{ verbs: 'get', on: 'nodes' }],
        aggregateTo: ['view', 'edit'],
      }),
      (): ClusterRoleProps => ({ ...MOVED, aggregates: [{ team: 'shop' }] }),
    ],
    create: inChart((scope, id, props) => new ClusterRole(scope, id, props)),
  },
  {
    name: 'RoleBinding',
    variants: [
      (): RoleBindingProps => ({
        ...RESOURCE,
        role: existing('Role', 'theirs'),
        subjects: [user('jane'), group('ops'), serviceAccount('ci', 'build')],
      }),
      (): RoleBindingProps => ({ ...MOVED, role: 'view', subjects: [user('jane')] }),
    ],
    create: inChart((scope, id, props) => new RoleBinding(scope, id, props)),
  },
  {
    name: 'ClusterRoleBinding',
    variants: [
      (): ClusterRoleBindingProps => ({ ...NAMED, role: 'view', subjects: [user('jane')] }),
      (): ClusterRoleBindingProps => ({ ...MOVED, role: 'view', subjects: [user('jane')] }),
    ],
    create: inChart((scope, id, props) => new ClusterRoleBinding(scope, id, props)),
  },
  {
    name: 'Route',
    variants: [
      (chart): SharedRouteProps => {
        const [first] = routesOf(chart);
        const other = new WebService(chart, 'shown', {
          image: 'acme/shown:1',
          ports: { http: 80, admin: 81 },
        });
        if (typeof first !== 'object') return { ...NAMED, host: 'shop.example', to: other };
        const { path: _path, paths: _paths, annotations: _annotations, to, ...rest } = first;
        return {
          ...RESOURCE,
          ...rest,
          ...(to !== undefined && { to }),
          paths: {
            '/a': other,
            '/b': { to: [{ service: other, weight: 2 }], port: 'http' },
            '/c': { exact: true, ...everything(other), to: { service: other }, rewrite: '/' },
            '/e': { timeout: '12s' },
            '/d': { regex: true, redirect: 'https://d.example' },
          },
        };
      },
      (chart): SharedRouteProps => ({
        ...MOVED,
        host: ['shop.example'],
        to: new WebService(chart, 'shown', { image: 'acme/shown:1', port: 80 }),
      }),
      (chart): SharedRouteProps =>
        Environment.of(chart)?.profile.gateway === undefined
          ? { host: 'a.example', to: { service: existing('Service', 'db'), port: 5432 } }
          : { host: 'a.example', redirect: 'https://d.example' },
      (chart): SharedRouteProps => ({
        host: 'a.example',
        to: { service: existing('Service', 'db'), port: 5432 },
        ...(Environment.of(chart)?.profile.gateway !== undefined && { rewrite: '/' }),
      }),
      ...(['GRPC', 'TLS', 'TCP', 'UDP'] as const).map((protocol) => (chart: Chart): SharedRouteProps => {
        const to = { service: existing('Service', 'db'), port: 5432 };
        if (Environment.of(chart)?.profile.gateway === undefined) return { host: 'a.example', to };
        if (protocol === 'TCP' || protocol === 'UDP') return { protocol, listener: 'db', to };
        return { protocol, host: 'a.example', to };
      }),
    ],
    create: inChart((scope, id, props) => new Route(scope, id, props)),
  },
  {
    name: 'KubeObject',
    variants: [
      (): KubeObjectProps => ({
        apiVersion: 'example.com/v1',
        kind: 'Widget',
        metadata: { ...RESOURCE, finalizers: ['example.com/hold'] },
        content: () => ({ spec: { size: 1 } }),
        finish: (object) => ({ ...object, finished: true }),
      }),
      (): KubeObjectProps => ({
        apiVersion: 'example.com/v1',
        kind: 'Widget',
        metadata: { generateName: 'widget-' },
        content: () => ({ spec: { size: 1 } }),
        clusterScoped: true,
      }),
    ],
    create: inChart((scope, id, props) => new KubeObject(scope, id, props)),
  },
];
