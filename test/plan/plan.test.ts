import { ManifestSet } from '../../lib/manifest/set';
import { plan } from '../../lib/plan/plan';
import { having, object } from './changes';

const configMap = object('v1', 'ConfigMap', { data: { a: '1', b: '2' } });
const deployment = object('apps/v1', 'Deployment', {
  spec: {
    selector: { matchLabels: { app: 'a' } },
    template: {
      metadata: { labels: { app: 'a' } },
      spec: {
        containers: [
          { name: 'app', image: 'nginx:1' },
          { name: 'proxy', image: 'envoy:1' },
        ],
      },
    },
  },
});

function planOf(before: readonly object[], after: readonly object[]): ReturnType<typeof plan> {
  return plan(ManifestSet.of(before), ManifestSet.of(after));
}

it('says what becomes of every object, in the new order, and last of those that go', () => {
  const secret = object('v1', 'Secret');
  const { changes } = planOf(
    [secret, configMap, deployment],
    [
      deployment,
      having(configMap, 'data.a', '3'),
      object('v1', 'Service', { spec: { ports: [{ port: 80 }] } }),
    ],
  );
  expect(changes.map(({ id, effect }) => [id.kind, effect])).toEqual([
    ['Deployment', 'none'],
    ['ConfigMap', 'updated'],
    ['Service', 'created'],
    ['Secret', 'deleted'],
  ]);
});

it('names the fields with the values of both sides, as the server has them', () => {
  const after = having(
    having(deployment, 'spec.template.spec.containers.1.image', 'envoy:2'),
    'spec.replicas',
    3,
  );
  expect(planOf([deployment], [after]).changes[0]?.fields).toEqual([
    { path: 'spec.template.spec.containers[1].image', before: 'envoy:1', after: 'envoy:2' },
    { path: 'spec.replicas', before: 1, after: 3 },
  ]);
  expect(planOf([configMap], [having(configMap, 'data.b')]).changes[0]?.fields).toEqual([
    { path: 'data.b', before: '2' },
  ]);
});

it('finds the items of a list again by their keys', () => {
  const after = having(deployment, 'spec.template.spec.containers.0');
  const [change] = planOf([deployment], [after]).changes;
  expect(change?.fields.map(({ path }) => path)).toEqual(['spec.template.spec.containers[0]']);
  expect(change?.fields[0]).toHaveProperty('before.name', 'app');
});

it('hides all values of a Secret that had none', () => {
  const [before, after] = [
    object('v1', 'Secret'),
    object('v1', 'Secret', { data: { a: 'YQ==', b: 'Yg==' } }),
  ];
  const [change] = plan(ManifestSet.of([before]), ManifestSet.of([after])).changes;
  expect(change?.fields).toEqual([{ path: 'data', after: { a: '(hidden)', b: '(hidden)' } }]);
});

it('shows the labels of a Secret', () => {
  const secret = (tier: string) => having(object('v1', 'Secret'), 'metadata.labels', { tier });
  const [change] = plan(ManifestSet.of([secret('a')]), ManifestSet.of([secret('b')])).changes;
  expect(change?.fields).toEqual([{ path: 'metadata.labels.tier', before: 'a', after: 'b' }]);
});

it('hides what is in a Secret', () => {
  const secret = object('v1', 'Secret', { data: { a: 'YQ==' } });
  const [change] = planOf([secret], [having(secret, 'stringData', { a: 'b', c: 'd' })]).changes;
  expect(change?.fields).toEqual([
    { path: 'data.a', before: '(hidden)', after: '(hidden)' },
    { path: 'data.c', after: '(hidden)' },
  ]);
});

it('says why an object is refused, and the way out', () => {
  const [change] = planOf(
    [deployment],
    [having(deployment, 'spec.selector.matchLabels', { app: 'b' })],
  ).changes;
  expect(change?.effect).toBe('rejected');
  expect(change?.reasons).toContainEqual({
    rule: 'admission/invalid',
    severity: 'error',
    id: change?.id,
    path: 'spec.selector',
    message: 'Invalid value: {"matchLabels":{"app":"b"}}: field is immutable',
    hint: 'Keep it as it is, or delete the object and apply it again, or give the new one another name.',
  });
});

