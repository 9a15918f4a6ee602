import type { ClusterProfile, ServiceProps, WebServiceProps } from '../../index';
import { aks, eks, gke, k3s, WebService } from '../../index';
import type { Surroundings } from '../../../test/constructs/rendering';
import { faults, problems, rendered } from '../../../test/constructs/rendering';

const PROPS: WebServiceProps = { image: 'acme/web:1', port: 8080 };

function web(props: Partial<WebServiceProps> = {}, around: Surroundings = {}) {
  return rendered((chart) => new WebService(chart, 'web', { ...PROPS, ...props }), around);
}

describe('the Service of a WebService', () => {
  const spec = (props: Partial<WebServiceProps>): unknown =>
    web(props).get({ kind: 'Service' }).object['spec'];

  it('is of a type, with what goes with it', () => {
    const service = {
      type: 'LoadBalancer',
      sessionAffinity: 'ClientIP',
      externalTrafficPolicy: 'Local',
      loadBalancerSourceRanges: ['10.0.0.0/8'],
      loadBalancerClass: 'example.com/nlb',
      allocateLoadBalancerNodePorts: false,
      internalTrafficPolicy: 'Local',
      annotations: { 'example.com/lb': 'internal' },
    } as const;
    const { annotations, ...rest } = service;
    expect(spec({ service })).toMatchObject(rest);
    expect(web({ service }).get({ kind: 'Service' }).object.metadata.annotations).toEqual(annotations);
  });

  it.each<[object, string]>([
    [{ service: { typ: 'NodePort' } }, 'UNKNOWN_PROP service.typ'],
    [{ service: { type: 'ExternalName' } }, 'INVALID_PROP service.type'],
    [{ service: { externalTrafficPolicy: 'Local' } }, 'INVALID_PROP service.externalTrafficPolicy'],
    [
      { service: { type: 'NodePort', loadBalancerSourceRanges: ['10.0.0.0/8'] } },
      'INVALID_PROP service.loadBalancerSourceRanges',
    ],
    [
      { service: { type: 'LoadBalancer', loadBalancerSourceRanges: ['10.0.0.0'] } },
      'INVALID_PROP service.loadBalancerSourceRanges',
    ],
    [{ port: { port: 80, nodePort: 30080 } }, 'INVALID_PROP service.ports.http.nodePort'],
    [{ service: { annotations: { 'a b': 'c' } } }, 'INVALID_LABEL service.annotations.a b'],
    [{ port: undefined }, 'MISSING_PROP port'],
    [{ service: { type: 'NodePort', loadBalancerClass: 'a/b' } }, 'INVALID_PROP service.loadBalancerClass'],
    [
      { service: { allocateLoadBalancerNodePorts: false } },
      'INVALID_PROP service.allocateLoadBalancerNodePorts',
    ],
    [{ service: { ports: [] } }, 'MISSING_PROP service.ports'],
    [{ service: { ports: ['htp'] } }, 'INVALID_PORT service.ports[0]'],
    [{ service: { ports: { htp: 80 } } }, 'INVALID_PORT service.ports.htp'],
    [{ service: { ports: { http: 0 } } }, 'INVALID_PORT service.ports.http.port'],
    [
      { service: { type: 'NodePort', ports: { http: { nodePort: 70000 } } } },
      'INVALID_PORT service.ports.http.nodePort',
    ],
    [{ service: { ports: { http: { nodePort: 30080 } } } }, 'INVALID_PROP service.ports.http.nodePort'],
    [
      { port: undefined, ports: { a: 1, b: 2 }, service: { ports: { a: 80, b: 80 } } },
      'DUPLICATE_NAME service.ports.b',
    ],
  ])('is told of %j', (props, fault) => {
    expect(faults((chart) => new WebService(chart, 'web', { ...PROPS, ...props }))).toEqual([fault]);
  });

  it('says what is wrong with it', () => {
    const words = (service: object) =>
      problems((chart) => new WebService(chart, 'web', { ...PROPS, service })).map(({ message }) => message);
    expect(words({ type: 'ExternalName' })).toEqual([
      'Unsupported value: "ExternalName": supported values: "ClusterIP", "NodePort", "LoadBalancer"',
    ]);
    expect(words({ externalTrafficPolicy: 'Local' })).toEqual([
      'Forbidden: only allowed with type "NodePort" or "LoadBalancer"',
    ]);
  });

  it('is reachable with every other Service, so that it can be changed', () => {
    const set = rendered((chart) => {
      const service = new WebService(chart, 'web', PROPS);
      service.service.override({ spec: { sessionAffinity: 'ClientIP' } });
      service
        .expose('world', { type: 'LoadBalancer' })
        .override({ spec: { allocateLoadBalancerNodePorts: false } });
    });
    expect(set.get({ kind: 'Service', name: 'shop-web' }).object['spec']).toMatchObject({
      sessionAffinity: 'ClientIP',
    });
    expect(set.get({ kind: 'Service', name: 'shop-web-world' }).object['spec']).toMatchObject({
      type: 'LoadBalancer',
      allocateLoadBalancerNodePorts: false,
    });
  });

  it('begins with a letter before 1.36', () => {
    const named = (kubernetes: string): readonly string[] =>
      faults((chart) => new WebService(chart, 'web', { ...PROPS, name: '3scale', serviceAccount: 'x' }), {
        profile: { kubernetes },
      });
    expect(named('1.36')).toEqual([]);
    expect(named('1.35')).toEqual(['INVALID_NAME name']);
  });

  it('has a name without dots', () => {
    expect(
      faults((chart) => new WebService(chart, 'web', { ...PROPS, name: 'a.b', serviceAccount: 'x' })),
    ).toEqual(['INVALID_NAME name']);
  });
});

