import { check, ManifestSet, plan } from '../../../index';

const metadata = (name: string): object => ({ name, namespace: 'shop' });

function deployment(image: string, spec: object = {}): object {
  const labels = { app: 'api' };
  const template = { metadata: { labels }, spec: { containers: [{ name: 'api', image }] } };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadata('api'),
    spec: { ...spec, selector: { matchLabels: labels }, template },
  };
}

function rollout(strategy: object, spec: object = {}): object {
  const workloadRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'api' };
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: metadata('api'),
    spec: { replicas: 4, workloadRef, strategy, ...spec },
  };
}

function canary(spec: object = {}): object {
  const targetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'api' };
  const analysis = { interval: '5m', threshold: 3, stepWeights: [5, 25] };
  return {
    apiVersion: 'flagger.app/v1beta1',
    kind: 'Canary',
    metadata: metadata('api'),
    spec: { targetRef, service: { port: 80 }, analysis, ...spec },
  };
}

function service(name: string, selector: object): object {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata(name),
    spec: { selector, ports: [{ port: 80 }] },
  };
}

function said(before: readonly object[], after: readonly object[]): string[] {
  const { changes } = plan(ManifestSet.of([...before]), ManifestSet.of([...after]));
  return changes.flatMap(({ consequences }) =>
    consequences.map(({ kind, severity, message }) => `${kind} ${severity}: ${message}`),
  );
}

/** What follows from another image of the Deployment. */
const onChange = (other: object, spec: object = {}): string[] =>
  said([deployment('a:1', spec), other], [deployment('a:2', spec), other]);

const found = (...objects: object[]): string[] =>
  check(ManifestSet.of(objects))
    .filter(({ rule }) => /^wiring\/(?!namespace)/.test(rule))
    .map(({ rule, id, path }) => `${rule} ${id.kind} ${path}`);

describe('a Deployment that a Rollout refers to', () => {
  const steps = [
    { setWeight: 5 },
    { pause: { duration: '10m' } },
    { setWeight: 50 },
    { pause: {} },
    { setWeight: 100 },
  ];

  it('lists the first steps and the last of a Rollout that has many', () => {
    const many = Array.from({ length: 14 }, (_, index) => ({ setWeight: index + 1 }));
    const [first] = onChange(rollout({ canary: { steps: many } }));
    expect(first).toMatch(/11% of the pods, 2 more, 14% of the pods/);
  });

  it('is replaced in the steps of the Rollout, and not by its own strategy', () => {
    expect(
      onChange(rollout({ canary: { steps, trafficRouting: {} } }), { strategy: { type: 'Recreate' } }),
    ).toEqual([
      'rollout info: Rollout shop/api replaces all 4 pods of Deployment shop/api as a canary: 5% of requests, pause of 10m, 50% of requests, pause until promoted, all.',
    ]);
  });

  it('is told what aborts it, and what share without a router means', () => {
    const analysis = { templates: [{ templateName: 'errors' }] };
    expect(
      onChange(rollout({ canary: { steps: [{ setWeight: 20 }, { pause: { duration: 30 } }], analysis } })),
    ).toEqual([
      'rollout info: Rollout shop/api replaces all 4 pods of Deployment shop/api as a canary: 20% of the pods, pause of 30s. It is aborted when the analysis errors fails.',
    ]);
  });

  it.each([
    [{ autoPromotionEnabled: false }, 'when someone promotes them'],
    [{ autoPromotionSeconds: 60 }, '60s after all are available'],
    [{}, 'when all are available'],
  ])('moves the active Service in blue-green %j', (promotion, when) => {
    expect(onChange(rollout({ blueGreen: { activeService: 'api', ...promotion } }))).toEqual([
      `rollout info: Rollout shop/api starts new pods beside all 4 pods of Deployment shop/api, and moves Service api to them ${when} (blue-green).`,
    ]);
  });

  it('says nothing of steps while it is paused', () => {
    expect(onChange(rollout({ canary: { steps } }, { paused: true }))).toEqual([
      'rollout info: Rollout shop/api is paused: the pods of Deployment shop/api stay until it is resumed.',
    ]);
  });

  it('loses pods at once when it hands over, and when the Rollout goes', () => {
    const [alone, together] = [
      [deployment('a:1', { replicas: 4 })],
      [deployment('a:1'), rollout({ canary: { steps } })],
    ];
    expect(said(alone, together)).toEqual([
      'scaling warning: Deployment shop/api drops from 4 pods to 1 before Rollout shop/api has started its own. Apply the Rollout alone first, and the rest when it is healthy.',
    ]);
    expect(said(together, alone)).toContain(
      'downtime warning: Rollout shop/api is deleted, and its pods stop: Deployment shop/api has to start others in their place.',
    );
  });

  it('has the replicas of the Rollout, which an autoscaler of the Rollout sets', () => {
    const scaler = {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: metadata('api'),
      spec: {
        scaleTargetRef: { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'api' },
        minReplicas: 3,
        maxReplicas: 9,
        metrics: [
          {
            type: 'Resource',
            resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } },
          },
        ],
      },
    };
    // Its pods are looked at for requests, and the number of the Rollout fights with it.
    expect(found(deployment('a:1'), rollout({ canary: { steps } }), scaler)).toEqual([
      'wiring/replicas-fight-scaler Rollout spec.replicas',
      'wiring/scaler-without-requests HorizontalPodAutoscaler spec.metrics[0].resource',
    ]);
  });
});

