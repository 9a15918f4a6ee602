import { ArrayList, ListValue, MapValue } from '../values/collections';
import { equal } from '../values/equality';
import { civil, Timestamp, parseDuration, parseTimestamp } from '../values/time';
import { CelError } from '../values/value';
import type { Result, Value } from '../values/value';
import { valueOf } from '../values/data';
import { escapeName } from './escaping';
import type { Schema } from './schema';
import {
  isEmbedded,
  isIntOrString,
  isMarked,
  listUnder,
  propertiesOf,
  schemaUnder,
  textUnder,
} from './schema';
import { withResourceFields } from './schema';

type Data = Readonly<Record<string, unknown>>;

/**
 * Converts data by its schema: a date-time is a timestamp, a number is a double even if it is an integer, and a list of
 * type set equals another in any order.
 *
 * Source: `UnstructuredToVal` in `apiserver/pkg/cel/common/valuesunstructured.go`.
 *
 * @param typeName the name of the schema's struct, see `declare`
 */
export function adapt(data: unknown, schema: Schema, typeName: string, isResource = false): Result {
  if (data === undefined || data === null) {
    return isMarked(schema, 'nullable')
      ? null
      : new CelError('the value is null, and its schema is not nullable');
  }
  if (isIntOrString(schema)) return valueOf(data);
  switch (textUnder(schema, 'type')) {
    case 'object':
      return isData(data) ? adaptObject(data, schema, typeName, isResource) : wrongType('object');
    case 'array':
      return Array.isArray(data) ? adaptList(data, schema, typeName) : wrongType('array');
    case 'string':
      return typeof data === 'string' ? adaptText(data, textUnder(schema, 'format')) : wrongType('string');
    case 'number':
      return typeof data === 'number' || typeof data === 'bigint' ? Number(data) : wrongType('number');
    case 'integer':
      if (typeof data === 'bigint') return data;
      return Number.isInteger(data) ? BigInt(data as number) : wrongType('integer');
    case 'boolean':
      return typeof data === 'boolean' ? data : wrongType('boolean');
    default:
      return valueOf(data);
  }
}

function isData(data: unknown): data is Data {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}

function wrongType(type: string): CelError {
  return new CelError(`invalid data: the schema wants the type ${type}`);
}

function adaptText(text: string, format: string): Result {
  switch (format) {
    case 'duration':
      return parseDuration(text);
    case 'date': {
      const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
      const millis = /^\d{4}-\d{2}-\d{2}$/.test(text) ? civil(year, month, day) : undefined;
      return millis === undefined
        ? new CelError(`invalid date ${text}`)
        : new Timestamp(BigInt(millis) * 1_000_000n);
    }
    case 'date-time':
      return parseTimestamp(asRfc3339(text));
    case 'byte':
      return new Uint8Array(Buffer.from(text, 'base64'));
    default:
      return text;
  }
}

/** The format also accepts lower case letters, a space, zones without a colon, and no zone for UTC. */
function asRfc3339(text: string): string {
  const zoned = text
    .toUpperCase()
    .replace(/([+-]\d{2})(\d{2})$/, '$1:$2')
    .replace(' ', 'T');
  return /(?:Z|[+-]\d{2}:\d{2})$/.test(zoned) ? zoned : `${zoned}Z`;
}

function adaptObject(data: Data, schema: Schema, typeName: string, isResource: boolean): Result {
  const values = schemaUnder(schema, 'additionalProperties');
  const whole = isResource || isEmbedded(schema) ? withResourceFields(schema) : schema;
  if (values !== undefined && schemaUnder(whole, 'properties') === undefined)
    return new TypedMap(data, values, `${typeName}.@elem`);
  return new TypedObject(data, whole, typeName);
}

/** A map whose values share one schema. */
class TypedMap extends MapValue {
  readonly #data: Data;
  readonly #schema: Schema;
  readonly #elementName: string;
  readonly #seen = new Map<string, Result>();

  constructor(data: Data, schema: Schema, elementName: string) {
    super();
    this.#data = data;
    this.#schema = schema;
    this.#elementName = elementName;
  }

