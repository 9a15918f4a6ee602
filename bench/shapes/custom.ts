import { many, object, type Shape } from './shape';

function definition(group: string, plural: string, kind: string, spec: object) {
  return object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', `${plural}.${group}`, {
    spec: {
      group,
      scope: 'Namespaced',
      names: { plural, singular: kind.toLowerCase(), kind, listKind: `${kind}List` },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object', properties: { spec } } },
        },
      ],
    },
  });
}

/** Custom resources and their definitions. */
export const CUSTOM_SHAPES: readonly Shape[] = [
  {
    name: 'definitions and their custom resources',
    objects: (n, side) => [
      ...many(n, (i) =>
        definition('example.com', `kind${i}s`, `Kind${i}`, {
          type: 'object',
          properties: { size: { type: 'integer' } },
        }),
      ),
      ...many(n, (i) =>
        object('example.com/v1', `Kind${i}`, `o${i}`, { spec: { size: side === 'a' ? 1 : 2 } }),
      ),
    ],
  },
  {
    name: 'custom resources whose definitions are missing',
    objects: (n, side) => [
      ...many(n, (i) => definition('example.com', `kind${i}s`, `Kind${i}`, { type: 'object' })),
      ...many(n, (i) => object('example.com/v1', `Kynd${i}`, `o${i}`, { spec: { side } })),
      object('rbac.authorization.k8s.io/v1', 'ClusterRole', 'r', {
        rules: many(n, (i) => ({ apiGroups: ['example.com'], resources: [`kynd${i}s`], verbs: ['get'] })),
      }),
    ],
  },
  {
    name: 'a long pattern',
    objects: (n, side) => [
      definition('example.com', 'things', 'Thing', {
        type: 'object',
        properties: { text: { type: 'string', pattern: `^(${many(n, (i) => `word${i}`).join('|')})+$` } },
      }),
      object('example.com/v1', 'Thing', 'good', { spec: { text: many(20, (i) => `word${i}`).join('') } }),
      object('example.com/v1', 'Thing', 'bad', { spec: { text: `no ${side}` } }),
    ],
  },
  {
    name: 'a pattern on a long value',
    objects: (n, side) => [
      definition('example.com', 'things', 'Thing', {
        type: 'object',
        properties: { text: { type: 'string', pattern: '^(a+)+$' } },
      }),
      object('example.com/v1', 'Thing', 't', { spec: { text: `${'a'.repeat(n * 10)}!${side}` } }),
    ],
  },
  {
    name: 'a long enumeration',
    objects: (n, side) => [
      definition('example.com', 'things', 'Thing', {
        type: 'object',
        properties: { text: { type: 'string', enum: many(n, (i) => `value-${i}`) } },
      }),
      ...many(n, (i) => object('example.com/v1', 'Thing', `t${i}`, { spec: { text: `value${side}-${i}` } })),
    ],
  },
  {
    name: 'a schema of many fields, and an object with all of them',
    objects: (n, side) => [
      definition('example.com', 'things', 'Thing', {
        type: 'object',
        required: many(n, (i) => `f${i}`),
        properties: Object.fromEntries(many(n, (i) => [`f${i}`, { type: 'string', default: 'x' }])),
      }),
      object('example.com/v1', 'Thing', 't', { spec: Object.fromEntries(many(n, (i) => [`f${i}`, side])) }),
      object('example.com/v1', 'Thing', 'u', { spec: Object.fromEntries(many(n, (i) => [`g${i}`, side])) }),
    ],
  },
  {
    name: 'long lists of custom resources: a map, a set, and unique items',
    objects: (n, side) => [
      definition('example.com', 'things', 'Thing', {
        type: 'object',
        properties: {
          map: {
            type: 'array',
            'x-kubernetes-list-type': 'map',
            'x-kubernetes-list-map-keys': ['name'],
            items: {
              type: 'object',
              required: ['name'],
              properties: { name: { type: 'string' }, value: { type: 'string' } },
            },
          },
          set: { type: 'array', 'x-kubernetes-list-type': 'set', items: { type: 'string' } },
          plain: { type: 'array', items: { type: 'string' } },
        },
      }),
      object('example.com/v1', 'Thing', 't', {
        spec: {
          map: many(n, (i) => ({ name: `n${i}`, value: side })),
          set: many(n, (i) => `s${i}${side}`),
          plain: many(n, (i) => `p${i}${side}`),
        },
      }),
    ],
  },
  {
    name: 'a CEL rule for each item of a long list',
    objects: (n, side) => [
      definition('example.com', 'things', 'Thing', {
        type: 'object',
        properties: {
          list: {
            type: 'array',
            maxItems: 100_000,
            items: {
              type: 'string',
              maxLength: 20,
              'x-kubernetes-validations': [{ rule: 'self.size() < 15' }],
            },
          },
        },
      }),
      object('example.com/v1', 'Thing', 't', { spec: { list: many(n, (i) => `item-${i}-${side}`) } }),
    ],
  },
];
