import { having, object } from '../../../../test/plan/changes';
import { sentences } from '../../../../test/plan/consequences/consequences';

const pods = (name: string, ports: readonly object[] = [], labels: object = {}, image = 'a') =>
  having(
    object('apps/v1', 'Deployment', {
      spec: {
        selector: { matchLabels: { app: name } },
        template: {
          metadata: { labels: { app: name, ...labels } },
          spec: { containers: [{ name, image, ports }] },
        },
      },
    }),
    'metadata.name',
    name,
  );
const policy = (name: string, app: string, from: readonly string[]) =>
  having(
    object('networking.k8s.io/v1', 'NetworkPolicy', {
      spec: {
        podSelector: { matchLabels: { app } },
        policyTypes: ['Ingress'],
        ingress: from.map((peer) => ({ from: [{ podSelector: { matchLabels: { app: peer } } }] })),
      },
    }),
    'metadata.name',
    name,
  );
const traffic = (before: readonly object[], after: readonly object[]) => sentences('traffic', before, after);
const port = (containerPort: number, rest: object = {}) => ({ containerPort, ...rest });

const [web, db] = [pods('web'), pods('db', [port(5432)])];

it('names all ports of a connection', () => {
  const many = pods('db', [port(5432), port(53, { protocol: 'UDP' })]);
  expect(traffic([web, many], [web, many, policy('p', 'db', [])])).toEqual([
    'warning: Network policies no longer allow Deployment shop/web to reach Deployment shop/db on 5432/TCP and 53/UDP.',
  ]);
});

it('distinguishes ports of one number by their protocol', () => {
  const both = pods('db', [port(53), port(53, { protocol: 'UDP' })]);
  const open = policy('p', 'db', ['web']);
  const tcp = having(open, 'spec.ingress.0.ports', [{ port: 53, protocol: 'TCP' }]);
  expect(traffic([web, both, open], [web, both, tcp])).toEqual([
    'warning: Network policies no longer allow Deployment shop/web to reach Deployment shop/db on 53/UDP.',
  ]);
});

it('says who gets a connection with the first label of a namespace', () => {
  const space = (labels?: object) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'shop', ...(labels && { labels }) },
  });
  const labelled = having(policy('p', 'db', ['web']), 'spec.ingress.0.from', [
    { namespaceSelector: { matchLabels: { team: 'shop' } } },
  ]);
  expect(traffic([space(), web, db, labelled], [space({ team: 'shop' }), web, db, labelled])).toEqual([
    'info: Network policies now allow Deployment shop/web to reach Deployment shop/db on 5432/TCP.',
  ]);
  expect(traffic([space({ team: 'shop' }), web, db, labelled], [space(), web, db, labelled])).toEqual([
    'warning: Network policies no longer allow Deployment shop/web to reach Deployment shop/db on 5432/TCP.',
  ]);
});

it('reports both directions where both ends are reached, each once', () => {
  const other = pods('web', [port(80)]);
  const closed = [policy('p', 'db', []), policy('q', 'web', [])];
  expect(traffic([other, db], [other, db, ...closed])).toEqual([
    'warning: Network policies no longer allow Deployment shop/web to reach Deployment shop/db on 5432/TCP.',
    'warning: Network policies no longer allow Deployment shop/db to reach Deployment shop/web on 80/TCP.',
  ]);
});

it('says nothing where another policy still allows a connection', () => {
  const still = policy('q', 'db', ['web']);
  expect(traffic([web, db, still, policy('p', 'db', ['web'])], [web, db, still])).toEqual([]);
});

it('says nothing where a policy is rejected, or selects nobody', () => {
  const bad = having(policy('p', 'db', []), 'spec.policyTypes', ['Sideways']);
  expect(traffic([web, db], [web, db, bad])).toEqual([]);
  expect(traffic([web, db], [web, db, policy('p', 'nobody', [])])).toEqual([]);
});

it('says nothing where pods and namespaces change in what no policy sees', () => {
  const closed = policy('p', 'db', ['web']);
  const newer = pods('db', [port(5432)], {}, 'b');
  expect(traffic([web, db, closed], [web, newer, closed])).toEqual([]);
  const space = (annotations: object) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'shop', annotations },
  });
  expect(traffic([space({}), web, db, closed], [space({ a: 'b' }), web, db, closed])).toEqual([]);
});

it('says who gets a connection with a new name of a port', () => {
  const named = (name: string) => pods('db', [port(5432, { name })]);
  const byName = having(policy('p', 'db', ['web']), 'spec.ingress.0.ports', [{ port: 'pg' }]);
  expect(traffic([web, named('sql'), byName], [web, named('pg'), byName])).toEqual([
    'info: Network policies now allow Deployment shop/web to reach Deployment shop/db on 5432/TCP.',
  ]);
});
