/** CustomResourceDefinitions with schemas that are deep, contradictory or expensive, and resources of them. */
import { setOwn, type PlainRecord } from '../../../lib/manifest/data';
import type { Random } from '../random';
import { expression } from './expressions';
import { stringFor, stringOf } from './strings';
import { anything, numberOf } from './values';

export function definition(random: Random): PlainRecord {
  const versions = random.times(1, 2, () => version(random));
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: random.chance(90) ? 'widgets.example.com' : stringFor('name', random) },
    spec: {
      group: 'example.com',
      names: { plural: 'widgets', singular: 'widget', kind: 'Widget', listKind: 'WidgetList' },
      scope: random.pick(['Namespaced', 'Cluster']),
      versions: random.chance(95) ? versions : anything(random, 2),
      ...(random.chance(5) && { conversion: anything(random, 2) }),
      ...(random.chance(5) && { preserveUnknownFields: anything(random, 0) }),
    },
  };
}

function version(random: Random): PlainRecord {
  return {
    name: random.pick(['v1', 'v1', 'v1', 'v2', 'v1beta1']),
    served: random.chance(90),
    storage: random.chance(80),
    schema: { openAPIV3Schema: top(random) },
    ...(random.chance(15) && {
      subresources: random.pick<unknown>([
        { status: {} },
        { scale: { specReplicasPath: '.spec.a', statusReplicasPath: '.status.a' } },
        anything(random, 2),
      ]),
    }),
    ...(random.chance(10) && { selectableFields: [{ jsonPath: stringOf('path', random) }] }),
    ...(random.chance(10) && {
      additionalPrinterColumns: [{ name: 'a', type: random.pick(TYPES), jsonPath: stringOf('path', random) }],
    }),
  };
}

function top(random: Random): unknown {
  if (random.chance(2)) return anything(random, 2);
  const spec = schema(random, 4);
  return {
    type: 'object',
    properties: { spec, status: { type: 'object' } },
    ...(random.chance(20) && rules(random)),
  };
}

const TYPES = ['object', 'array', 'string', 'integer', 'number', 'boolean', 'null', ''];
const FORMATS =
  'int32 int64 float double byte date date-time password uuid email hostname ipv4 ipv6 cidr mac duration uri bsonobjectid isbn creditcard ssn hexcolor rgbcolor datetime x'.split(
    ' ',
  );
const KEYS = ['a', 'b', 'c', 'metadata', 'kind', '__proto__', 'constructor', 'x-y', 'in', 'namespace', ''];

export function schema(random: Random, depth: number): unknown {
  if (random.chance(1)) return anything(random, 2);
  const type = depth > 0 ? random.pick(TYPES.slice(0, 6)) : random.pick(TYPES.slice(2, 6));
  const made: PlainRecord = { type, ...keywordsOf(type, random, depth) };
  if (random.chance(12)) Object.assign(made, rules(random));
  for (let left = random.below(3); left > 0; left--) {
    const [key, make] = random.pick(KEYWORDS);
    if (random.chance(35)) setOwn(made, key, make(random, depth));
  }
  return made;
}

function keywordsOf(type: string, random: Random, depth: number): PlainRecord {
  switch (type) {
    case 'object':
      if (random.chance(25))
        return { additionalProperties: random.chance(80) ? schema(random, depth - 1) : random.chance(50) };
      return {
        properties: properties(random, depth),
        ...(random.chance(30) && { required: random.times(1, 2, () => random.pick(KEYS)) }),
      };
    case 'array':
      return {
        items: random.chance(95) ? schema(random, depth - 1) : [schema(random, 0)],
        ...(random.chance(30) && { maxItems: numberOf(random) }),
        ...(random.chance(30) && { 'x-kubernetes-list-type': random.pick(['atomic', 'set', 'map', 'x']) }),
        ...(random.chance(20) && {
          'x-kubernetes-list-map-keys': random.times(1, 2, () => random.pick(KEYS)),
        }),
      };
    case 'string':
      return {
        ...(random.chance(30) && { pattern: stringOf('regex', random) }),
        ...(random.chance(30) && { format: random.pick(FORMATS) }),
        ...(random.chance(20) && { maxLength: numberOf(random) }),
        ...(random.chance(15) && { enum: random.times(1, 3, () => random.pick(KEYS)) }),
      };
    default:
      return random.chance(40) ? { minimum: numberOf(random), multipleOf: numberOf(random) } : {};
  }
}

