import { z } from 'zod';
import { admit } from '../check/admit';
import { SeaworthyError } from '../errors';
import { isPlainRecord, type PlainRecord } from '../manifest/data';
import { customResourceDefinition } from './crd';
import { defineResource, type OneVersion } from './definition';
import type { PropsSchema } from './props-schema';
import type { ResourceDefinition } from './types';

const nothing = (): void => undefined;

const kind = { group: 'shop.example', kind: 'WebApp', construct: nothing } as const;

/** A definition with these props. */
const of = (props: z.ZodRawShape, options: Partial<OneVersion<PropsSchema>> = {}): ResourceDefinition =>
  defineResource({ ...kind, ...options, props: z.object(props) });

/** The schema of `spec` in a version. */
function specOf(definition: ResourceDefinition, version = 0): PlainRecord {
  const { spec } = customResourceDefinition(definition) as unknown as {
    spec: { versions: { schema: { openAPIV3Schema: { properties: { spec: PlainRecord } } } }[] };
  };
  return spec.versions[version]?.schema.openAPIV3Schema.properties.spec ?? {};
}

/** The schema of one prop. */
const propOf = (schema: z.ZodType): unknown => {
  const { properties } = specOf(of({ x: schema }));
  return isPlainRecord(properties) ? properties['x'] : undefined;
};

/** What the API server says of a resource with these props. */
const judged = (definition: ResourceDefinition, spec: unknown, version = 'v1'): string[] =>
  admit(
    {
      apiVersion: `shop.example/${version}`,
      kind: 'WebApp',
      metadata: { name: 'a', namespace: 'shop' },
      spec,
    },
    { crds: [customResourceDefinition(definition)] },
  ).map(({ path, message }) => `${path}: ${message}`);

/** What is wrong with a definition. */
function problems(define: () => unknown): string[] {
  try {
    define();
  } catch (error) {
    if (error instanceof SeaworthyError)
      return error.problems.map(({ code, path, message }) => `${code} ${path}: ${message}`);
    throw error;
  }
  return [];
}