it('finds what a Rollout names and nothing has', () => {
  const strategy = {
    canary: {
      stableService: 'api-stabel',
      canaryService: 'api-canary',
      analysis: { templates: [{ templateName: 'errors' }] },
      trafficRouting: { plugins: { 'argoproj-labs/gatewayAPI': { httpRoute: 'api' } } },
    },
  };
  const services = ['stable', 'canary'].map((name) => service(`api-${name}`, { app: 'api' }));
  expect(found(deployment('a:1'), rollout(strategy), ...services)).toEqual([
    'wiring/object-missing Rollout spec.strategy.canary.analysis.templates[0].templateName',
    'wiring/object-missing Rollout spec.strategy.canary.stableService',
    'wiring/object-missing Rollout spec.strategy.canary.trafficRouting.plugins[argoproj-labs/gatewayAPI].httpRoute',
  ]);
});

describe('a Deployment that a Canary of Flagger refers to', () => {
  it('is tried beside the pods that serve', () => {
    expect(onChange(canary(), { replicas: 2 })).toEqual([
      'rollout info: Canary shop/api starts new pods beside those of api-primary and sends them 5%, 25% of requests, a step every 5m. If its checks pass, it gives api-primary the new template.',
    ]);
    const analysis = { interval: '1m', threshold: 3, iterations: 10 };
    expect(onChange(canary({ analysis }), { replicas: 2 })[0]).toMatch(/checks them 10 times, every 1m\./);
  });

  it('has copies that Services and routes may name', () => {
    const policy = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: metadata('api'),
      spec: { podSelector: { matchLabels: { app: 'api-primary' } }, ingress: [{}] },
    };
    const backend = { service: { name: 'api', port: { number: 80 } } };
    const ingress = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: metadata('api'),
      spec: { rules: [{ http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }] },
    };
    const serving = [service('in', { app: 'api-primary' }), policy, ingress];
    expect(found(deployment('a:1'), canary(), ...serving)).toEqual([]);
    expect(found(deployment('a:1'), ...serving)).toHaveLength(3);
  });
});

describe('a Deployment that runs already', () => {
  const steps = [{ setWeight: 5 }, { pause: {} }];
  const taken = (other: object): string[] =>
    said([deployment('a:1', { replicas: 2 })], [deployment('a:1', { replicas: 2 }), other]);
  const workloadRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'api' };

  it.each([
    [
      canary(),
      'info: Canary shop/api starts a copy of the pods of Deployment shop/api, and stops them when the copy is ready.',
    ],
    [
      rollout({ canary: { steps } }, { workloadRef: { ...workloadRef, scaleDown: 'onsuccess' } }),
      'info: Rollout shop/api starts pods of its own beside the pods of Deployment shop/api, and stops those when its own are healthy.',
    ],
    [
      rollout({ canary: { steps } }, { workloadRef: { ...workloadRef, scaleDown: 'progressively' } }),
      'info: Rollout shop/api starts pods of its own, and stops the pods of Deployment shop/api as they become available.',
    ],
    [
      rollout({ canary: { steps } }),
      'warning: Rollout shop/api starts pods of its own beside the pods of Deployment shop/api, which stay: set its replicas to 0 when those of Rollout shop/api are healthy, or workloadRef.scaleDown to onsuccess.',
    ],
  ])('is taken over, as the plan says', (other, message) => {
    expect(taken(other)).toEqual([`rollout ${message}`]);
  });

  it('is not taken over again, nor without pods, nor where it is new', () => {
    const none = deployment('a:1', { replicas: 0 });
    expect(said([none], [none, canary()])).toEqual([]);
    expect(said([], [deployment('a:1'), canary()])).toEqual([]);
    expect(said([deployment('a:1'), canary()], [deployment('a:1'), canary({ suspend: true })])).toEqual([]);
  });

  it('loses its Service until Flagger has started what the Service selects', () => {
    const labels = { 'app.kubernetes.io/name': 'api' };
    const own = {
      ...deployment('a:1'),
      spec: {
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [{ name: 'api', image: 'a:1' }] } },
      },
    };
    const was = [own, service('api', labels)];
    expect(said(was, [own, service('api', { 'app.kubernetes.io/name': 'api-primary' }), canary()])).toContain(
      'traffic warning: The new selector of Service shop/api matches only pods that Canary shop/api has yet to start: it sends nothing to the running pods until those are ready. Apply the Canary alone first, and the rest when they are.',
    );
    expect(
      said([...was, canary()], [own, service('api', { 'app.kubernetes.io/name': 'api-primary' }), canary()]),
    ).toEqual([]);
  });

  it('keeps its hosts where Flagger makes the route', () => {
    const route = {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: metadata('api'),
      spec: { hostnames: ['a.example'] },
    };
    const split = canary({ service: { port: 80, hosts: ['a.example'], gatewayRefs: [{ name: 'edge' }] } });
    expect(said([deployment('a:1'), route], [deployment('a:1'), split])).toContain(
      'traffic warning: a.example moves from HTTPRoute shop/api to Canary shop/api: for a moment, both may serve it, or neither.',
    );
  });
});
