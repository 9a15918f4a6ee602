import { at, problems, rendered } from '../../../test/constructs/rendering';
import type { BlueGreen, Canary, Chart, ClusterProfile, ManifestSet, WebServiceProps } from '../../index';
import { blueGreen, canary, check, pause, plan, Route, WebService, Worker } from '../../index';

const FLAGGER: ClusterProfile = {
  installed: ['flagger', 'prometheus-operator'],
  gateway: { name: 'public', namespace: 'edge' },
  prometheus: { address: 'http://prometheus.monitoring:9090' },
};
const STEPS = ['5%', pause('10m'), '25%', pause('10m')];

function api(props: Partial<WebServiceProps>): (chart: Chart) => WebService {
  const usual = {
    image: 'a/b:1',
    port: 8080,
    probe: { http: '/' },
    replicas: { min: 3, max: 9, cpu: '70%' },
  };
  const resources = { cpu: '100m', memory: { request: '64Mi', limit: '64Mi' } };
  return (chart) =>
    new WebService(chart, 'api', { ...usual, resources, route: { host: 'a.example' }, ...props });
}

function withApi(props: Partial<WebServiceProps>, profile: ClusterProfile = {}): ManifestSet {
  return rendered(api(props), { profile: { ...FLAGGER, ...profile } });
}

const spec = (set: ManifestSet, kind: string, name = 'shop-api'): unknown =>
  at(set.get({ kind, name }).object, 'spec');

const errorsOf = (set: ManifestSet): string[] =>
  check(set)
    .filter(({ severity }) => severity !== 'info')
    .map(({ rule, message }) => `${rule}: ${message}`);

