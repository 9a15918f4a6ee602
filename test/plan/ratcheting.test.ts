import { ManifestSet } from '../../lib/manifest/set';
import { plan } from '../../lib/plan/plan';

const definition = (size: object, more: object = {}) => ({
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
            properties: {
              spec: {
                type: 'object',
                ...more,
                properties: {
                  size: { type: 'integer', ...size },
                  sizes: { type: 'array', items: { type: 'integer', ...size } },
                  name: { type: 'string' },
                },
              },
            },
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
const SMALL = { maximum: 10 };

/** The effect on a box, while the schema of its kind becomes narrower. */
const effect = (before: object, after: object, narrow = definition(SMALL), kubernetes = '1.36') =>
  plan(ManifestSet.of([definition({}), box(before)]), ManifestSet.of([narrow, box(after)]), {
    kubernetes,
  }).changes.find(({ id }) => id.kind === 'Box')?.effect;

it('a value that a narrower schema forbids can stay while another changes', () => {
  expect(effect({ size: 12, name: 'x' }, { size: 12, name: 'y' })).toBe('updated');
  expect(effect({ size: 12 }, { size: 13 })).toBe('rejected');
  expect(effect({ size: 9 }, { size: 12 })).toBe('rejected');
  expect(effect({ size: 12, name: 'x' }, { size: 12, name: 'y' }, definition(SMALL), '1.29')).toBe(
    'rejected',
  );
});

it('items stay with their list', () => {
  expect(effect({ sizes: [12], name: 'x' }, { sizes: [12], name: 'y' })).toBe('updated');
  expect(effect({ sizes: [12] }, { sizes: [12, 1] })).toBe('rejected');
});

it('a field that becomes required counts whatever changes', () => {
  const required = definition({}, { required: ['size'] });
  expect(effect({ name: 'x' }, { name: 'y' }, required)).toBe('rejected');
});
