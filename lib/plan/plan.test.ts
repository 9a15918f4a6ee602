import { ManifestSet } from '../manifest/set';
import type { Plan } from './change';
import { plan } from './plan';

type Objects = readonly object[];

/** A set of the objects of each environment; those of `''` are of none. */
function setOf(
  environments: Readonly<Record<string, Objects>>,
  releases: Readonly<Record<string, string>> = {},
): ManifestSet {
  const manifests = Object.entries(environments).flatMap(([environment, objects]) =>
    [...ManifestSet.of(objects)].map((manifest) =>
      environment === '' ? manifest : { ...manifest, origin: { environment } },
    ),
  );
  return ManifestSet.from(
    manifests,
    new Map(Object.entries(releases).map(([name, kubernetes]) => [name, { kubernetes }])),
  );
}

const lines = ({ changes }: Plan): string[] =>
  changes
    .filter(({ effect }) => effect !== 'none')
    .map(({ effect, id, origin, consequences }) =>
      [
        `${origin?.environment ?? '-'} ${effect} ${id.kind}`,
        ...consequences.map(({ kind, severity, message }) => `${kind} ${severity}: ${message}`),
      ].join('\n'),
    );

const metadata = { name: 'api', namespace: 'shop' };
const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata,
  spec: { selector: { app: 'api' }, ports: [{ port: 80 }] },
};
const backend = { service: { name: 'api', port: { number: 80 } } };
const ingress = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata,
  spec: { rules: [{ host: 'a.example', http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }] },
};
const configMap = (name: string, value = '1') => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'shop' },
  data: { value },
});

it('plans with the way to apply that the options name, and refuses another', () => {
  const ports = (...numbers: readonly number[]) =>
    ManifestSet.of([
      {
        ...service,
        spec: { ...service.spec, ports: numbers.map((port, index) => ({ port, name: `p${index}` })) },
      },
    ]);
  const effectOf = (apply?: 'client-side' | 'helm') =>
    plan(ports(80), ports(80, 80), apply && { apply }).changes[0]?.effect;
  expect([effectOf(), effectOf('client-side'), effectOf('helm')]).toEqual(['rejected', 'none', 'none']);
  const options = { apply: 'client' } as unknown as { apply: 'helm' };
  expect(() => plan(ports(80), ports(80), options)).toThrow(
    expect.objectContaining({ code: 'INVALID_PROP' }) as Error,
  );
});

describe('environments', () => {
  it('are planned separately: one that does not change has no say in what follows in another', () => {
    const lost =
      'staging deleted Service\ntraffic error: Service shop/api is deleted: its DNS name and address stop working, and Ingress shop/api still refers to it.';
    const one = plan(setOf({ staging: [service, ingress] }), setOf({ staging: [ingress] }));
    expect(lines(one)).toEqual([lost]);
    const two = plan(
      setOf({ staging: [service, ingress], production: [service, ingress] }),
      setOf({ staging: [ingress], production: [service, ingress] }),
    );
    expect(lines(two)).toEqual([lost]);
  });

  it('are judged for the release of their profile, unless the options name one', () => {
    const statefulSet = (revisionHistoryLimit: number) => ({
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata,
      spec: {
        serviceName: 'api',
        revisionHistoryLimit,
        selector: { matchLabels: { app: 'api' } },
        template: {
          metadata: { labels: { app: 'api' } },
          spec: { containers: [{ name: 'api', image: 'api:1' }] },
        },
      },
    });
    const [before, after] = [10, 5].map((limit) =>
      setOf({ old: [statefulSet(limit)], new: [statefulSet(limit)] }, { old: '1.30', new: '1.33' }),
    ) as [ManifestSet, ManifestSet];
    const effects = (made: Plan) =>
      made.clusters.map(({ environment, changes: [change] }) => [environment, change?.effect]);
    expect(effects(plan(before, after))).toEqual([
      ['new', 'updated'],
      ['old', 'rejected'],
    ]);
    expect(effects(plan(before, after, { kubernetes: '1.32' }))).toEqual([
      ['new', 'rejected'],
      ['old', 'rejected'],
    ]);
  });

  it('give their changes by cluster, and all together in the order of the new set', () => {
    const before = setOf({ staging: [configMap('gone'), configMap('a')], production: [configMap('left')] });
    const after = setOf({
      staging: [configMap('a', '2'), configMap('b')],
      '': [configMap('x')],
      production: [configMap('a')],
    });
    const made = plan(before, after);
    const words = ({ changes }: Pick<Plan, 'changes'>) =>
      changes.map(({ id, effect }) => `${id.name} ${effect}`);
    expect(words(made)).toEqual([
      'a updated',
      'b created',
      'x created',
      'a created',
      'gone deleted',
      'left deleted',
    ]);
    expect(made.clusters.map((cluster) => [cluster.environment, words(cluster)])).toEqual([
      [undefined, ['x created']],
      ['production', ['a created', 'left deleted']],
      ['staging', ['a updated', 'b created', 'gone deleted']],
    ]);
    expect(made.clusters[0]).not.toHaveProperty('environment');
  });

  it('of two clusters, too, have all changes together in the order of the new set', () => {
    const after = setOf({ staging: [configMap('a')], production: [configMap('b')] });
    expect(plan(ManifestSet.of([]), after).changes.map(({ id }) => id.name)).toEqual(['a', 'b']);
  });

  it('are one cluster where one of the sets names none', () => {
    const named = setOf({ production: [configMap('a', '2')] });
    const made = plan(ManifestSet.of([configMap('a')]), named);
    expect(made.changes.map(({ effect }) => effect)).toEqual(['updated']);
    expect(made.clusters).toEqual([{ environment: 'production', changes: made.changes }]);
  });

  it('may hold an object each, and none of them twice', () => {
    const both = setOf({ staging: [configMap('a')], production: [configMap('a')] });
    expect(plan(ManifestSet.of([]), both).changes.map(({ effect }) => effect)).toEqual([
      'created',
      'created',
    ]);
    const twice = setOf({ staging: [configMap('a'), configMap('a')] });
    expect(() => plan(both, twice)).toThrow(expect.objectContaining({ code: 'DUPLICATE_IDENTITY' }) as Error);
  });
});