describe('a canary of Flagger', () => {
  it('has a budget that does not count its new pods for those that must stay', () => {
    const serving = {
      matchLabels: { 'app.kubernetes.io/instance': 'shop-api', 'app.kubernetes.io/name': 'shop-api-primary' },
    };
    for (const disruptionBudget of [
      { minAvailable: 2 },
      { maxUnavailable: '40%' },
      { minAvailable: '50%' },
    ]) {
      const set = withApi({ rollout: canary(STEPS), disruptionBudget });
      expect(spec(set, 'PodDisruptionBudget')).toMatchObject({ selector: serving, ...disruptionBudget });
      expect(errorsOf(set)).toEqual([]);
    }
  });

  it('has the shares, the autoscaler and the route of the workload', () => {
    const set = withApi({ rollout: canary(STEPS), progressDeadline: 120 });
    expect(spec(set, 'Canary')).toEqual({
      provider: 'gatewayapi:v1',
      targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop-api' },
      autoscalerRef: { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', name: 'shop-api' },
      progressDeadlineSeconds: 120,
      revertOnDeletion: true,
      service: {
        port: 8080,
        portName: 'http',
        targetPort: 8080,
        portDiscovery: false,
        gatewayRefs: [{ name: 'public', namespace: 'edge' }],
        hosts: ['a.example'],
        match: [{ uri: { prefix: '/' } }],
      },
      analysis: { interval: '10m', threshold: 3, stepWeights: [5, 25] },
    });
    expect(set.find({ kind: 'HTTPRoute' })).toEqual([]);
    expect(spec(set, 'Deployment')).not.toHaveProperty('replicas');
    expect(errorsOf(set)).toEqual([]);
  });

  it('says what the route does with requests', () => {
    const set = withApi({
      rollout: canary(['50%']),
      route: {
        host: 'a.example',
        paths: [{ exact: '/v1' }],
        methods: ['GET'],
        match: [{ headers: { 'x-a': 'b' } }],
        headers: { set: { 'x-edge': '1' }, remove: ['cookie'] },
        rewrite: '/new',
        timeout: '10s',
      },
    });
    expect(at(spec(set, 'Canary'), 'service')).toMatchObject({
      match: [{ uri: { exact: '/v1' }, method: { exact: 'GET' }, headers: { 'x-a': { exact: 'b' } } }],
      headers: { request: { set: { 'x-edge': '1' }, remove: ['cookie'] } },
      rewrite: { uri: '/new' },
      timeout: '10s',
    });
    expect(errorsOf(set)).toEqual([]);
  });

  it('leads to the pods that serve as Flagger does, so that no apply undoes it', () => {
    const set = withApi({
      rollout: canary(STEPS),
      port: undefined,
      ports: { http: { port: 8080, service: 80 }, metrics: 9090 },
    } as never);
    expect(at(spec(set, 'Canary'), 'service')).toMatchObject({
      port: 80,
      targetPort: 8080,
      portDiscovery: true,
    });
    expect(spec(set, 'Service')).toEqual({
      selector: { 'app.kubernetes.io/name': 'shop-api-primary' },
      ports: [
        { name: 'http', protocol: 'TCP', port: 80, targetPort: 8080 },
        { name: 'metrics', protocol: 'TCP', port: 9090, targetPort: 9090 },
      ],
    });
    expect(errorsOf(set)).toEqual([]);
  });

  it('has its pods of both sorts kept by the budget, allowed by policies and scraped', () => {
    const both = {
      matchLabels: { 'app.kubernetes.io/instance': 'shop-api' },
      matchExpressions: [
        { key: 'app.kubernetes.io/name', operator: 'In', values: ['shop-api', 'shop-api-primary'] },
      ],
    };
    const set = rendered(
      (chart) => {
        const server = api({ rollout: canary(STEPS), scrape: 'http' })(chart);
        const client = new Worker(chart, 'client', {
          image: 'a/b:1',
          env: { API: server.address },
          resources: { cpu: '100m', memory: { request: '64Mi', limit: '64Mi' } },
        });
        client.connectsTo(server);
      },
      { profile: { ...FLAGGER, monitoring: { namespace: 'monitoring' } } },
    );
    expect(at(spec(set, 'PodDisruptionBudget'), 'selector')).toEqual(both);
    expect(at(spec(set, 'NetworkPolicy'), 'podSelector')).toEqual(both);
    expect(at(spec(set, 'NetworkPolicy', 'shop-client'), 'egress.1.to.0.podSelector')).toEqual(both);
    expect(at(spec(set, 'PodMonitor'), 'selector')).toEqual(both);
    // Flagger changes the name of the Deployment in its copy of these.
    expect(at(spec(set, 'Deployment'), 'template.spec.topologySpreadConstraints.0.labelSelector')).toEqual({
      matchLabels: { 'app.kubernetes.io/name': 'shop-api', 'app.kubernetes.io/instance': 'shop-api' },
    });
    expect(errorsOf(set)).toEqual([]);
  });

  it('is spread by both sorts where Flagger does not change the label', () => {
    const set = withApi({ rollout: canary(STEPS), selector: { app: 'other' } });
    expect(at(spec(set, 'Deployment'), 'template.spec.topologySpreadConstraints.0.labelSelector')).toEqual({
      matchExpressions: [{ key: 'app', operator: 'In', values: ['other', 'other-primary'] }],
    });
    expect(at(spec(set, 'Service'), 'selector')).toEqual({ app: 'other-primary' });
    expect(errorsOf(set)).toEqual([]);
  });

  it('asks Prometheus about the new pods alone, and the alerts are about all', () => {
    const set = withApi({
      alerts: ['errors', 'replicas', 'autoscaler'],
      rollout: canary(STEPS, {
        abortOn: ['errors', { latency: { at: '300ms' } }, { name: 'QueueLong', expr: 'max(queue) > 9' }],
      }),
    });
    expect(at(spec(set, 'Canary'), 'analysis.metrics')).toEqual(
      ['errors', 'latency', 'queue-long'].map((name) => ({
        name,
        interval: '10m',
        templateRef: { name: `shop-api-${name}` },
        thresholdRange: { max: 0 },
      })),
    );
    expect(spec(set, 'MetricTemplate', 'shop-api-queue-long')).toEqual({
      provider: { type: 'prometheus', address: 'http://prometheus.monitoring:9090' },
      query: 'count(max(queue) > 9) or vector(0)',
    });
    const query = at(spec(set, 'MetricTemplate', 'shop-api-errors'), 'query');
    expect(query).toMatch(/^count\(/);
    expect(query).not.toMatch(/primary/);
    const rules = at(spec(set, 'PrometheusRule'), 'groups.0.rules') as readonly { readonly expr: string }[];
    expect(rules[0]?.expr).toMatch(/pod=~"shop-api-\[.*\|shop-api-primary-\[/);
    expect(rules[1]?.expr).toMatch(/deployment="shop-api-primary"/);
    expect(rules[2]?.expr).toMatch(/horizontalpodautoscaler="shop-api-primary"/);
    expect(errorsOf(set)).toEqual([]);
  });

  it('keeps a fixed number by an autoscaler, since Flagger sets that of the Deployment', () => {
    const set = withApi({ rollout: canary(STEPS), replicas: 3 });
    expect(spec(set, 'HorizontalPodAutoscaler')).toMatchObject({ minReplicas: 3, maxReplicas: 3 });
    expect(spec(set, 'Deployment')).not.toHaveProperty('replicas');
    expect(spec(set, 'Canary')).toHaveProperty('autoscalerRef');
    expect(errorsOf(set)).toEqual([]);
    expect(spec(withApi({ rollout: canary(STEPS), replicas: 1 }), 'Canary')).not.toHaveProperty(
      'autoscalerRef',
    );
  });

  it('names the ScaledObject that KEDA scales by', () => {
    const set = withApi(
      {
        rollout: canary(STEPS),
        replicas: {
          max: 5,
          on: [{ cron: { from: '0 7 * * *', to: '0 19 * * *', timeZone: 'UTC', replicas: 3 } }],
        },
      },
      { installed: ['flagger', 'keda'] },
    );
    expect(at(spec(set, 'Canary'), 'autoscalerRef')).toEqual({
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'ScaledObject',
      name: 'shop-api',
    });
    expect(errorsOf(set)).toEqual([]);
  });

  it('has the recommendations of the pods that serve', () => {
    const set = withApi(
      { rollout: canary(STEPS), recommendResources: true },
      { installed: ['flagger', 'vertical-pod-autoscaler'] },
    );
    expect(at(spec(set, 'VerticalPodAutoscaler'), 'targetRef.name')).toBe('shop-api-primary');
    expect(errorsOf(set)).toEqual([]);
  });

  it.each<[string, ClusterProfile, object]>([
    ['Istio', { mesh: { kind: 'istio', cni: true } }, { provider: 'istio', service: { port: 8080 } }],
    [
      'Linkerd',
      { mesh: { kind: 'linkerd', cni: true } },
      {
        provider: 'gatewayapi:v1',
        service: { gatewayRefs: [{ group: 'core', kind: 'Service', name: 'shop-api', port: 8080 }] },
      },
    ],
  ])('splits the requests of the mesh: %s', (_, profile, expected) => {
    const set = rendered(api({ rollout: canary(STEPS), route: undefined } as never), {
      profile: { installed: ['flagger'], ...profile },
    });
    expect(spec(set, 'Canary')).toMatchObject(expected);
    expect(errorsOf(set)).toEqual([]);
  });

  it('splits the requests of an Ingress, that of a Route as well', () => {
    const profile: ClusterProfile = { installed: ['flagger'], ingressClass: 'nginx' };
    const own = rendered(api({ rollout: canary(STEPS) }), { profile });
    const ingressRef = { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: 'shop-api' };
    expect(spec(own, 'Canary')).toMatchObject({ provider: 'nginx', ingressRef });
    expect(at(spec(own, 'Ingress'), 'rules.0.http.paths.0.backend.service.name')).toBe('shop-api');
    const shared = rendered(
      (chart) => {
        const service = api({ rollout: canary(STEPS), route: undefined } as never)(chart);
        new Route(chart, 'edge', { host: 'a.example', to: service });
      },
      { profile },
    );
    expect(spec(shared, 'Canary')).toMatchObject({ ingressRef: { ...ingressRef, name: 'shop-edge' } });
    expect([...errorsOf(own), ...errorsOf(shared)]).toEqual([]);
  });

  it('asks a gate where it waits for someone', () => {
    const gate = 'http://flagger-loadtester.flagger/gate/check';
    const last = withApi({ rollout: canary(['5%', pause('1m'), '25%', pause()], { gate }) });
    expect(at(spec(last, 'Canary'), 'analysis')).toMatchObject({
      interval: '1m',
      webhooks: [{ name: 'confirm-promotion', type: 'confirm-promotion', url: gate }],
    });
    const first = withApi({ rollout: canary(['5%', pause(), '25%', pause()], { gate }) });
    expect(at(spec(first, 'Canary'), 'analysis.webhooks.0.type')).toBe('confirm-traffic-increase');
  });

  it('is what a plan tells of a new image', () => {
    const image = (tag: number): ManifestSet => withApi({ image: `a/b:${tag}`, rollout: canary(STEPS) });
    const { changes } = plan(image(1), image(2));
    expect(changes.flatMap(({ consequences }) => consequences.map(({ message }) => message))).toEqual([
      'Canary shop-api starts new pods beside those of shop-api-primary and sends them 5%, 25% of requests, a step every 10m. If its checks pass, it gives shop-api-primary the new template.',
    ]);
  });
});

describe('a blue-green rollout of Flagger', () => {
  it('checks the new pods before the others get their template', () => {
    const set = withApi({ rollout: blueGreen({ promote: '10m', abortOn: ['restarts'], interval: '2m' }) });
    expect(spec(set, 'Canary')).toMatchObject({
      provider: 'kubernetes',
      analysis: { interval: '2m', threshold: 3, iterations: 5, metrics: [{ name: 'restarts' }] },
    });
    expect(at(spec(set, 'HTTPRoute'), 'rules.0.backendRefs')).toEqual([{ name: 'shop-api', port: 8080 }]);
    expect(errorsOf(set)).toEqual([]);
    expect(at(spec(withApi({ rollout: blueGreen() }), 'Canary'), 'analysis.iterations')).toBe(1);
  });
});

describe('a rollout of Flagger', () => {
  const fault = (props: Partial<WebServiceProps>, profile: ClusterProfile = {}): readonly string[] =>
    problems(api(props), { profile: { ...FLAGGER, ...profile } }).map(
      ({ code, path, message }) => `${code} ${path ?? ''}: ${message}`,
    );

  it.each<[Canary | BlueGreen, string]>([
    [
      canary(['5%', pause()]),
      'MISSING_PROP rollout.gate: Required value: Flagger waits for someone by asking a URL',
    ],
    [
      canary(['5%', pause('1m'), '25%', pause('10m')]),
      'INVALID_PROP rollout.canary: Forbidden: Flagger waits equally long at each share',
    ],
    [
      blueGreen({ promote: 'manual' }),
      'MISSING_PROP rollout.blueGreen.gate: Required value: Flagger waits for someone by asking a URL',
    ],
    [
      blueGreen({ keepOld: '1h' }),
      'INVALID_PROP rollout.blueGreen.keepOld: Forbidden: Flagger replaces the old pods when the new ones take over',
    ],
  ])('reports %j', (rollout, message) => {
    expect(fault({ rollout })).toEqual([message]);
  });

  it('reports what Flagger cannot make', () => {
    const rollout = canary(STEPS);
    expect(fault({ rollout, selector: { tier: 'web' } })).toEqual([
      'INVALID_PROP selector: Required value: one of the labels app, name, app.kubernetes.io/name, in which Flagger tells its pods apart',
    ]);
    expect(fault({ rollout, name: 'a'.repeat(56) })[0]).toMatch(/^INVALID_NAME name: /);
    expect(fault({ rollout, routes: ['b.example'] })).toEqual([
      'INVALID_PROP routes[0]: Forbidden: Flagger makes one route for a workload',
    ]);
    expect(fault({ rollout, route: { host: 'a.example', redirect: 'https://b.example' } })).toEqual([
      'INVALID_PROP route: Forbidden: Flagger makes an HTTPRoute with one rule that leads to the workload, and it redirects',
    ]);
    const nothing = problems(api({ rollout }), {
      profile: { installed: ['flagger'], ingressClass: 'haproxy' },
    });
    expect(nothing.map(({ message }) => message)).toEqual([
      'Forbidden: Flagger gives new pods a share of the requests, and nothing in the profile splits them',
    ]);
    const worker = (chart: Chart): unknown => new Worker(chart, 'api', { image: 'a/b:1', rollout });
    expect(problems(worker, { profile: FLAGGER }).map(({ message }) => message)).toEqual([
      'Forbidden: Flagger rolls out pods with a Service alone',
    ]);
  });

  it('refuses labels by which Istio would select the pods of others, too', () => {
    const policies = (selector?: Record<string, string>) => (chart: Chart) =>
      api({ rollout: canary(STEPS), ...(selector && { selector }) })(chart).allowFrom({ namespace: 'ops' });
    const profile: ClusterProfile = { ...FLAGGER, mesh: { kind: 'istio', cni: true } };
    const set = rendered(policies(), { profile });
    expect(at(spec(set, 'AuthorizationPolicy'), 'selector')).toEqual({
      matchLabels: { 'app.kubernetes.io/instance': 'shop-api' },
    });
    expect(problems(policies({ app: 'api' }), { profile }).map(({ path }) => path)).toEqual(['selector']);
  });

  it('names the way where a Route leads to it through a Gateway', () => {
    const edge = (chart: Chart): void => {
      const service = api({ rollout: canary(STEPS), route: undefined } as never)(chart);
      new Route(chart, 'edge', { host: 'a.example', to: service });
    };
    expect(problems(edge, { profile: FLAGGER }).map(({ message, hint }) => [message, hint])).toEqual([
      [
        'Forbidden: Flagger does not split HTTPRoute "shop-edge", but makes one of its own for the workload',
        'Set the prop `route` of the workload instead.',
      ],
    ]);
  });
});
