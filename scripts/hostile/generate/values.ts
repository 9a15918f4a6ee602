/** Values of a schema: of the right type with content that is hostile, or of another type. */
import { setOwn, type PlainRecord } from '../../../lib/manifest/data';
import type { Schema, StructSchema } from '../../../lib/kube/schema';
import type { Random } from '../random';
import { stringFor, stringOf } from './strings';
import { expressionFor } from './expressions';

/** How many nodes one value may still have, so that values stay small, and how often a type is wrong. */
export interface Limits {
  nodes: number;
  readonly wrong: number;
}

const INTEGERS = [
  0,
  1,
  -1,
  2,
  3,
  5,
  10,
  80,
  100,
  443,
  8080,
  30_000,
  32_767,
  65_535,
  65_536,
  2 ** 31 - 1,
  2 ** 31,
  -(2 ** 31),
  2 ** 53,
  -(2 ** 53),
  1e18,
  9223372036854775807,
  -9223372036854775808,
  1e19,
];
const NUMBERS = [...INTEGERS, 0.5, -0, 1e308, 5e-324, 1.7976931348623157e308, 0.1, 1e21, 123456789.123456789];

export function numberOf(random: Random): number {
  return random.chance(80) ? random.pick(INTEGERS) : random.pick(NUMBERS);
}

/** A value of `schema` for the field `name`. */
export function valueOf(name: string, schema: Schema, random: Random, limits: Limits): unknown {
  limits.nodes--;
  if (limits.wrong > 0 && random.chance(limits.wrong)) return anything(random, 2);
  switch (schema.type) {
    case 'string':
      if (schema.enum !== undefined && schema.enum.length > 0 && random.chance(85))
        return random.pick(schema.enum);
      return expressionFor(name, random) ?? stringFor(name, random);
    case 'boolean':
      return random.chance(50);
    case 'integer':
      return schema.format === 'int32' && random.chance(70)
        ? random.pick(INTEGERS.slice(0, 16))
        : random.pick(INTEGERS);
    case 'number':
      return random.pick(NUMBERS);
    case 'bytes':
      return random.chance(50)
        ? stringOf('certificate', random)
        : Buffer.from(stringFor(name, random)).toString('base64');
    case 'time':
      return stringOf('time', random);
    case 'duration':
      return stringOf('duration', random);
    case 'quantity':
      return random.chance(80) ? stringOf('quantity', random) : numberOf(random);
    case 'intOrString':
      return random.chance(60)
        ? numberOf(random)
        : random.pick(['25%', '100%', '-1%', '101%', '1.5%', '%', 'http', '8080', '', '١%']);
    case 'any':
      return anything(random, 3);
    case 'union':
      return valueOf(name, random.pick(schema.of), random, limits);
    case 'map':
      return mapOf(name, schema.values, random, limits);
    case 'list':
      return listOf(name, schema.items, random, limits);
    case 'struct':
      return structOf(schema.struct(), random, limits);
  }
}

function mapOf(name: string, values: Schema, random: Random, limits: Limits): PlainRecord {
  const map: PlainRecord = {};
  for (const key of random.times(0, 3, () => keyFor(name, random)))
    if (limits.nodes > 0) setOwn(map, key, valueOf(key, values, random, limits));
  return map;
}

const RESOURCES = [
  'cpu',
  'memory',
  'ephemeral-storage',
  'storage',
  'pods',
  'hugepages-2Mi',
  'nvidia.com/gpu',
  'requests.cpu',
  'count/pods',
  'hugepages-',
  'a/b/c',
];

function keyFor(name: string, random: Random): string {
  if (/limits|requests|capacity|hard|min|max|default|allocatable|overhead/i.test(name) && random.chance(80))
    return random.pick(RESOURCES);
  return random.chance(80) ? stringOf('key', random) : stringFor('key', random);
}

function listOf(name: string, items: Schema, random: Random, limits: Limits): unknown[] {
  const list: unknown[] = [];
  const length = random.weighted([
    [1, () => 0],
    [6, () => 1],
    [4, () => 2],
    [1, () => 4],
  ]);
  for (let left = length; left > 0 && limits.nodes > 0; left--) {
    // Twice the same item is a mistake of its own.
    if (list.length > 0 && random.chance(10)) list.push(structuredClone(list[0]));
    else list.push(valueOf(name, items, random, limits));
  }
  return list;
}

export function structOf(struct: StructSchema, random: Random, limits: Limits): PlainRecord {
  const value: PlainRecord = {};
  for (const field of fieldsOf(struct, random)) {
    if (limits.nodes <= 0) break;
    if (field === undefined) continue;
    value[field.name] = valueOf(field.name, field, random, limits);
  }
  if (random.chance(limits.wrong)) setOwn(value, stringFor('key', random), anything(random, 1));
  return value;
}

const fieldLists = new WeakMap<StructSchema, readonly ReturnType<StructSchema['fields']['get']>[]>();

/** The required fields, and a few others. */
function fieldsOf(
  struct: StructSchema,
  random: Random,
): readonly ReturnType<StructSchema['fields']['get']>[] {
  let all = fieldLists.get(struct);
  if (all === undefined) fieldLists.set(struct, (all = [...struct.fields.values()]));
  if (all.length <= 2) return all;
  const chosen = new Set(all.filter((field) => field?.required === true && random.chance(90)));
  for (let left = 1 + random.below(5); left > 0; left--) chosen.add(random.pick(all));
  return [...chosen];
}

/** A value of any type. */
export function anything(random: Random, depth: number): unknown {
  return random.weighted<unknown>([
    [2, () => null],
    [1, () => random.chance(50)],
    [3, () => numberOf(random)],
    [4, () => stringFor('', random)],
    [depth > 0 ? 2 : 0, () => random.times(0, 3, () => anything(random, depth - 1))],
    [depth > 0 ? 2 : 0, () => record(random, depth)],
    [1, () => []],
    [1, () => ({})],
  ]);
}

function record(random: Random, depth: number): PlainRecord {
  const value: PlainRecord = {};
  for (const key of random.times(0, 3, () => stringFor('key', random)))
    setOwn(value, key, anything(random, depth - 1));
  return value;
}
