import { having, object } from '../../../../test/plan/changes';
import { sentences, workload } from '../../../../test/plan/consequences/consequences';

const pods = workload('Deployment');
const service = (spec: object = {}) =>
  object('v1', 'Service', { spec: { selector: { app: 'a' }, ports: [{ port: 80 }], ...spec } });
const traffic = (before: readonly object[], after: readonly object[]) =>
  sentences('traffic', [...before, pods], [...after, pods]);
const external = { type: 'ExternalName', externalName: 'db.example' };

describe('a Service', () => {
  it.each([
    [
      { type: 'NodePort' },
      { type: 'LoadBalancer' },
      ['info: Service shop/a gets a load balancer and can be reached from outside the cluster.'],
    ],
    [
      {},
      { type: 'NodePort' },
      ['info: Service shop/a gets node ports and can be reached at every node from outside the cluster.'],
    ],
    [
      { type: 'LoadBalancer' },
      { type: 'NodePort' },
      ['warning: Service shop/a loses its load balancer and its address: its type becomes NodePort.'],
    ],
    [{}, external, ['warning: Service shop/a loses its cluster IP and becomes an alias of db.example.']],
    [
      { type: 'LoadBalancer' },
      external,
      [
        'warning: Service shop/a loses its load balancer and its address: its type becomes ExternalName.',
        'warning: Service shop/a loses its cluster IP and becomes an alias of db.example.',
      ],
    ],
  ])('that goes from %j to %j', (before, after, expected) => {
    expect(traffic([service(before)], [service(after)])).toEqual(expected);
  });

  it('names every port that it no longer listens on, by protocol', () => {
    const [tcp, udp, web] = [
      { name: 'a', port: 53 },
      { name: 'b', port: 53, protocol: 'UDP' },
      { name: 'c', port: 80 },
    ];
    expect(traffic([service({ ports: [tcp, udp, web] })], [service({ ports: [web] })])).toEqual([
      'warning: Service shop/a no longer listens on 53/TCP and 53/UDP.',
    ]);
    expect(traffic([service({ ports: [web] })], [service({ ports: [tcp, web] })])).toEqual([]);
  });

  it('says nothing of a node port that stays, and names one that changes', () => {
    const at = (port: object) => service({ type: 'NodePort', ports: [{ port: 80, name: 'http', ...port }] });
    const [given, open] = [at({ nodePort: 30080 }), at({})];
    expect(traffic([given], [having(given, 'metadata.labels', { a: 'b' })])).toEqual([]);
    expect(traffic([given], [open])).toEqual([]);
    expect(traffic([open], [given])).toEqual([
      'warning: Service shop/a changes its node port for 80/TCP to 30080, unless the API server had allocated that.',
    ]);
    expect(traffic([given], [at({ nodePort: 30090 })])).toEqual([
      'warning: Service shop/a changes its node port for 80/TCP from 30080 to 30090.',
    ]);
    // The API server finds the old node port by the name of the port.
    expect(traffic([given], [at({ name: 'web' })])).toEqual([
      'warning: Service shop/a changes its node port for 80/TCP from 30080 to one that the API server allocates.',
    ]);
    expect(traffic([open], [at({ name: 'web' })])).toEqual([]);
  });

  it('stays headless when only the field goes', () => {
    expect(traffic([service({ clusterIP: 'None' })], [service()])).toEqual([
      'warning: Service shop/a stays headless: the API server keeps clusterIP: None when the field goes. To get a cluster IP, delete the Service and apply it again.',
    ]);
    expect(
      traffic([service({ clusterIP: 'None' })], [service({ clusterIP: 'None', selector: null })]),
    ).toEqual([
      'warning: Service shop/a no longer selects pods: something else has to provide its endpoints.',
    ]);
  });

  it.each([
    [
      { type: 'LoadBalancer' },
      { type: 'LoadBalancer', externalTrafficPolicy: 'Local' },
      'info: Service shop/a sends traffic from outside only to ready pods on the node that it arrives at: its load balancer has to skip nodes without one.',
    ],
    [
      { type: 'NodePort' },
      { type: 'NodePort', externalTrafficPolicy: 'Local' },
      'warning: Service shop/a sends traffic from outside only to ready pods on the node that it arrives at: nodes without one do not answer.',
    ],
    [
      { type: 'NodePort', externalTrafficPolicy: 'Local' },
      { type: 'NodePort' },
      'info: Pods behind Service shop/a see the address of a node instead of that of a client outside.',
    ],
    [
      {},
      { internalTrafficPolicy: 'Local' },
      'warning: Service shop/a sends traffic from inside the cluster only to pods on the node of the caller: callers on nodes without a ready pod get no answer.',
    ],
    [{ internalTrafficPolicy: 'Local' }, {}, undefined],
  ])('says where traffic goes from %j to %j', (before, after, expected) => {
    expect(traffic([service(before)], [service(after)])).toEqual(expected === undefined ? [] : [expected]);
  });

  it('says that it no longer selects pods', () => {
    expect(traffic([service()], [service({ selector: null })])).toEqual([
      'warning: Service shop/a no longer selects pods: something else has to provide its endpoints.',
    ]);
    expect(traffic([service({ selector: null })], [service()])).toEqual([]);
  });

  it('says nothing of a new selector that running pods have', () => {
    const labelled = (image: string) => {
      const base = workload('Deployment', {}, image);
      return having(base, 'spec.template.metadata.labels.tier', 'front');
    };
    const moved = service({ selector: { tier: 'front' } });
    expect(sentences('traffic', [service(), labelled('a:1')], [moved, labelled('a:2')])).toEqual([]);
    expect(sentences('traffic', [service()], [moved, labelled('a:2')])).toEqual([]);
  });

  it('is missed in the namespace default where none is named', () => {
    const nowhere = (each: object) => having(each as never, 'metadata.namespace');
    const route = nowhere(
      object('networking.k8s.io/v1', 'Ingress', {
        spec: { defaultBackend: { service: { name: 'a', port: { number: 80 } } } },
      }),
    );
    const inDefault = having(service(), 'metadata.namespace', 'default');
    for (const gone of [nowhere(service()), inDefault])
      expect(sentences('traffic', [gone, route], [route])).toEqual([
        expect.stringContaining('and Ingress a still refers to it.'),
      ]);
  });

  it('names everything that still refers to one that is deleted', () => {
    const ingress = (name: string) =>
      having(
        object('networking.k8s.io/v1', 'Ingress', {
          spec: { defaultBackend: { service: { name: 'a', port: { number: 80 } } } },
        }),
        'metadata.name',
        name,
      );
    const routes = [ingress('x'), ingress('y')];
    expect(traffic([service(), ...routes], routes)).toEqual([
      'error: Service shop/a is deleted: its DNS name and address stop working, and Ingress shop/x and Ingress shop/y still refer to it.',
    ]);
  });
});