describe('the schema of props', () => {
  it.each<[string, z.ZodType, object]>([
    ['text', z.string().regex(/^a/).max(5), { type: 'string', pattern: '^a', maxLength: 5 }],
    ['an integer', z.int().min(1).default(2), { type: 'integer', format: 'int64', minimum: 1, default: 2 }],
    ['a choice', z.enum(['a', 'b']), { type: 'string', enum: ['a', 'b'] }],
    ['choices as a union', z.union([z.literal('a'), z.literal('b')]), { type: 'string', enum: ['a', 'b'] }],
    ['null', z.string().nullable(), { type: 'string', nullable: true }],
    ['anything', z.unknown(), { 'x-kubernetes-preserve-unknown-fields': true }],
    [
      'a record',
      z.record(z.string(), z.int()),
      { type: 'object', additionalProperties: { type: 'integer', format: 'int64' } },
    ],
    [
      'a port by number or name',
      z.union([z.int().max(65_535), z.string()]),
      {
        'x-kubernetes-int-or-string': true,
        anyOf: [{ type: 'integer' }, { type: 'string' }],
        maximum: 65_535,
      },
    ],
    [
      'a closed object',
      z.strictObject({ a: z.string() }),
      { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] },
    ],
    [
      'words of Kubernetes',
      z.array(z.string()).meta({ 'x-kubernetes-list-type': 'set' }),
      { type: 'array', items: { type: 'string' }, 'x-kubernetes-list-type': 'set' },
    ],
  ])('has %s', (_, schema, expected) => {
    expect(propOf(schema)).toEqual(expected);
  });

  it('leaves to the operator what the API server has no words for', () => {
    // The pattern of the format has a lookahead, which Go does not know.
    expect(
      propOf(
        z
          .string()
          .regex(/^(?=a)/)
          .meta({ format: 'email' }),
      ),
    ).toEqual({ type: 'string', format: 'email' });
    expect(propOf(z.string().refine((text) => text !== 'no'))).toEqual({ type: 'string' });
  });

  it('judges each alternative of objects', () => {
    const route = z.discriminatedUnion('type', [
      z.object({ type: z.literal('host'), host: z.string() }),
      z.object({ type: z.literal('path'), path: z.string().default('/') }),
    ]);
    const definition = of({ route });
    expect(judged(definition, { route: { type: 'host', host: 'a' } })).toEqual([]);
    expect(judged(definition, { route: { type: 'path' } })).toEqual([]);
    expect(judged(definition, { route: { type: 'host' } })).not.toEqual([]);
    expect(judged(definition, { route: { type: 'other' } })).not.toEqual([]);
  });

  it.each<[string, z.ZodType, RegExp]>([
    [
      'two types',
      z.union([z.string(), z.object({})]),
      /props\.x: is string or object: the API server knows one type/,
    ],
    [
      'a lookahead',
      z.string().regex(/(?=a)b/),
      /props\.x: Invalid value: "\(\?=a\)b": must be a valid regular expression/,
    ],
    ['no value', z.never(), /props\.x: no value fits it/],
    ['a bigint', z.bigint(), /props: no JSON Schema can be made of it: BigInt/],
    [
      'props and others',
      z.object({ a: z.string() }).catchall(z.string()),
      /props\.x: has props of its own and others/,
    ],
    [
      'itself',
      z.object({
        name: z.string(),
        get below() {
          return z.array(node);
        },
      }),
      /contains itself/,
    ],
  ])('refuses %s', (_, schema, message) => {
    expect(problems(() => of({ x: schema }))).toEqual([expect.stringMatching(message)]);
  });

  const node: z.ZodType = z.object({
    get below() {
      return z.array(node);
    },
  });

  it('has whole defaults, which rules hold for', () => {
    const replicas = z.object({ min: z.int().default(1), max: z.int().default(2) }).prefault({});
    const definition = of(
      { replicas },
      { rules: [{ rule: 'self.min <= self.max', message: 'no', path: 'replicas' }] },
    );
    expect(specOf(definition)).toMatchObject({ default: { replicas: { min: 1, max: 2 } } });
  });

  it('is optional as a whole where every prop is', () => {
    expect(judged(of({ a: z.string().default('x') }), undefined)).toEqual([]);
    expect(judged(of({ a: z.string() }), undefined)).toEqual(['spec: Required value']);
  });
});

describe('a definition', () => {
  it('has rules, columns, short names and scale', () => {
    const definition = of(
      { min: z.int(), max: z.int().describe('The most'), image: z.string().max(100) },
      {
        rules: [{ rule: 'self.min <= self.max', message: 'min is at most max' }],
        columns: [{ name: 'Max', path: 'max' }],
        shortNames: ['wa'],
        scale: 'min',
      },
    );
    expect(judged(definition, { min: 2, max: 1, image: 'a' })).toEqual([
      'spec: Invalid value: min is at most max',
    ]);
    expect(customResourceDefinition(definition)).toMatchObject({
      metadata: { name: 'webapps.shop.example' },
      spec: {
        names: { kind: 'WebApp', plural: 'webapps', singular: 'webapp', shortNames: ['wa'] },
        conversion: { strategy: 'None' },
        versions: [
          {
            additionalPrinterColumns: [
              { name: 'Max', type: 'integer', jsonPath: '.spec.max', description: 'The most' },
              { name: 'Ready' },
              { name: 'Reason' },
              { name: 'Message', priority: 1 },
              { name: 'Age' },
            ],
            subresources: { status: {}, scale: { specReplicasPath: '.spec.min' } },
          },
        ],
      },
    });
  });

  it('refuses a rule that does not compile', () => {
    const definition = of({ a: z.string() }, { rules: [{ rule: 'self.b == 1', message: 'x' }] });
    expect(problems(() => customResourceDefinition(definition))).toEqual([
      expect.stringContaining('x-kubernetes-validations[0].rule: Invalid value: "self.b == 1"'),
    ]);
  });

  it.each<[string, Partial<OneVersion<PropsSchema>>, string]>([
    ['group', { group: 'shop' }, 'group: Invalid value: "shop": should be a domain with at least one dot'],
    ['kind', { kind: 'webApp' }, 'kind: Invalid value: "webApp": begins with an upper case letter'],
    [
      'immutable',
      { immutable: ['sice'] },
      'immutable[0]: Invalid value: "sice": there is no prop "sice"; did you mean "size"?',
    ],
    [
      'column',
      { columns: [{ name: 'A', path: 'b' }] },
      'columns[0].path: Invalid value: "b": there is no prop "b"',
    ],
    ['scale', { scale: 'size' }, 'scale: Invalid value: "size": expected an integer, such as z.int()'],
    [
      'list',
      { immutable: ['list[].a'] },
      'immutable[0]: Invalid value: "list[].a": items of a list have no identity',
    ],
    [
      'scope',
      { scope: 'cluster' as never },
      'scope: Unsupported value: "cluster": supported values: "Cluster", "Namespaced"',
    ],
    [
      'example',
      { scope: 'Cluster', examples: [{ namespace: 'shop', props: {} }] },
      'examples[0].namespace: Forbidden: a resource with scope "Cluster" is in no namespace',
    ],
    ['construct', { construct: undefined as never }, 'construct: expected a function'],
    ['schema', { props: z.string() }, 'props: expected an object'],
    ['schema', { props: {} as never }, 'props: expected a schema with Standard JSON Schema'],
  ])('refuses a wrong %s', (_, options, message) => {
    const props = z.object({ size: z.string(), list: z.array(z.object({ a: z.string() })).optional() });
    expect(
      problems(() => defineResource({ ...kind, props, ...options } as OneVersion<PropsSchema>)),
    ).toContain(`DEFINITION_INVALID ${message}`);
  });
});

