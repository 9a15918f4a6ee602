import { having, object } from '../../../../test/plan/changes';
import { sentences, workload } from '../../../../test/plan/consequences/consequences';

const web = workload('Deployment', {}, 'web', {
  containers: [{ name: 'web', image: 'web', ports: [{ containerPort: 8080 }] }],
});
const service = (type = 'ClusterIP') =>
  object('v1', 'Service', {
    spec: { type, selector: { app: 'a' }, ports: [{ port: 80, targetPort: 8080 }] },
  });
const ingress = object('networking.k8s.io/v1', 'Ingress', {
  spec: { defaultBackend: { service: { name: 'a', port: { number: 80 } } } },
});
const policy = (from: readonly object[], podSelector: object = {}) =>
  object('networking.k8s.io/v1', 'NetworkPolicy', {
    spec: { podSelector, policyTypes: ['Ingress'], ingress: [{ from }] },
  });
const inside = { podSelector: { matchLabels: { app: 'client' } } };
const traffic = (before: readonly object[], after: readonly object[]) => sentences('traffic', before, after);

const CUT =
  'warning: Network policies no longer let traffic from outside the namespace reach Deployment shop/a on 8080/TCP, which Ingress shop/a exposes: requests time out, unless the pods of its controller are among those that the policies let in. Allow the port from everywhere, or from the namespace of the controller.';

it('says that a new policy, or a changed one, cuts off the pods behind an Ingress', () => {
  const base = [web, service(), ingress];
  expect(traffic(base, [...base, policy([inside])])).toEqual([CUT]);
  const open = policy([{ namespaceSelector: {} }]);
  expect(traffic([...base, open], [...base, policy([inside])])).toContain(CUT);
});

it('knows that a load balancer has its clients outside', () => {
  const base = [web, service('LoadBalancer')];
  expect(traffic(base, [...base, policy([inside])])).toEqual([
    'error: Network policies no longer let traffic from outside the cluster reach Deployment shop/a on 8080/TCP, which Service shop/a exposes. Allow the port from everywhere, or from the addresses of the clients.',
  ]);
});

it.each([
  ['another namespace', [{ namespaceSelector: {} }]],
  ['an address', [{ ipBlock: { cidr: '10.0.0.0/8' } }]],
])('says nothing where the policy lets %s in', (_, from) => {
  const base = [web, service(), ingress];
  expect(traffic(base, [...base, policy(from)])).toEqual([]);
});

it('says nothing of other pods, of what was cut off before, and of what is new', () => {
  const base = [web, service(), ingress];
  expect(traffic(base, [...base, policy([inside], { matchLabels: { app: 'other' } })])).toEqual([]);
  const other = having(policy([inside]), 'metadata.name', 'b');
  expect(traffic([...base, policy([inside])], [...base, policy([inside]), other])).toEqual([]);
  expect(traffic([], [...base, policy([inside])])).toEqual([]);
  expect(traffic([web], [web, policy([inside])])).toEqual([]);
});

it('says that it is let in again', () => {
  const base = [web, service(), ingress];
  const now =
    'info: Network policies now let traffic from outside the namespace reach Deployment shop/a on 8080/TCP, which Ingress shop/a exposes.';
  expect(traffic([...base, policy([inside])], base)).toEqual([now]);
  expect(traffic([...base, policy([inside])], [...base, policy([{ namespaceSelector: {} }])])).toContain(now);
  const balanced = [web, service('LoadBalancer')];
  expect(traffic([...balanced, policy([inside])], balanced)).toEqual([
    now.replace('the namespace', 'the cluster').replace('Ingress', 'Service'),
  ]);
  // With the Ingress itself gone, there is nothing to reach.
  expect(traffic([...base, policy([inside])], [web, service()])).toEqual([]);
});
