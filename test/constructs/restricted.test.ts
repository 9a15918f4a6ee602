import type { ClusterProfile } from '../../lib';
import type { WorkerProps } from '../../lib';
import {
  App,
  canary,
  Chart,
  ConfigMap,
  CronJob,
  Environment,
  Job,
  Migration,
  NodeAgent,
  ScaledJob,
  StatefulService,
  synth,
  WebService,
  Worker,
} from '../../lib';
import { CONSTRUCTS, INGRESS_PROFILE, PROFILE } from './maximal';

/** A part of a pod, as it is rendered. */
type Part = Readonly<Record<string, unknown>>;

const part = (value: unknown): Part => (value ?? {}) as Part;
const parts = (value: unknown): readonly Part[] => (value ?? []) as readonly Part[];

/** Every pod spec in an object, at whatever depth: of a template, of a job template, of a Rollout. */
function podSpecs(value: unknown): Part[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = Array.isArray(value)
    ? []
    : [value as Part].filter(({ containers }) => Array.isArray(containers));
  return [...own, ...Object.values(value).flatMap(podSpecs)];
}

/** Types of volumes that `restricted` allows. */
const VOLUMES =
  'configMap csi downwardAPI emptyDir ephemeral persistentVolumeClaim projected secret image'.split(' ');

/**
 * What of the profile `restricted` a pod does not keep, read here by its documentation and by nothing of ours.
 *
 * @source https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
function broken(pod: Part): string[] {
  const own = part(pod['securityContext']);
  const found: string[] = [];
  const demand = (holds: boolean, what: string): void => {
    if (!holds) found.push(what);
  };
  for (const name of ['hostNetwork', 'hostPID', 'hostIPC']) demand(pod[name] !== true, name);
  for (const volume of parts(pod['volumes'])) {
    const types = Object.keys(volume).filter((key) => key !== 'name');
    demand(
      types.every((type) => VOLUMES.includes(type)),
      `volume ${types.join()}`,
    );
  }
  demand(own['runAsUser'] !== 0, 'runAsUser of the pod');
  const all = ['containers', 'initContainers', 'ephemeralContainers'].flatMap((list) => parts(pod[list]));
  for (const container of all) {
    const context = part(container['securityContext']);
    const { add, drop } = part(context['capabilities']);
    const seccomp = part(context['seccompProfile'] ?? own['seccompProfile'])['type'];
    const name = String(container['name']);
    demand(context['privileged'] !== true, `privileged ${name}`);
    demand(context['allowPrivilegeEscalation'] === false, `allowPrivilegeEscalation ${name}`);
    demand((context['runAsNonRoot'] ?? own['runAsNonRoot']) === true, `runAsNonRoot ${name}`);
    demand(context['runAsUser'] !== 0, `runAsUser ${name}`);
    demand(seccomp === 'RuntimeDefault' || seccomp === 'Localhost', `seccompProfile ${name}`);
    demand(((drop ?? []) as string[]).includes('ALL'), `capabilities.drop ${name}`);
    demand(
      ((add ?? []) as string[]).every((each) => each === 'NET_BIND_SERVICE'),
      `capabilities.add ${name}`,
    );
    demand([undefined, 'Default', ''].includes(context['procMount'] as string), `procMount ${name}`);
    demand(
      parts(container['ports']).every(({ hostPort }) => (hostPort ?? 0) === 0),
      `hostPort ${name}`,
    );
  }
  return found;
}

/** What any workload may have beside its pods' own business. */
function common(chart: Chart): Omit<WorkerProps, 'rollout' | 'replicas'> {
  return {
    image: 'acme/app:1',
    env: { LEVEL: 'info' },
    resources: { cpu: '100m', memory: '64Mi' },
    storage: { '/cache': { temporary: true }, '/scratch': { ephemeral: '1Gi' } },
    envFrom: [new ConfigMap(chart, 'settings', { data: { level: 'info' } })],
    initContainers: { prepare: { image: 'acme/prepare:1' } },
    sidecars: { proxy: { image: 'acme/proxy:1', resources: { cpu: '10m', memory: '16Mi' } } },
  } as never;
}

