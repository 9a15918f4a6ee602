import { ManifestSet } from '../../lib/manifest/set';
import { plan, type PlanOptions } from '../../lib/plan/plan';

const rules = (...texts: readonly (string | object)[]) => ({
  'x-kubernetes-validations': texts.map((rule) => (typeof rule === 'string' ? { rule } : rule)),
});

const definition = (properties: object, more: object = {}) => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'boxes.example.com' },
  spec: {
    group: 'example.com',
    names: { kind: 'Box', plural: 'boxes' },
    scope: 'Namespaced',
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: { spec: { type: 'object', ...more, properties } },
          },
        },
      },
    ],
  },
});

const box = (spec: object) => ({
  apiVersion: 'example.com/v1',
  kind: 'Box',
  metadata: { name: 'a', namespace: 'shop' },
  spec,
});

/** What becomes of a box, and the paths of what refuses it. */
function changed(
  schema: object,
  before: object,
  after: object,
  kubernetes = '1.36',
  lax: object = schema,
  apply: PlanOptions['apply'] = 'server-side',
) {
  const { changes } = plan(ManifestSet.of([lax, box(before)]), ManifestSet.of([schema, box(after)]), {
    kubernetes,
    apply,
  });
  const change = changes.find(({ id }) => id.kind === 'Box');
  return [change?.effect, ...(change?.reasons ?? []).map(({ path }) => path)];
}

const INTEGER = { type: 'integer' };
const TEXT = { type: 'string' };

it('a rule about a change refuses that change, and lets others be', () => {
  const fixed = definition({ size: { ...INTEGER, ...rules('self == oldSelf') }, name: TEXT });
  expect(changed(fixed, { size: 1 }, { size: 2 })).toEqual(['rejected', 'spec.size']);
  expect(changed(fixed, { size: 1, name: 'x' }, { size: 1, name: 'y' })).toEqual(['updated']);
  expect(changed(fixed, { name: 'x' }, { size: 2 })).toEqual(['updated']);
  expect(changed(fixed, { size: 1 }, { size: 2 }, '1.27')).toEqual(['rejected', 'spec.size']);
});

it('a rule about a change has its own message', () => {
  const grows = definition({
    size: { ...INTEGER, ...rules({ rule: 'self >= oldSelf', message: 'cannot shrink' }) },
  });
  const { changes } = plan(
    ManifestSet.of([grows, box({ size: 2 })]),
    ManifestSet.of([grows, box({ size: 1 })]),
  );
  expect(changes.find(({ id }) => id.kind === 'Box')?.reasons).toMatchObject([
    { path: 'spec.size', message: expect.stringContaining('cannot shrink') as string },
  ]);
});

it('an item of a list that is a map is compared with the one of its key', () => {
  const items = {
    type: 'object',
    properties: { name: TEXT, port: { ...INTEGER, ...rules('self == oldSelf') } },
    required: ['name'],
  };
  const ports = {
    type: 'array',
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['name'],
    items,
  };
  const http = { name: 'http', port: 80 };
  const other = { name: 'other', port: 90 };
  const listed = definition({ ports });
  expect(changed(listed, { ports: [http] }, { ports: [other, http] })).toEqual(['updated']);
  expect(changed(listed, { ports: [http] }, { ports: [other, { ...http, port: 81 }] })).toEqual([
    'rejected',
    'spec.ports[1].port',
  ]);
});

it('an old value that may be absent is judged where there is none, too', () => {
  const once = rules({ rule: 'oldSelf.hasValue() || self < 10', optionalOldSelf: true });
  const size = definition({ size: { ...INTEGER, ...once }, name: TEXT });
  expect(changed(size, { name: 'x' }, { name: 'x', size: 12 })).toEqual(['rejected', 'spec.size']);
  expect(changed(size, { size: 1 }, { size: 12 })).toEqual(['updated']);
});

describe('a rule about the value alone', () => {
  const small = rules({ rule: 'self < 10', reason: 'FieldValueForbidden' });
  const lax = definition({ size: INTEGER, name: TEXT });
  const narrow = definition({ size: { ...INTEGER, ...small }, name: TEXT });

  it('lets what does not change be, from 1.30 on', () => {
    expect(changed(narrow, { size: 12, name: 'x' }, { size: 12, name: 'y' }, '1.36', lax)).toEqual([
      'updated',
    ]);
    expect(changed(narrow, { size: 12, name: 'x' }, { size: 12, name: 'y' }, '1.29', lax)).toEqual([
      'rejected',
      'spec.size',
    ]);
    expect(changed(narrow, { size: 12 }, { size: 13 }, '1.36', lax)).toEqual(['rejected', 'spec.size']);
  });

  it('counts if anything changes in what it is about, whichever field it names', () => {
    const named = rules({ rule: 'self.size < 10', fieldPath: '.size' });
    const properties = { size: INTEGER, name: TEXT };
    expect(
      changed(definition(properties, named), { size: 12, name: 'x' }, { size: 12, name: 'y' }, '1.36', lax),
    ).toEqual(['rejected', 'spec.size']);
  });

  it('counts if it cannot be evaluated', () => {
    const broken = definition({ size: { ...INTEGER, ...rules('1 / (self - 12) > 0') }, name: TEXT });
    expect(changed(broken, { size: 12, name: 'x' }, { size: 12, name: 'y' }, '1.36', lax)).toEqual([
      'rejected',
      'spec.size',
    ]);
  });
});

it('a set that had an item twice may keep it, where it is not applied by its items', () => {
  const names = { type: 'array', items: TEXT };
  const lax = definition({ names, name: TEXT });
  const strict = definition({ names: { ...names, 'x-kubernetes-list-type': 'set' }, name: TEXT });
  const applied = (before: object, after: object): unknown =>
    changed(strict, before, after, '1.36', lax, 'client-side')[0];
  expect(applied({ names: ['a', 'a'], name: 'x' }, { names: ['a', 'a'], name: 'y' })).toBe('updated');
  expect(applied({ names: ['a'] }, { names: ['a', 'a'] })).toBe('rejected');
});
