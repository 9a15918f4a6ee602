import { having, object } from '../../../../test/plan/changes';
import { ManifestSet } from '../../../manifest/set';
import { plan } from '../../plan';
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

describe('the policy that is named', () => {
  const egress = (name: string, app: string, number?: number): object =>
    having(
      object('networking.k8s.io/v1', 'NetworkPolicy', {
        spec: {
          podSelector: { matchLabels: { app } },
          policyTypes: ['Egress'],
          egress: number === undefined ? [] : [{ ports: [{ port: number }] }],
        },
      }),
      'metadata.name',
      name,
    );
  /** The names of the policies to which the report gives a lost or a gained connection. */
  const named = (before: readonly object[], after: readonly object[]): string[] =>
    plan(ManifestSet.of([...before]), ManifestSet.of([...after])).changes.flatMap(({ id, consequences }) =>
      consequences
        .filter(({ message }) => message.startsWith('Network policies'))
        .map(() => `${id.kind} ${id.name}`),
    );

  it('is that of the side that refuses', () => {
    // The database may go nowhere itself, which closes nothing that comes in.
    const [db5, web1] = [egress('db', 'db', 53), egress('web', 'web', 9187)];
    expect(named([web, db], [web, db, db5, web1])).toEqual(['NetworkPolicy web']);
    expect(named([web, db, db5, web1], [web, db])).toEqual(['NetworkPolicy web']);
    expect(named([web, db], [web, db, web1, policy('in', 'db', ['web'])])).toEqual(['NetworkPolicy web']);
    expect(named([web, db], [web, db, egress('web', 'web', 5432), policy('in', 'db', [])])).toEqual([
      'NetworkPolicy in',
    ]);
  });

  it('is the one that allowed it, where others limit the same pods', () => {
    const [opening, other, limit] = [
      policy('z', 'db', ['web']),
      policy('a', 'db', ['x']),
      policy('b', 'db', []),
    ];
    expect(named([web, db, opening, other], [web, db, other, limit])).toEqual(['NetworkPolicy z']);
    const wider = policy('a', 'db', ['x', 'y']);
    const narrower = policy('z', 'db', ['y']);
    expect(named([web, db, other, opening], [web, db, wider, narrower])).toEqual(['NetworkPolicy z']);
    expect(named([web, db, wider, narrower], [web, db, other, opening])).toEqual(['NetworkPolicy z']);
  });

  it('is none where labels close the connection', () => {
    const unlabelled = pods('web', [], { app: 'web', tier: 'b' });
    const open = having(policy('p', 'db', []), 'spec.ingress', [
      { from: [{ podSelector: { matchLabels: { tier: 'a' } } }] },
    ]);
    const more = having(open, 'spec.ingress.1', { from: [{ podSelector: { matchLabels: { tier: 'x' } } }] });
    expect(named([pods('web', [], { tier: 'a' }), db, open], [unlabelled, db, more])).toEqual([
      'Deployment web',
    ]);
  });

  it('says nothing of a pod that reaches itself', () => {
    expect(traffic([db], [db, egress('db', 'db')])).toEqual([]);
  });
});