const served = {
  ports: { http: 8080, metrics: 9090 },
  probe: { http: '/healthz' },
  scrape: 'metrics',
} as const;
const scaled = { min: 2, max: 5, cpu: '70%' } as const;

/** Every kind of workload, with the traits that it takes. */
const KINDS: Readonly<Record<string, (chart: Chart) => object>> = {
  WebService: (chart) =>
    new WebService(chart, 'app', {
      ...common(chart),
      ...served,
      replicas: scaled,
      route: { host: 'shop.example' },
      alerts: ['restarts'],
      telemetry: true,
    }),
  'WebService with a canary': (chart) =>
    new WebService(chart, 'app', {
      ...common(chart),
      ...served,
      replicas: scaled,
      route: { host: 'shop.example' },
      rollout: canary(['10%', '50%'], { abortOn: ['errors'] }),
    }),
  Worker: (chart) => new Worker(chart, 'app', { ...common(chart), replicas: scaled, alerts: ['restarts'] }),
  StatefulService: (chart) =>
    new StatefulService(chart, 'app', {
      ...common(chart),
      ...served,
      replicas: 3,
      storage: { '/data': '1Gi' },
    }),
  NodeAgent: (chart) =>
    new NodeAgent(chart, 'app', { ...common(chart), scrape: { port: 'metrics' }, ports: { metrics: 9090 } }),
  Job: (chart) => new Job(chart, 'app', common(chart)),
  CronJob: (chart) => new CronJob(chart, 'app', { ...common(chart), schedule: '0 3 * * *' }),
  Migration: (chart) =>
    new Migration(chart, 'app', {
      ...common(chart),
      before: [new Worker(chart, 'later', { image: 'acme/app:1' })],
    }),
  ScaledJob: (chart) =>
    new ScaledJob(chart, 'app', {
      ...common(chart),
      on: [{ type: 'rabbitmq', metadata: { queueName: 'jobs', host: 'amqp://queue.shop' } }],
    }),
};

const { mesh: _mesh, trafficRouter: _router, ...REST } = PROFILE;

const PROFILES: Readonly<Record<string, ClusterProfile>> = {
  'an ambient mesh and Argo Rollouts': PROFILE,
  'an Ingress': INGRESS_PROFILE,
  'Flagger and a Gateway': {
    ...REST,
    installed: ['cert-manager', 'flagger', 'keda', 'opentelemetry-operator', 'prometheus-operator'],
  },
};

/** The pods of a workload in an environment of a profile. */
function podsOf(make: (chart: Chart) => unknown, profile: ClusterProfile): Part[] {
  const app = new App();
  const environment = new Environment(app, 'production', profile);
  make(new Chart(environment, 'shop', { namespace: 'home' }));
  return [...synth(app)].flatMap(({ object }) => podSpecs(object));
}

describe.each(Object.entries(PROFILES))('with %s', (_, profile) => {
  test.each(Object.entries(KINDS))('the pods of a %s keep all of restricted', (__, make) => {
    const pods = podsOf(make, profile);
    expect(pods.length).toBeGreaterThan(0);
    expect(pods.flatMap(broken)).toEqual([]);
  });
});

test('what a prop loosens is seen', () => {
  const loose = CONSTRUCTS.filter(({ name }) => name === 'Worker').flatMap(({ create, variants }) =>
    variants.flatMap((variant) =>
      podsOf((chart) => create(chart.node.root as App, chart, variant(chart) as never), PROFILE).flatMap(
        broken,
      ),
    ),
  );
  const words = new Set(loose.map((each) => each.split(' ')[0]));
  expect([...words].sort()).toEqual(
    'allowPrivilegeEscalation capabilities.add capabilities.drop hostIPC hostNetwork hostPID hostPort privileged runAsNonRoot seccompProfile volume'.split(
      ' ',
    ),
  );
});