function properties(random: Random, depth: number): PlainRecord {
  const made: PlainRecord = {};
  for (const key of random.times(0, 3, () => random.pick(KEYS))) setOwn(made, key, schema(random, depth - 1));
  return made;
}

function rules(random: Random): PlainRecord {
  const list = random.times(1, 2, () => ({
    rule: expression(random),
    ...(random.chance(30) && { message: stringFor('message', random) }),
    ...(random.chance(20) && { messageExpression: expression(random) }),
    ...(random.chance(20) && { fieldPath: stringOf('path', random) }),
    ...(random.chance(10) && { reason: random.pick(['FieldValueInvalid', 'FieldValueRequired', 'x', '']) }),
    ...(random.chance(10) && { optionalOldSelf: random.chance(50) }),
  }));
  return { 'x-kubernetes-validations': list };
}

type Make = (random: Random, depth: number) => unknown;
const bound: Make = (random) => numberOf(random);
const branches: Make = (random, depth) => random.times(0, 3, () => schema(random, Math.min(depth, 2) - 1));

/** Keywords that any schema may have, whether they fit its type or not. */
const KEYWORDS: readonly (readonly [string, Make])[] = [
  ['default', (random) => anything(random, 2)],
  ['example', (random) => anything(random, 1)],
  ['enum', (random) => random.times(0, 4, () => anything(random, 1))],
  ['nullable', (random) => random.chance(80)],
  ['allOf', branches],
  ['anyOf', branches],
  ['oneOf', branches],
  ['not', (random, depth) => schema(random, Math.min(depth, 2) - 1)],
  ['pattern', (random) => stringOf('regex', random)],
  ['format', (random) => random.pick(FORMATS)],
  ['minLength', bound],
  ['maxLength', bound],
  ['minItems', bound],
  ['maxProperties', bound],
  ['maximum', bound],
  ['exclusiveMinimum', (random) => anything(random, 0)],
  ['multipleOf', bound],
  ['uniqueItems', (random) => random.chance(50)],
  ['additionalProperties', (random) => random.chance(50)],
  ['properties', (random, depth) => properties(random, Math.min(depth, 2))],
  ['required', (random) => random.times(0, 3, () => random.pick(KEYS))],
  ['x-kubernetes-preserve-unknown-fields', (random) => random.chance(80)],
  ['x-kubernetes-embedded-resource', (random) => random.chance(80)],
  ['x-kubernetes-int-or-string', (random) => random.chance(80)],
  ['x-kubernetes-list-type', (random) => random.pick(['atomic', 'set', 'map'])],
  ['x-kubernetes-map-type', (random) => random.pick(['atomic', 'granular', 'x'])],
  ['$ref', (random) => random.pick(['#', '#/definitions/a', 'http://a'])],
  ['definitions', (random, depth) => properties(random, Math.min(depth, 1))],
  ['patternProperties', (random, depth) => properties(random, Math.min(depth, 1))],
  ['dependencies', () => ({ a: ['b'] })],
];

export function customResource(random: Random): PlainRecord {
  return {
    apiVersion: random.pick(['example.com/v1', 'example.com/v1', 'example.com/v2', 'example.com/v1beta1']),
    kind: 'Widget',
    metadata: { name: 'a', ...(random.chance(70) && { namespace: 'default' }) },
    ...(random.chance(95) && { spec: random.chance(70) ? fitting(random, 4) : anything(random, 4) }),
    ...(random.chance(20) && { status: fitting(random, 2) }),
  };
}

/** A value with the keys of `schema`, so that what the schema says about them is asked. */
function fitting(random: Random, depth: number): unknown {
  return random.weighted<unknown>([
    [
      depth > 0 ? 5 : 0,
      () => {
        const made: PlainRecord = {};
        for (const key of random.times(0, 3, () => random.pick(KEYS)))
          setOwn(made, key, fitting(random, depth - 1));
        return made;
      },
    ],
    [depth > 0 ? 2 : 0, () => random.times(0, 3, () => fitting(random, depth - 1))],
    [2, () => stringFor('', random)],
    [2, () => numberOf(random)],
    [1, () => random.chance(50)],
    [1, () => null],
  ]);
}
