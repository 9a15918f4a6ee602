import { App as Cdk8sApp, Chart as Cdk8sChart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import {
  App,
  Chart,
  ConfigMap,
  CronJob,
  existing,
  KubeObject,
  Namespace,
  PersistentVolumeClaim,
  StatefulService,
  synth,
  WebService,
  Worker,
} from '../../lib';
import { at, containerOf, faults, faultsOf, only, podOf, problemsOf, rendered, worker } from './rendering';

const image = 'a/b:1';

describe('what an API server would refuse', () => {
  it('init containers are never probed', () => {
    const pod = podOf({ initContainers: { init: { image, port: 80 } } });
    expect(at(pod, 'initContainers.0')).not.toHaveProperty('startupProbe');
  });

  it('escalation is not refused to what is privileged or has SYS_ADMIN', () => {
    for (const security of [
      { privileged: true },
      { profile: 'baseline', capabilities: { add: ['SYS_ADMIN'] } },
    ] as const)
      expect(at(containerOf({ security }), 'securityContext')).not.toHaveProperty('allowPrivilegeEscalation');
  });

  it('capabilities are spelled without a prefix', () => {
    expect(
      faultsOf({ security: { profile: 'privileged', capabilities: { add: ['CAP_CHOWN'] } } }),
    ).toHaveLength(1);
  });

  it('the template carries whatever the selector looks for', () => {
    for (const selector of [{ app: 'x' }, { app: '', tier: 'y' }]) {
      const { spec } = only('Deployment', worker({ selector, podLabels: { extra: 'z' } }));
      expect(at(spec, 'selector.matchLabels')).toEqual(selector);
      expect(at(spec, 'template.metadata.labels')).toMatchObject(selector);
    }
  });

  it('containers have names that differ, or it is told', () => {
    expect(faultsOf({ containers: { app: { image } } })).toEqual(['DUPLICATE_NAME containers.app']);
  });

  it('claims have a mode and a size', () => {
    const claim = only(
      'PersistentVolumeClaim',
      (chart) => new PersistentVolumeClaim(chart, 'c', { size: '1Gi' }),
    );
    expect(claim['spec']).toMatchObject({
      accessModes: [expect.any(String)],
      resources: { requests: { storage: '1Gi' } },
    });
  });

  it('volumes have names that are DNS labels, and stay apart', () => {
    const files = Object.fromEntries(
      ['app.config.v1', `${'p'.repeat(70)}.a`, `${'p'.repeat(70)}.b`].map((name, i) => [
        `/f${i}`,
        existing('ConfigMap', name),
      ]),
    );
    const names = (at(podOf({ files }), 'volumes') as { name: string }[]).map(({ name }) => name);
    expect(new Set(names).size).toBe(4);
    for (const name of names) expect(name).toMatch(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/);
  });

  it.each<[string, object]>([
    ['two mounts at one path', { storage: { '/x': { temporary: true }, '/x/': { temporary: true } } }],
    ['a request above its limit', { resources: { cpu: { request: 2, limit: 1 } } }],
    ['fewer replicas than none', { replicas: -1 }],
    ['a port beyond the last', { port: 99999 }],
    ['a Deployment whose pods end', { restartPolicy: 'Never' }],
  ])('%s is told', (_, props) => {
    expect(faultsOf(props)).toHaveLength(1);
  });

  it('the namespace of a chart is not put on what has none', () => {
    const set = rendered(
      (chart) => {
        new Namespace(chart, 'home');
        new KubeObject(chart, 'volume', { apiVersion: 'v1', kind: 'PersistentVolume', content: () => ({}) });
      },
      { chart: { namespace: 'home' } },
    );
    for (const { object } of set) expect(object.metadata).not.toHaveProperty('namespace');
  });

  it('text that looks like a number stays text', () => {
    const data = { a: '0o14', b: '0X1F', c: '0B11', d: '-0o7', e: '\u0085x', f: '\uFEFF', g: '\u007F' };
    const set = rendered((chart) => new ConfigMap(chart, 'settings', { data }));
    const yaml = set.toYaml();
    for (const [key, value] of Object.entries(data).slice(0, 4)) expect(yaml).toContain(`${key}: "${value}"`);
    expect(yaml).not.toMatch(/[\u0085\uFEFF\u007F]/);
  });
});

/**
 * A test is called by the trap, and by what happens instead. Those about files are in ../traps.test.ts ("files …"), ../output/write.test.ts
 * and ../cli/usage.test.ts, the one about variables of the command line in ../cli/app.test.ts.
 */
describe('what a cluster would accept, though it is wrong', () => {
  it('a role for `cronjob`, which grants nothing: permissions are for the plural of a kind', () => {
    const set = rendered(
      (chart) => {
        const night = new CronJob(chart, 'night', { image, schedule: '0 3 * * *' });
        new Worker(chart, 'app', { image }).grant('get', night).grant('get', 'nodes');
      },
      { chart: { namespace: 'home' } },
    );
    expect(at(set.get({ kind: 'Role' }).object, 'rules.0.resources')).toEqual(['cronjobs']);
    expect(at(set.get({ kind: 'ClusterRoleBinding' }).object, 'subjects.0.namespace')).toBe('home');
  });

  it('a role to create one name, which no request has: create is not limited to names', () => {
    const build = (what: (chart: Chart) => ConfigMap | string) => () =>
      rendered((chart) => new Worker(chart, 'app', { image }).grant('create', what(chart)));
    expect(problemsOf(build((chart) => new ConfigMap(chart, 'settings')))).toMatchObject([
      { code: 'INVALID_PROP', path: 'grant' },
    ]);
    expect(at(build(() => 'configmaps')().get({ kind: 'Role' }).object, 'rules.0')).not.toHaveProperty(
      'resourceNames',
    );
  });

  it('spreading by anti-affinity that is required, so that replicas above the zones stay pending: it is a wish', () => {
    const pod = podOf({ replicas: 50 });
    expect(at(pod, 'topologySpreadConstraints.0.whenUnsatisfiable')).toBe('ScheduleAnyway');
    expect(pod).not.toHaveProperty('affinity');
  });

  it('terms that double at a second synth: nothing grows when it is rendered again', () => {
    const app = new App();
    const chart = new Chart(app, 'shop');
    const db = new StatefulService(chart, 'db', {
      image,
      port: 5432,
      replicas: 3,
      storage: { '/data': '1Gi' },
    });
    new WebService(chart, 'web', { image, port: 80, replicas: 3, spread: { zones: 'hard' } }).connectsTo(db);
    const first = synth(app).toYaml();
    synth(app);
    expect(synth(app).toYaml()).toBe(first);
  });

  it('a TCP network policy for a UDP port: it stays UDP', () => {
    const set = rendered((chart) => {
      const dns = new WebService(chart, 'dns', { image, port: { port: 53, protocol: 'UDP' } });
      new Worker(chart, 'app', { image }).connectsTo(dns);
    });
    expect(at(set.get({ kind: 'NetworkPolicy', name: 'shop-dns' }).object, 'spec.ingress.0.ports')).toEqual([
      { protocol: 'UDP', port: 53 },
    ]);
  });

  it('isolation that denies DNS, and policies without policyTypes that deny all ingress: policies leave DNS open, and say which way they go', () => {
    const set = rendered((chart) => {
      const web = new WebService(chart, 'web', { image, port: 80 });
      new Worker(chart, 'app', { image }).connectsTo(web);
    });
    const policies = set.find({ kind: 'NetworkPolicy' }).map(({ object }) => object['spec']);
    for (const policy of policies) expect(at(policy, 'policyTypes')).toHaveLength(1);
    expect(JSON.stringify(policies)).toContain('"port":53,"protocol":"UDP"');
  });

  it('a selector that vanishes because its only value is the empty string: it stays, in the Service and the workload', () => {
    const selector = { app: '' };
    const set = rendered((chart) => new WebService(chart, 'web', { image, port: 80, selector }));
    expect(at(set.get({ kind: 'Service' }).object, 'spec.selector')).toEqual(selector);
    expect(at(set.get({ kind: 'Deployment' }).object, 'spec.selector.matchLabels')).toEqual(selector);
  });

  it('`selector: {}` of a Service that selects by expression: Services of workloads select labels, and at least one', () => {
    const build = (selector: object) => (chart: Chart) => {
      const props = { image, port: 80, selector: selector as Record<string, string> };
      new WebService(chart, 'web', props).expose('world', { type: 'LoadBalancer' });
      new StatefulService(chart, 'db', { ...props, service: { type: 'NodePort' } });
    };
    const services = rendered(build({ app: 'shop' })).find({ kind: 'Service' });
    expect(services.map(({ object }) => at(object, 'spec.selector'))).toEqual(
      services.map(() => ({ app: 'shop' })),
    );
    expect(services.length).toBeGreaterThan(3);
    expect(faults(build({}))).toEqual(['MISSING_PROP selector', 'MISSING_PROP selector']);
    const byExpression = { matchExpressions: [{ key: 'app', operator: 'Exists' }] };
    expect(faults(build(byExpression))).toContain('INVALID_LABEL selector.matchExpressions');
  });

  it('a probe of port 80 where the container names other ports: it asks the port that the container has', () => {
    expect(
      at(containerOf({ ports: { web: 8080 }, probe: { http: '/' } }), 'readinessProbe.httpGet.port'),
    ).toBe('web');
    expect(at(containerOf({ ports: { web: 8080 }, probe: { grpc: true } }), 'readinessProbe.grpc.port')).toBe(
      8080,
    );
  });

  it('an Ingress outside the namespace of its Service: a route stands there', () => {
    const props = { image, port: 80, namespace: 'other', route: { host: 'a.example' } };
    const set = rendered((chart) => new WebService(chart, 'web', props), { chart: { namespace: 'home' } });
    for (const { id } of set) expect(id.namespace).toBe('other');
  });

  it('a pod on the network of its node that resolves no Service: its DNS policy is for that', () => {
    expect(podOf({ hostNetwork: true })).toMatchObject({ dnsPolicy: 'ClusterFirstWithHostNet' });
  });

  it('a selector, immutable in the cluster, that follows the id: another id keeps it, as long as the name stays', () => {
    const selector = (id: string): unknown =>
      at(
        only('Deployment', (chart) => new Worker(chart, id, { image, name: 'app' })),
        'spec.selector',
      );
    expect(selector('new')).toEqual(selector('old'));
  });
});

describe('what surprises', () => {
  it('nothing is invented: no resources, replicas, pull policy, probes or deadlines', () => {
    const { spec } = only('Deployment', worker({ port: 80 }));
    expect(spec).not.toHaveProperty('replicas');
    expect(Object.keys(at(spec, 'template.spec.containers.0') as object).sort()).toEqual([
      'image',
      'name',
      'ports',
      'securityContext',
      'volumeMounts',
    ]);
    const cron = only('CronJob', (chart) => new CronJob(chart, 'c', { image, schedule: '@daily' }));
    expect(Object.keys(cron['spec'] as object)).toEqual(['concurrencyPolicy', 'jobTemplate', 'schedule']);
  });

  it('a root that is read-only has a writable /tmp', () => {
    expect(at(containerOf({}), 'securityContext.readOnlyRootFilesystem')).toBe(true);
    expect(at(containerOf({}), 'volumeMounts')).toEqual([{ name: 'tmp-app', mountPath: '/tmp' }]);
  });

  it('a given account keeps its token', () => {
    expect(podOf({ serviceAccount: 'theirs' })).not.toHaveProperty('automountServiceAccountToken');
  });

  it('what is newer than the generated types is kept', () => {
    const pod = podOf({
      sidecars: { proxy: { image } },
      resources: { 'nvidia.com/gpu': 1 },
      lifecycle: { preStop: { sleep: 5 } },
    });
    expect(at(pod, 'initContainers.0.restartPolicy')).toBe('Always');
    expect(at(pod, 'containers.0.resources.limits')).toEqual({ 'nvidia.com/gpu': '1' });
    expect(at(pod, 'containers.0.lifecycle.preStop')).toEqual({ sleep: { seconds: 5 } });
  });

  it('there is no noise', () => {
    const yaml = rendered((chart) => {
      new WebService(chart, 'web', { image, port: 80 });
      new ConfigMap(chart, 'settings', { immutable: false });
    }).toYaml();
    expect(yaml).not.toMatch(/externalIPs|setHostnameAsFQDN|resourceNames|immutable|\[\]/);
  });

  it('names that are cut do not collide in silence', () => {
    const app = new App();
    const chart = new Chart(app, 'shop');
    new ConfigMap(chart, `${'x'.repeat(80)}1`, { immutable: false });
    new ConfigMap(chart, `${'x'.repeat(80)}2`, { immutable: false });
    expect(new Set([...synth(app)].map(({ id }) => id.name)).size).toBe(2);
    const same = new App();
    new ConfigMap(new Chart(same, 'a-b'), 'c', { immutable: false });
    new ConfigMap(new Chart(same, 'a'), 'b-c', { immutable: false });
    expect(problemsOf(() => synth(same))).toMatchObject([{ code: 'DUPLICATE_IDENTITY' }]);
  });
});

describe('constructs of cdk8s-plus', () => {
  it('come out as cdk8s renders them', () => {
    const build = (chart: Cdk8sChart): void => {
      const named = (name: string) => ({ metadata: { name } });
      const settings = new kplus.ConfigMap(chart, 'settings', {
        ...named('settings'),
        data: { b: '1', a: '2' },
      });
      const login = new kplus.Secret(chart, 'login', { ...named('login'), stringData: { password: 'x' } });
      const app = new kplus.Deployment(chart, 'app', {
        ...named('app'),
        replicas: 0,
        containers: [
          { image, portNumber: 80, envFrom: [kplus.Env.fromConfigMap(settings as never)], resources: {} },
        ],
      });
      app.containers[0]?.mount('/login', kplus.Volume.fromSecret(chart, 'volume', login as never));
      app
        .exposeViaService({ ...named('app-service'), name: 'app-service' })
        .exposeViaIngress('/', { ingress: undefined as never });
      new kplus.CronJob(chart, 'cron', {
        ...named('cron'),
        schedule: { minute: '0', expressionString: '0 * * * *' } as never,
        containers: [{ image, ports: [] }],
      });
      const role = new kplus.ClusterRole(chart, 'role', named('role'));
      role.allowRead(kplus.ApiResource.PODS);
      role.bind(kplus.User.fromName(chart, 'user', 'someone'));
      new kplus.StatefulSet(chart, 'db', {
        ...named('db'),
        service: new kplus.Service(chart, 'service', { ...named('db'), ports: [{ port: 1 }] }),
        containers: [{ image }],
      });
    };
    const theirs = new Cdk8sApp();
    const chart = new Cdk8sChart(theirs, 'shop', { namespace: 'home', labels: { team: 'a' } });
    build(chart);
    const expected = chart.toJson() as { kind: string; metadata: { namespace?: string } }[];
    // cdk8s puts the namespace of a chart on what has none.
    for (const { kind, metadata } of expected) if (kind.startsWith('Cluster')) delete metadata.namespace;

    const ours = new App();
    build(new Cdk8sChart(ours, 'shop', { namespace: 'home', labels: { team: 'a' } }));
    const objects = [...synth(ours)].map(({ object }) => object);
    expect(objects.map((object) => JSON.stringify(object)).sort()).toEqual(
      expected.map((object) => JSON.stringify(object)).sort(),
    );
  });
});