describe('a host', () => {
  const route = (name: string, kind: string, ...hostnames: string[]) =>
    having(object('gateway.networking.k8s.io/v1', kind, { spec: { hostnames } }), 'metadata.name', name);

  it.each(['HTTPRoute', 'GRPCRoute', 'TLSRoute'])('of a %s is followed', (kind) => {
    expect(traffic([route('a', kind, 'x.example', 'y.example')], [route('a', kind, 'y.example')])).toEqual([
      `error: ${kind} shop/a no longer serves x.example, and nothing else in this set does.`,
    ]);
    const both = [route('a', kind, 'y.example'), route('b', 'HTTPRoute', 'x.example')];
    expect(traffic([route('a', kind, 'x.example', 'y.example')], both)).toEqual([
      `warning: x.example moves from ${kind} shop/a to HTTPRoute shop/b: for a moment, both may serve it, or neither.`,
    ]);
  });

  it('is no concern of what is no route', () => {
    expect(traffic([route('a', 'Gateway', 'x.example')], [])).toEqual([]);
  });

  it('stays where the server rejects the change', () => {
    const ingress = (host: string, pathType: string) => {
      const backend = { service: { name: 'a', port: { number: 80 } } };
      const rules = [{ host, http: { paths: [{ path: '/', pathType, backend }] } }];
      return object('networking.k8s.io/v1', 'Ingress', { spec: { rules } });
    };
    expect(
      traffic([service(), ingress('x.example', 'Prefix')], [service(), ingress('y.example', 'No')]),
    ).toEqual([]);
  });
});
