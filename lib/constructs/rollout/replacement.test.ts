import { at, faults, problems, rendered } from '../../../test/constructs/rendering';
import type {
  Canary,
  Chart,
  ClusterProfile,
  ManifestSet,
  SharedRouteProps,
  WebServiceProps,
} from '../../index';
import { blueGreen, canary, check, pause, plan, Route, WebService, Worker } from '../../index';

const ARGO: ClusterProfile = {
  installed: { 'argo-rollouts': '1.8' },
  prometheus: { address: 'http://prometheus.monitoring:9090' },
};
const STEPS = ['5%', pause('10m'), '25%', pause()];

function api(props: Partial<WebServiceProps>): (chart: Chart) => WebService {
  const usual = { image: 'a/b:1', port: 8080, probe: { http: '/' }, replicas: 3 };
  return (chart) => new WebService(chart, 'api', { ...usual, ...props });
}

function withApi(props: Partial<WebServiceProps>, profile: ClusterProfile = {}): ManifestSet {
  return rendered(api(props), { profile: { ...ARGO, ...profile } });
}

const spec = (set: ManifestSet, kind: string, name = 'shop-api'): unknown =>
  at(set.get({ kind, name }).object, 'spec');

const kindsOf = (set: ManifestSet): string[] => [...set].map(({ id }) => `${id.kind} ${id.name}`).sort();

const errorsOf = (set: ManifestSet): string[] =>
  check(set)
    .filter(({ severity }) => severity === 'error')
    .map(({ rule, message }) => `${rule}: ${message}`);