it('says why an object is not created', () => {
  const [change] = planOf([], [having(deployment, 'spec.selector')]).changes;
  expect(change?.effect).toBe('rejected');
  expect(change?.reasons?.[0]).toMatchObject({ path: 'spec.selector', message: 'Required value' });
});

it('takes two versions of a kind for one object', () => {
  const scaler = (version: string): object =>
    object(`autoscaling/${version}`, 'HorizontalPodAutoscaler', {
      spec: { maxReplicas: 3, scaleTargetRef: { kind: 'Deployment', name: 'a' } },
    });
  expect(planOf([scaler('v1')], [scaler('v2')]).changes.map(({ effect }) => effect)).toEqual(['none']);
});

it('makes an object that the server names anew each time', () => {
  const job = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { generateName: 'a-' } };
  expect(planOf([job], [job]).changes.map(({ effect }) => effect)).toEqual(['created']);
});

it('keeps environments apart where both sides have them', () => {
  const inEnvironment = (environment: string, value: string): ManifestSet =>
    ManifestSet.from(
      [...ManifestSet.of([having(configMap, 'data.a', value)])].map((manifest) => ({
        ...manifest,
        origin: { environment },
      })),
    );
  const effects = plan(inEnvironment('staging', '1'), inEnvironment('production', '1')).changes;
  expect(effects.map(({ effect }) => effect)).toEqual(['created', 'deleted']);
  const unnamed = plan(ManifestSet.of([configMap]), inEnvironment('production', '1')).changes;
  expect(unnamed.map(({ effect }) => effect)).toEqual(['none']);
});

it('judges custom resources by the definitions of either side', () => {
  const definition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'widgets.acme.io' },
    spec: {
      group: 'acme.io',
      scope: 'Namespaced',
      names: { plural: 'widgets', kind: 'Widget' },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: {
            openAPIV3Schema: {
              type: 'object',
              properties: {
                spec: {
                  type: 'object',
                  properties: {
                    size: { type: 'integer', default: 3, minimum: 1 },
                    parts: {
                      type: 'array',
                      'x-kubernetes-list-type': 'map',
                      'x-kubernetes-list-map-keys': ['name'],
                      items: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } },
                    },
                  },
                },
              },
            },
          },
        },
      ],
    },
  };
  const widget = object('acme.io/v1', 'Widget', { spec: { parts: [{ name: 'a' }, { name: 'b' }] } });
  const effectOfChange = (path: string, value?: unknown): unknown =>
    planOf([definition, widget], [definition, having(widget, path, value)]).changes[1]?.effect;
  expect(effectOfChange('spec.size', 3)).toBe('none');
  expect(effectOfChange('spec.size', 4)).toBe('updated');
  expect(effectOfChange('spec.size', 0)).toBe('rejected');
  expect(effectOfChange('spec.parts.0', { name: 'b', other: 1 })).toBe('rejected');
});

it('says so where it knows nothing of a kind', () => {
  const widget = object('acme.io/v1', 'Widget', { spec: { size: 1 } });
  const [change] = planOf([widget], [having(widget, 'spec.size', 2)]).changes;
  expect(change).toMatchObject({
    effect: 'updated',
    byStructure: true,
    fields: [{ path: 'spec.size', before: 1, after: 2 }],
  });
  const [known] = planOf([configMap], [having(configMap, 'data.a', '2')]).changes;
  expect(known).not.toHaveProperty('byStructure');
});

it('refuses a set that holds an object twice', () => {
  expect(() => planOf([configMap, configMap], [])).toThrow(
    expect.objectContaining({ code: 'DUPLICATE_IDENTITY' }) as Error,
  );
});

it('changes nothing that it is given', () => {
  const [before, after] = [deployment, having(deployment, 'spec.replicas', 4)];
  const copies = structuredClone([before, after]);
  planOf([before], [after]);
  expect([before, after]).toEqual(copies);
});
