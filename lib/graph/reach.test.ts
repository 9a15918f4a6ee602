import fc from 'fast-check';
import { ManifestSet } from '../manifest/set';
import { Cluster } from './cluster';
import { Network, portsOf } from './connections';
import { Reach } from './reach';

const labels = fc.record({ app: fc.constantFrom('a', 'b'), tier: fc.constantFrom('1', '2') });
const selector = fc.oneof(
  fc.constant({}),
  fc.record({ matchLabels: fc.record({ app: fc.constantFrom('a', 'b', 'c') }) }),
  fc.record({
    matchExpressions: fc.tuple(
      fc.record({
        key: fc.constantFrom('app', 'tier'),
        operator: fc.constantFrom('In', 'NotIn'),
        values: fc.constantFrom(['a', '1'], ['b', 'c', '2']),
      }),
    ),
  }),
);
const namespace = fc.constantFrom('shop', 'mail');
const port = fc.constantFrom(
  { port: 80 },
  { port: 'web' },
  { port: 'dns', protocol: 'UDP' },
  { protocol: 'UDP' },
  { port: 53, endPort: 90, protocol: 'UDP' },
  { port: 79, endPort: 443 },
);
const peer = fc.oneof(
  fc.record({ podSelector: selector }),
  fc.record({
    namespaceSelector: fc.constantFrom({}, { matchLabels: { team: 'mail' } }),
    podSelector: selector,
  }),
  fc.constant({ ipBlock: { cidr: '10.0.0.0/8' } }),
);
const few = <T>(each: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(each, { maxLength: 2 });
const pods = fc.record({
  namespace,
  labels,
  ports: few(
    fc.constantFrom(
      { name: 'web', containerPort: 80 },
      { name: 'web', containerPort: 8080 },
      { containerPort: 443 },
      { name: 'dns', containerPort: 53, protocol: 'UDP' },
    ),
  ),
});
const policy = fc.record({
  namespace,
  spec: fc.record({
    podSelector: selector,
    policyTypes: fc.constantFrom(['Ingress'], ['Egress'], ['Ingress', 'Egress']),
    ingress: few(fc.record({ from: few(peer), ports: few(port) })),
    egress: few(fc.record({ to: few(peer), ports: few(port) })),
  }),
});

const object = (kind: string, index: number, namespace: string, rest: object) => ({
  apiVersion: kind === 'Pod' ? 'v1' : 'networking.k8s.io/v1',
  kind,
  metadata: { name: `x${index}`, namespace, ...(kind === 'Pod' && { labels: rest }) },
});

it('lets the same pods connect as a look at each pair of them', () => {
  fc.assert(
    fc.property(fc.array(pods, { maxLength: 6 }), few(policy), (all, policies) => {
      const cluster = new Cluster(
        ManifestSet.of([
          { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'mail', labels: { team: 'mail' } } },
          ...all.map((each, index) => ({
            ...object('Pod', index, each.namespace, each.labels),
            spec: { containers: [{ name: 'c', image: 'a', ports: each.ports }] },
          })),
          ...policies.map((each, index) => ({
            ...object('NetworkPolicy', index, each.namespace, {}),
            spec: each.spec,
          })),
        ]),
      );
      const network = new Network(cluster);
      const reach = new Reach(cluster, network.pods);
      for (const to of network.pods) {
        for (const at of portsOf(to)) {
          const callers = reach.callersOf(to, { number: at.port, protocol: at.protocol });
          const expected = network.pods.filter((from) => network.allows(from, to, at));
          expect([...callers].map((place) => network.pods[place])).toEqual(expected);
        }
      }
    }),
    { numRuns: 300 },
  );
});

it('puts pods into one class only where all can reach them alike', () => {
  const cluster = new Cluster(
    ManifestSet.of([
      ...['a', 'b', 'c'].map((app, index) => ({
        ...object('Pod', index, 'shop', { app }),
        spec: { containers: [{ name: 'c', image: 'a', ports: [{ containerPort: app === 'c' ? 81 : 80 }] }] },
      })),
      { ...object('NetworkPolicy', 9, 'shop', {}), spec: { podSelector: { matchLabels: { app: 'a' } } } },
    ]),
  );
  const network = new Network(cluster);
  const reach = new Reach(cluster, network.pods);
  expect(new Set(network.pods.map((each) => reach.classOf(each))).size).toBe(3);
});