describe('the ports of a Service', () => {
  const ports = { http: 8080, metrics: 9090 };
  const on = (service: ServiceProps, own: Record<string, number> = ports): unknown => {
    const set = rendered((chart) => {
      new WebService(chart, 'web', { image: 'acme/web:1', ports: own }).expose('public', service);
    });
    return (set.get({ kind: 'Service', name: 'shop-web-public' }).object['spec'] as { ports: unknown }).ports;
  };
  const http = { name: 'http', port: 8080, targetPort: 'http' };

  it.each(['LoadBalancer', 'NodePort'] as const)('are never those for metrics on a %s by default', (type) => {
    expect(on({ type })).toEqual([http]);
    expect(on({ type }, { 'http-metrics': 9090, http: 8080 })).toEqual([http]);
    expect(on({ type, ports: ['metrics'] })).toEqual([
      { name: 'metrics', port: 9090, targetPort: 'metrics' },
    ]);
    expect(on({ type }, { metrics: 9090 })).toHaveLength(1);
    expect(on({})).toHaveLength(2);
  });

  it('are never those that are scraped on a load balancer by default, whatever they are called', () => {
    const set = rendered((chart) => {
      const web = new WebService(chart, 'web', {
        image: 'acme/web:1',
        ports: { stats: 9090, http: 8080 },
        scrape: { port: 'stats' },
      });
      web.expose('public', { type: 'LoadBalancer' });
      expect(web.address).toBe('shop-web:8080');
    });
    expect(set.get({ kind: 'Service', name: 'shop-web-public' }).object).toMatchObject({
      spec: { ports: [http] },
    });
    expect(set.get({ kind: 'Service', name: 'shop-web' }).object).toMatchObject({
      spec: { ports: [{ name: 'stats' }, { name: 'http' }] },
    });
  });

  it('are asked for, where several may be open to the world', () => {
    const [problem, ...others] = problems((chart) => {
      new WebService(chart, 'web', { image: 'acme/web:1', ports: { ...ports, admin: 9000 } }).expose(
        'public',
        {
          type: 'LoadBalancer',
        },
      );
    });
    expect(others).toEqual([]);
    expect(problem).toMatchObject({
      code: 'MISSING_PROP',
      path: "expose('public').ports",
      message: 'Required value: which of the ports http, metrics, admin are open outside the cluster',
      hint: "Name them: `ports: ['http', 'admin']`.",
    });
  });

  it('leave the port of a node to the Service of the workload, as no two may have it', () => {
    const set = rendered((chart) => {
      new WebService(chart, 'web', {
        image: 'acme/web:1',
        ports: { http: { port: 8080, nodePort: 30080 } },
        service: { type: 'NodePort' },
      }).expose('public', { type: 'LoadBalancer' });
    });
    const portsOf = (name: string): unknown => set.get({ kind: 'Service', name }).object['spec'];
    expect(portsOf('shop-web')).toMatchObject({ ports: [{ ...http, nodePort: 30080 }] });
    expect(portsOf('shop-web-public')).toMatchObject({ ports: [http] });
    expect(portsOf('shop-web-public')).not.toHaveProperty('ports[0].nodePort');
  });

  it('have numbers of their own', () => {
    expect(on({ ports: { http: 80 } })).toEqual([{ ...http, port: 80 }]);
    expect(on({ type: 'NodePort', ports: { http: { port: 443, nodePort: 30443 } } })).toEqual([
      { ...http, port: 443, nodePort: 30443 },
    ]);
    const set = rendered((chart) => {
      const web = new WebService(chart, 'web', {
        image: 'acme/web:1',
        ports,
        service: { ports: { http: 80 } },
      });
      expect(web.address).toBe('shop-web:80');
    });
    expect(set.find({ kind: 'Service' })).toHaveLength(1);
  });

  it('are those of other containers of the pod, too, where they are named', () => {
    const set = rendered((chart) => {
      const web = new WebService(chart, 'web', {
        ...PROPS,
        containers: { exporter: { image: 'acme/exporter:1', port: { name: 'exporter', port: 9113 } } },
        service: { ports: ['http', 'exporter', 'admin'] },
      });
      web.addSidecar('proxy', { image: 'acme/proxy:1', port: { name: 'admin', port: 9901 } });
      web.expose('plain', {});
    });
    const names = (name: string): unknown =>
      (set.get({ kind: 'Service', name }).object['spec'] as { ports: readonly { name: string }[] }).ports.map(
        (port) => port.name,
      );
    expect(names('shop-web')).toEqual(['http', 'exporter', 'admin']);
    expect(names('shop-web-plain')).toEqual(['http']);
  });

  it('let only those in from everywhere that are open', () => {
    const set = rendered((chart) => {
      const web = new WebService(chart, 'web', { image: 'acme/web:1', ports });
      web.expose('public', { type: 'LoadBalancer' });
      new WebService(chart, 'client', PROPS).connectsTo(web, { port: 'metrics' });
    });
    const { ingress } = set.get({ kind: 'NetworkPolicy', name: 'shop-web' }).object['spec'] as {
      ingress: readonly object[];
    };
    expect(ingress[0]).toEqual({ ports: [{ protocol: 'TCP', port: 8080 }] });
  });
});