describe('a prop that cannot change', () => {
  const definition = of(
    {
      storage: z.object({ size: z.string().max(10) }).optional(),
      name: z.string().max(10).meta({ immutable: true }),
    },
    { immutable: ['storage.size'] },
  );

  it('is guarded by a rule, also where it comes or goes', () => {
    expect(specOf(definition)['x-kubernetes-validations']).toEqual([
      {
        rule: '(has(self.storage)) == (has(oldSelf.storage)) && (!(has(self.storage)) || self.storage.size == oldSelf.storage.size)',
        message: 'storage.size cannot be changed',
      },
      { rule: 'self.name == oldSelf.name', message: 'name cannot be changed' },
    ]);
  });
});

describe('versions', () => {
  const before = z.object({ host: z.string() });
  const now = z.object({ hosts: z.array(z.string()) });

  it('need no conversion where their props agree', () => {
    const definition = defineResource({
      ...kind,
      versions: {
        v1: { props: before, deprecated: 'use v2' },
        v2: { props: z.object({ host: z.string().min(3) }) },
      },
    });
    expect(customResourceDefinition(definition)).toMatchObject({
      spec: {
        versions: [
          { name: 'v1', storage: false, served: true, deprecated: true, deprecationWarning: 'use v2' },
          { name: 'v2', storage: true, served: true },
        ],
      },
    });
  });

  it('need one where they differ: the API server has none', () => {
    expect(
      problems(() => defineResource({ ...kind, versions: { v1: { props: before }, v2: { props: now } } })),
    ).toEqual(['DEFINITION_INVALID versions.v1: has other props than v2, and no conversion']);
  });

  it('each keep the props of the others, and ask for none of them', () => {
    const definition = defineResource({
      ...kind,
      versions: { v1: { props: before, convert: ({ host }) => ({ hosts: [host] }) }, v2: { props: now } },
    });
    expect(specOf(definition, 0)).toMatchObject({
      required: ['host'],
      properties: { hosts: { type: 'array' } },
    });
    expect(specOf(definition, 1)).toMatchObject({
      required: ['hosts'],
      properties: { host: { type: 'string' } },
    });
  });

  it('cannot give a prop another type', () => {
    const convert = (): object => ({});
    expect(
      problems(() =>
        defineResource({
          ...kind,
          versions: {
            v1: { props: z.object({ a: z.int() }), convert },
            v2: { props: z.object({ a: z.string() }) },
          },
        }),
      )[0],
    ).toBe('DEFINITION_INVALID versions.v1.props.a: has another type in v2, and no webhook converts it');
  });
});