  get size(): number {
    return Object.keys(this.#data).length;
  }

  override get(key: Value): Result | undefined {
    if (typeof key !== 'string' || !Object.hasOwn(this.#data, key)) return undefined;
    const seen = this.#seen.get(key);
    if (seen !== undefined) return seen;
    const value = adapt(this.#data[key], this.#schema, this.#elementName, isEmbedded(this.#schema));
    this.#seen.set(key, value);
    return value;
  }

  override keys(): Iterable<Value> {
    return Object.keys(this.#data);
  }
}

/** An object with fields. Unknown fields matter only when objects are compared. */
class TypedObject extends MapValue {
  readonly #data: Data;
  readonly #properties: ReadonlyMap<string, { readonly name: string; readonly schema: Schema }>;
  readonly #seen = new Map<string, Result>();
  readonly #typeName: string;

  constructor(data: Data, schema: Schema, typeName: string) {
    super();
    this.#data = data;
    this.#typeName = typeName;
    this.#properties = fieldsOf(schema);
  }

  get size(): number {
    return Object.keys(this.#data).length;
  }

  override get typeName(): string {
    return this.#typeName;
  }

  override get(key: Value): Result | undefined {
    return typeof key === 'string' ? this.#named(key, escapeName(key) ?? '') : undefined;
  }

  override field(name: string): Result | undefined {
    const property = this.#properties.get(name) ?? this.#properties.get(escapeName(name) ?? '');
    return property === undefined ? undefined : this.#named(property.name, escapeName(property.name) ?? name);
  }

  override keys(): Iterable<Value> {
    return Object.keys(this.#data);
  }

  #named(name: string, escaped: string): Result | undefined {
    // A null counts as a field that is not set.
    if (!Object.hasOwn(this.#data, name) || this.#data[name] === null) return undefined;
    const seen = this.#seen.get(name);
    if (seen !== undefined) return seen;
    const schema = this.#properties.get(escaped)?.schema;
    const data = this.#data[name];
    const value =
      schema === undefined
        ? valueOf(data)
        : adapt(data, schema, `${this.#typeName}.${escaped}`, isEmbedded(schema));
    this.#seen.set(name, value);
    return value;
  }
}

interface Field {
  readonly name: string;
  readonly schema: Schema;
}

const known = new WeakMap<Schema, ReadonlyMap<string, Field>>();

/** The properties of a schema by their names in expressions; computed once for each schema. */
function fieldsOf(schema: Schema): ReadonlyMap<string, Field> {
  let fields = known.get(schema);
  if (fields === undefined) {
    fields = new Map(
      propertiesOf(schema).flatMap(([name, below]): [string, Field][] => {
        const escaped = escapeName(name);
        return escaped === undefined ? [] : [[escaped, { name, schema: below }]];
      }),
    );
    known.set(schema, fields);
  }
  return fields;
}

function adaptList(data: readonly unknown[], schema: Schema, typeName: string): Result {
  const items = schemaUnder(schema, 'items') ?? {};
  const values: Value[] = [];
  for (const item of data) {
    const value = adapt(item, items, `${typeName}.@idx`, isEmbedded(items));
    if (value instanceof CelError) return value;
    values.push(value);
  }
  switch (textUnder(schema, 'x-kubernetes-list-type')) {
    case 'set':
      return new KeyedList(values, (item) => keyText(item));
    case 'map': {
      const keys = listUnder(schema, 'x-kubernetes-list-map-keys').filter((key) => typeof key === 'string');
      return new KeyedList(values, (item) => keys.map((key) => keyText(partOf(item, key))).join(','));
    }
    default:
      return new ArrayList(values);
  }
}

function partOf(item: Value, name: string): Value {
  const part = item instanceof MapValue ? item.get(name) : undefined;
  return part === undefined || part instanceof CelError ? null : part;
}

/** Scalars only: other values cannot be keys. */
function keyText(value: Value): string {
  if (typeof value === 'string') return JSON.stringify(value);
  return typeof value === 'object' ? '' : String(value);
}

/** A list whose items are identified by keys, and whose order does not matter. */
class KeyedList extends ListValue {
  readonly #items: readonly Value[];
  readonly #keyOf: (item: Value) => string;
  #byKey: Map<string, Value> | undefined;

  constructor(items: readonly Value[], keyOf: (item: Value) => string) {
    super();
    this.#items = items;
    this.#keyOf = keyOf;
  }

  get size(): number {
    return this.#items.length;
  }

  override at(index: number): Value {
    return this.#items[index] ?? null;
  }

  equalTo(other: ListValue): boolean {
    this.#byKey ??= new Map(this.#items.map((item) => [this.#keyOf(item), item]));
    for (const item of other) {
      const mine = this.#byKey.get(this.#keyOf(item));
      if (mine === undefined || !equal(mine, item)) return false;
    }
    return true;
  }

  /** The items of both; where both have a key, the other list's item replaces this one's. */
  override plus(other: ListValue): ListValue {
    const merged = new Map(this.#items.map((item) => [this.#keyOf(item), item]));
    for (const item of other) merged.set(this.#keyOf(item), item);
    return new KeyedList([...merged.values()], this.#keyOf);
  }
}