describe('a load balancer', () => {
  const annotationsOn = (profile: ClusterProfile, props: ServiceProps): unknown =>
    web({ service: { type: 'LoadBalancer', ...props } }, { profile }).get({ kind: 'Service' }).object.metadata
      .annotations;
  const SCHEME = 'service.beta.kubernetes.io/aws-load-balancer-scheme';

  it('has the annotations of the cloud, for the internet or its own network', () => {
    expect(annotationsOn(eks(), {})).toEqual({ [SCHEME]: 'internet-facing' });
    expect(annotationsOn(eks(), { internal: true })).toMatchObject({ [SCHEME]: 'internal' });
    expect(annotationsOn(gke(), { internal: true })).toEqual({
      'networking.gke.io/load-balancer-type': 'Internal',
    });
    expect(annotationsOn(aks(), { internal: true })).toEqual({
      'service.beta.kubernetes.io/azure-load-balancer-internal': 'true',
    });
    expect(annotationsOn(gke(), {})).toBeUndefined();
  });

  it('has its own annotations first', () => {
    const annotations = { [SCHEME]: 'internal', team: 'shop' };
    expect(annotationsOn(eks(), { annotations })).toEqual(annotations);
  });

  it('is not internal where the profile does not say how, or there is none', () => {
    const told = (profile: ClusterProfile, service: ServiceProps): readonly string[] =>
      faults((chart) => new WebService(chart, 'web', { ...PROPS, service }), { profile });
    expect(told(k3s(), { type: 'LoadBalancer', internal: true })).toEqual(['INVALID_PROP service.internal']);
    expect(told(eks(), { internal: true })).toEqual(['INVALID_PROP service.internal']);
  });
});