describe('a canary of Argo Rollouts', () => {
  it('runs the pods of the Deployment, which keeps the template and none of its own', () => {
    const set = withApi({ rollout: canary(STEPS), minReady: 5, revisionHistory: 3, progressDeadline: 120 });
    expect(spec(set, 'Rollout')).toEqual({
      replicas: 3,
      minReadySeconds: 5,
      revisionHistoryLimit: 3,
      progressDeadlineSeconds: 120,
      progressDeadlineAbort: true,
      workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop-api', scaleDown: 'onsuccess' },
      strategy: {
        canary: {
          maxSurge: '25%',
          maxUnavailable: 0,
          steps: [
            { setWeight: 5 },
            { pause: { duration: '10m' } },
            { setWeight: 25 },
            { pause: {} },
            { setWeight: 100 },
          ],
        },
      },
    });
    expect(spec(set, 'Deployment')).not.toHaveProperty('replicas');
    expect(spec(set, 'Deployment')).toMatchObject({
      strategy: { type: 'RollingUpdate' },
      minReadySeconds: 5,
    });
    expect(errorsOf(set)).toEqual([]);
  });

  it('is scaled by the autoscaler of the workload, and its pods are kept by the same budget', () => {
    const replicas = { min: 3, max: 9, cpu: '70%' };
    const set = withApi({ rollout: canary(STEPS), replicas, resources: { cpu: '100m' } });
    expect(at(spec(set, 'HorizontalPodAutoscaler'), 'scaleTargetRef')).toEqual({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Rollout',
      name: 'shop-api',
    });
    expect(spec(set, 'Rollout')).not.toHaveProperty('replicas');
    expect(at(spec(set, 'PodDisruptionBudget'), 'selector')).toEqual(at(spec(set, 'Deployment'), 'selector'));
    expect(errorsOf(set)).toEqual([]);
  });

  it('sets the Deployment to zero itself before release 1.7', () => {
    const set = withApi({ rollout: canary(STEPS) }, { installed: { 'argo-rollouts': '1.6' } });
    expect(spec(set, 'Deployment')).toMatchObject({ replicas: 0 });
    expect(at(spec(set, 'Rollout'), 'workloadRef')).not.toHaveProperty('scaleDown');
    expect(errorsOf(set)).toEqual([]);
  });

  it('has shares of the pods where nothing splits requests, and no Services for them', () => {
    const kinds = kindsOf(withApi({ rollout: canary(STEPS) }));
    expect(kinds).toEqual([
      'Deployment shop-api',
      'PodDisruptionBudget shop-api',
      'Rollout shop-api',
      'Service shop-api',
      'ServiceAccount shop-api',
    ]);
  });

  it('splits the requests of an HTTPRoute between the old and the new pods', () => {
    const set = withApi(
      { rollout: canary(STEPS), route: { host: 'a.example' } },
      { gateway: { name: 'public' } },
    );
    expect(at(spec(set, 'HTTPRoute'), 'rules.0.backendRefs')).toEqual([
      { name: 'shop-api-stable', port: 8080, weight: 100 },
      { name: 'shop-api-canary', port: 8080, weight: 0 },
    ]);
    expect(at(spec(set, 'Rollout'), 'strategy.canary')).toMatchObject({
      stableService: 'shop-api-stable',
      canaryService: 'shop-api-canary',
      trafficRouting: { plugins: { 'argoproj-labs/gatewayAPI': { httpRoutes: [{ name: 'shop-api' }] } } },
    });
    // A monitor that finds the Service of the workload by its labels does not find these.
    expect(set.get({ kind: 'Service', name: 'shop-api-canary' }).object.metadata.labels).toBeUndefined();
    expect(errorsOf(set)).toEqual([]);
  });

  it.each<[string, ClusterProfile, object, object]>([
    [
      'nginx',
      { ingressClass: 'nginx' },
      { nginx: { stableIngress: 'shop-api' } },
      { name: 'shop-api-stable', port: { name: 'http' } },
    ],
    [
      'the AWS Load Balancer Controller',
      { ingressClass: 'alb' },
      { alb: { ingress: 'shop-api', servicePort: 8080 } },
      { name: 'shop-api-stable', port: { name: 'use-annotation' } },
    ],
  ])('splits the requests of an Ingress by %s', (_, profile, routing, backend) => {
    const set = withApi({ rollout: canary(STEPS), route: { host: 'a.example' } }, profile);
    expect(at(spec(set, 'Rollout'), 'strategy.canary.trafficRouting')).toEqual(routing);
    expect(at(spec(set, 'Ingress'), 'rules.0.http.paths.0.backend.service')).toEqual(backend);
    expect(errorsOf(set)).toEqual([]);
  });

  it('leads the load balancer of AWS to the port that is not for metrics', () => {
    const props = { route: { host: 'a.example' }, port: undefined, ports: { metrics: 9090, http: 8080 } };
    const set = withApi({ rollout: canary(STEPS), ...props } as never, { ingressClass: 'alb' });
    expect(at(spec(set, 'Rollout'), 'strategy.canary.trafficRouting.alb.servicePort')).toBe(8080);
  });

  it('splits the requests of the mesh by a VirtualService', () => {
    const installed = ['argo-rollouts', 'istio'] as const;
    const set = withApi({ rollout: canary(STEPS) }, { installed });
    const split = [
      { destination: { host: 'shop-api-stable', port: { number: 8080 } }, weight: 100 },
      { destination: { host: 'shop-api-canary', port: { number: 8080 } }, weight: 0 },
    ];
    expect(spec(set, 'VirtualService')).toEqual({
      hosts: ['shop-api'],
      http: [{ name: 'http', route: split }],
    });
    expect(at(spec(set, 'Rollout'), 'strategy.canary.trafficRouting')).toEqual({
      istio: { virtualService: { name: 'shop-api', routes: ['http'] } },
    });
    expect(errorsOf(set)).toEqual([]);
    const pods = withApi({ rollout: canary(STEPS) }, { installed, trafficRouter: 'pods' });
    expect(at(spec(pods, 'Rollout'), 'strategy.canary')).not.toHaveProperty('trafficRouting');
  });

  it('splits the requests of Linkerd by an HTTPRoute of each port that is not for metrics', () => {
    const set = rendered(
      (chart) =>
        new WebService(chart, 'api', {
          image: 'a/b:1',
          ports: { http: 8080, metrics: 9090, admin: { port: 8081, service: 81 } },
          replicas: 3,
          rollout: canary(STEPS),
        }),
      { profile: { ...ARGO, mesh: { kind: 'linkerd', cni: true } } },
    );
    expect(spec(set, 'HTTPRoute', 'shop-api-split')).toEqual({
      parentRefs: [{ group: '', kind: 'Service', name: 'shop-api', port: 8080 }],
      rules: [
        {
          backendRefs: [
            { name: 'shop-api-stable', port: 8080, weight: 100 },
            { name: 'shop-api-canary', port: 8080, weight: 0 },
          ],
        },
      ],
    });
    expect(at(spec(set, 'HTTPRoute', 'shop-api-split-admin'), 'parentRefs.0.port')).toBe(81);
    expect(at(spec(set, 'Rollout'), 'strategy.canary')).toMatchObject({
      stableService: 'shop-api-stable',
      trafficRouting: {
        plugins: {
          'argoproj-labs/gatewayAPI': {
            httpRoutes: [{ name: 'shop-api-split' }, { name: 'shop-api-split-admin' }],
          },
        },
      },
    });
    expect(errorsOf(set)).toEqual([]);
  });

  describe('to which a Route leads', () => {
    const edge = (chart: Chart): void => {
      const service = api({ rollout: canary(STEPS) })(chart);
      new Route(chart, 'edge', { host: 'a.example', paths: { '/': service } });
    };

    it.each<[string, ClusterProfile]>([
      ['of a Gateway', { gateway: { name: 'public' } }],
      ['of a Gateway beside a mesh', { gateway: { name: 'public' }, mesh: { kind: 'istio', cni: true } }],
    ])('splits its requests: %s', (_, profile) => {
      const set = rendered(edge, { profile: { ...ARGO, ...profile } });
      expect(at(spec(set, 'HTTPRoute', 'shop-edge'), 'rules.0.backendRefs')).toEqual([
        { name: 'shop-api-stable', port: 8080, weight: 100 },
        { name: 'shop-api-canary', port: 8080, weight: 0 },
      ]);
      expect(at(spec(set, 'Rollout'), 'strategy.canary')).toMatchObject({
        canaryService: 'shop-api-canary',
        trafficRouting: { plugins: { 'argoproj-labs/gatewayAPI': { httpRoutes: [{ name: 'shop-edge' }] } } },
      });
      expect(kindsOf(set).filter((each) => /VirtualService|-canary/.test(each))).toEqual([
        'Service shop-api-canary',
      ]);
      expect(errorsOf(set)).toEqual([]);
    });

    it('splits those of its Ingress', () => {
      const set = rendered(edge, { profile: { ...ARGO, ingressClass: 'nginx' } });
      expect(at(spec(set, 'Rollout'), 'strategy.canary.trafficRouting')).toEqual({
        nginx: { stableIngress: 'shop-edge' },
      });
      expect(errorsOf(set)).toEqual([]);
    });

    it('refuses a Route that it cannot split', () => {
      const fault = (props: Partial<SharedRouteProps>): readonly string[] =>
        problems(
          (chart) => {
            const service = api({ rollout: canary(STEPS) })(chart);
            new Route(chart, 'edge', { host: 'a.example', to: service, ...props });
          },
          { profile: { ...ARGO, gateway: { name: 'public' } } },
        ).map(({ path, message }) => `${path ?? ''}: ${message}`);
      expect(fault({ namespace: 'edge' })).toEqual([
        'rollout: Forbidden: HTTPRoute "shop-edge" is in namespace "edge", and Argo Rollouts splits routes of the workload\'s own',
      ]);
      expect(fault({ protocol: 'UDP', host: [], listener: 'dns' })).toEqual([
        'rollout: Forbidden: the Gateway API plugin of Argo Rollouts splits no UDPRoute',
      ]);
    });
  });

  it('is aborted by the expressions of the alerts, and by PromQL of its own', () => {
    const abortOn = [
      'errors',
      { latency: { at: '300ms' } },
      { name: 'Queue', expr: 'max(queue) > 9' },
    ] as const;
    const set = withApi({ rollout: canary(STEPS, { abortOn, interval: '30s', tolerate: 0 }) });
    const metrics = at(spec(set, 'AnalysisTemplate'), 'metrics') as readonly object[];
    const usual = { interval: '30s', failureLimit: 0, successCondition: 'len(result) == 0' };
    const query = (text: unknown): object => ({
      provider: { prometheus: { address: 'http://prometheus.monitoring:9090', query: text } },
    });
    expect(metrics).toEqual([
      { name: 'ErrorRateHigh', ...usual, ...query(expect.stringMatching(/http_requests_total.*> 0\.05$/s)) },
      { name: 'LatencyHigh', ...usual, ...query(expect.stringMatching(/^histogram_quantile.*> 0\.3$/s)) },
      { name: 'Queue', ...usual, ...query('max(queue) > 9') },
    ]);
    expect(at(spec(set, 'Rollout'), 'strategy.canary.analysis')).toEqual({
      templates: [{ templateName: 'shop-api' }],
      startingStep: 1,
    });
    expect(errorsOf(set)).toEqual([]);
  });

  it('is aborted at the thresholds that the alerts of the workload have', () => {
    const set = withApi(
      { alerts: [{ errors: { at: '2%' } }], rollout: canary(STEPS, { abortOn: ['errors', 'replicas'] }) },
      { installed: ['argo-rollouts', 'prometheus-operator'] },
    );
    const query = at(spec(set, 'AnalysisTemplate'), 'metrics.0.provider.prometheus.query');
    expect(query).toMatch(/> 0\.02$/);
    expect(at(spec(set, 'PrometheusRule'), 'groups.0.rules.0.expr')).toBe(query);
    // The Deployment has no pods: the controller of the Rollout counts them.
    expect(at(spec(set, 'AnalysisTemplate'), 'metrics.1.provider.prometheus.query')).toMatch(
      /^sum \(rollout_info/,
    );
  });

  it('is what a plan tells of a new image', () => {
    const image = (tag: number): ManifestSet =>
      withApi({ image: `a/b:${tag}`, rollout: canary(STEPS, { abortOn: ['errors'] }) });
    const { changes } = plan(image(1), image(2));
    expect(changes.flatMap(({ consequences }) => consequences.map(({ message }) => message))).toEqual([
      'Rollout shop-api replaces all 3 pods of Deployment shop-api as a canary: 5% of the pods, pause of 10m, 25% of the pods, pause until promoted, all. It is aborted when the analysis shop-api fails.',
    ]);
  });

  it('is taken by pods that nobody calls', () => {
    const worker = (chart: Chart): unknown =>
      new Worker(chart, 'api', { image: 'a/b:1', rollout: canary(['50%', pause('1m'), '100%']) });
    const set = rendered(worker, { profile: { ...ARGO, installed: ['argo-rollouts', 'istio'] } });
    expect(at(spec(set, 'Rollout'), 'strategy.canary.steps')).toEqual([
      { setWeight: 50 },
      { pause: { duration: '1m' } },
      { setWeight: 100 },
    ]);
    expect(errorsOf(set)).toEqual([]);
  });
});

describe('a blue-green rollout of Argo Rollouts', () => {
  it('moves the Service of the workload to the new pods when all are there', () => {
    const set = withApi({ rollout: blueGreen() });
    expect(at(spec(set, 'Rollout'), 'strategy')).toEqual({
      blueGreen: { activeService: 'shop-api', previewService: 'shop-api-preview' },
    });
    expect(at(spec(set, 'Service', 'shop-api-preview'), 'selector')).toEqual(
      at(spec(set, 'Service'), 'selector'),
    );
    expect(errorsOf(set)).toEqual([]);
  });

  it('waits as it is told, and looks at the alerts after it has moved', () => {
    const options = {
      promote: '5m',
      previewReplicas: 1,
      keepOld: '1h',
      abortOn: ['errors'],
      watch: '10m',
    } as const;
    const set = withApi({ rollout: blueGreen(options) });
    expect(at(spec(set, 'Rollout'), 'strategy.blueGreen')).toMatchObject({
      autoPromotionSeconds: 300,
      previewReplicaCount: 1,
      scaleDownDelaySeconds: 3600,
      postPromotionAnalysis: { templates: [{ templateName: 'shop-api' }] },
    });
    expect(at(spec(set, 'AnalysisTemplate'), 'metrics.0')).toMatchObject({ interval: '1m', count: 10 });
    const manual = withApi({ rollout: blueGreen({ promote: 'manual' }) });
    expect(at(spec(manual, 'Rollout'), 'strategy.blueGreen')).toMatchObject({ autoPromotionEnabled: false });
  });

  it('refuses Services that lead to the old and the new pods at once', () => {
    const exposed = (chart: Chart): unknown =>
      api({ rollout: blueGreen() })(chart).expose('public', { type: 'LoadBalancer' });
    expect(faults(exposed, { profile: ARGO })).toEqual(['INVALID_PROP rollout.blueGreen']);
    const worker = (chart: Chart): unknown =>
      new Worker(chart, 'api', { image: 'a/b:1', rollout: blueGreen() });
    expect(faults(worker, { profile: ARGO })).toEqual(['INVALID_PROP rollout.blueGreen']);
  });
});

describe('a rollout in steps', () => {
  const fault = (rollout: unknown, profile: ClusterProfile = ARGO): readonly string[] =>
    problems(api({ rollout: rollout as Canary }), { profile }).map(
      ({ code, path, message }) => `${code} ${path ?? ''}: ${message}`,
    );

  it.each<[unknown, string]>([
    [canary([]), 'MISSING_PROP rollout.canary: Required value: a canary needs a step'],
    [
      canary(['5']),
      'INVALID_PROP rollout.canary[0]: Invalid value: "5": expected a whole percentage from 1% to 100%',
    ],
    [
      canary(['30%', '20%']),
      'INVALID_PROP rollout.canary[1]: Invalid value: "20%": must be greater than the 30% before it',
    ],
    [
      canary(['30%', pause('10 minutes')]),
      'INVALID_PROP rollout.canary[1]: Invalid value: "10 minutes": expected a duration',
    ],
    [
      canary(['30%', pause('1ms')]),
      'INVALID_PROP rollout.canary[1]: Invalid value: "1ms": must be at least 1s',
    ],
    [
      canary([pause('1m'), '30%']),
      'INVALID_PROP rollout.canary[0]: Forbidden: a canary begins with a percentage, since there is nothing to wait for before it',
    ],
    [
      canary([5 as never]),
      "INVALID_PROP rollout.canary[0]: Invalid value: expected a percentage such as '5%', or pause('10m'), got a number",
    ],
    [
      canary(['5%'], { abortOn: ['error' as never] }),
      'INVALID_PROP rollout.abortOn[0]: Unsupported value: "error": supported values: "errors", "latency", "saturation", "restarts", "replicas", "autoscaler", "volume", "failed", "certificate"',
    ],
    [
      canary(['5%'], { abortOn: [{ errors: { at: 5 } }] }),
      'INVALID_PROP rollout.abortOn[0].errors.at: Invalid value: 5: expected a percentage',
    ],
    [
      blueGreen({ promote: 'never' }),
      'INVALID_PROP rollout.blueGreen.promote: Invalid value: "never": expected a duration',
    ],
    [{ canary: ['5%'], pauses: 1 }, 'UNKNOWN_PROP rollout.pauses: unknown prop "pauses"'],
  ])('reports %j', (rollout, message) => {
    expect(fault(rollout)).toEqual([message]);
  });

  it('names what the profile lacks', () => {
    expect(fault(canary(['5%']), {})).toEqual([
      'MISSING_PROP rollout: Required value: the profile of environment "production" has neither Argo Rollouts nor Flagger',
    ]);
    expect(fault(canary(['5%'], { abortOn: ['errors'] }), { installed: ['argo-rollouts'] })).toEqual([
      'MISSING_PROP rollout.abortOn: Required value: the profile of environment "production" does not say where Prometheus is',
    ]);
    expect(fault(canary(['5%']), { ...ARGO, trafficRouter: 'gateway-api' })).toEqual([
      'MISSING_PROP rollout: Required value: `trafficRouter` of the profile is "gateway-api", and it has no `gateway`',
    ]);
  });
});
