import { having, object } from '../changes';
import { consequences, sentences, workload } from './consequences';

const service = object('v1', 'Service', { spec: { selector: { app: 'a' }, ports: [{ port: 80 }] } });
const pods = workload('Deployment');
const ingress = (name: string, host: string): object =>
  having(
    object('networking.k8s.io/v1', 'Ingress', {
      spec: {
        rules: [
          {
            host,
            http: {
              paths: [
                { path: '/', pathType: 'Prefix', backend: { service: { name: 'a', port: { number: 80 } } } },
              ],
            },
          },
        ],
      },
    }),
    'metadata.name',
    name,
  );

it('says what an outside address is worth when the type changes', () => {
  const balanced = having(service, 'spec.type', 'LoadBalancer');
  expect(sentences('traffic', [balanced, pods], [service, pods])).toEqual([
    'warning: Service shop/a loses its load balancer and its address: its type becomes ClusterIP.',
  ]);
  expect(sentences('traffic', [service, pods], [balanced, pods])).toEqual([
    'info: Service shop/a gets a load balancer and can be reached from outside the cluster.',
  ]);
  expect(sentences('traffic', [having(service, 'spec.type', 'NodePort'), pods], [service, pods])).toEqual([
    'warning: Service shop/a loses its node ports: its type becomes ClusterIP.',
  ]);
});

it('names the ports that nobody listens on any more', () => {
  const moved = having(service, 'spec.ports', [{ port: 8080 }]);
  expect(sentences('traffic', [service, pods], [moved, pods])).toEqual([
    'warning: Service shop/a no longer listens on 80/TCP.',
  ]);
});

it('says that a node port moves', () => {
  const at = (nodePort: number): object =>
    having(having(service, 'spec.type', 'NodePort'), 'spec.ports', [{ port: 80, nodePort }]);
  expect(sentences('traffic', [at(30080), pods], [at(30081), pods])).toEqual([
    'warning: Service shop/a changes its node port for 80/TCP from 30080 to 30081.',
  ]);
});

it('finds a selector that no pods have', () => {
  expect(sentences('traffic', [service, pods], [having(service, 'spec.selector.app', 'b'), pods])).toEqual([
    'error: The new selector of Service shop/a matches no pods of this set, so it has no endpoints.',
  ]);
});

it('finds a selector that leaves the running pods behind', () => {
  const after = having(pods, 'spec.template.metadata.labels.track', 'stable');
  const moved = having(service, 'spec.selector.track', 'stable');
  expect(sentences('traffic', [service, pods], [moved, after])).toEqual([
    'warning: The new selector of Service shop/a matches only the new pods of Deployment shop/a: it sends nothing to the running pods, even before the new ones are ready.',
  ]);
});

it('says who still names a Service that is deleted', () => {
  expect(consequences('traffic', [service, pods], [pods])).toMatchObject([
    {
      severity: 'warning',
      message: 'Service shop/a is deleted: its DNS name and address stop working.',
    },
  ]);
  const route = ingress('web', 'shop.example');
  expect(consequences('traffic', [service, pods, route], [pods, route])).toMatchObject([
    {
      severity: 'error',
      message:
        'Service shop/a is deleted: its DNS name and address stop working, and Ingress shop/web still refers to it.',
    },
  ]);
});

it('follows hosts from one route to another', () => {
  const [old, fresh] = [ingress('old', 'shop.example'), ingress('new', 'shop.example')];
  expect(sentences('traffic', [service, pods, old], [service, pods, fresh])).toEqual([
    'warning: shop.example moves from Ingress shop/old to Ingress shop/new: for a moment, both may serve it, or neither.',
  ]);
  expect(
    sentences('traffic', [service, pods, old], [service, pods, ingress('old', 'other.example')]),
  ).toEqual(['error: Ingress shop/old no longer serves shop.example, and nothing else in this set does.']);
});
