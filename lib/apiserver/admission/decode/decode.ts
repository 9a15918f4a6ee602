import type { DroppedField } from '../../gated-fields';
import { defaultGates, type FeatureGates } from '../../../kube/feature-gates';
import type { Gate } from '../../../kube/gates';
import { isRecording } from '../../../kube/stretch';
import { suggestField } from '../../../kube/schema';
import type { KubernetesRelease, Schema, StructSchema } from '../../../kube/schema';
import { errorBody, OMITTED, typeOf, unknownField } from '../error-body';
import type { Reason, FieldError } from '../review';
import { shapeOf } from './shape';
import { narrowToStruct } from './struct-stretch';
import { base64Problem, fits, isBase64, isDuration, isQuantity, isTime } from './scalars';

type Plain = Record<string, unknown>;

/** Deeper nesting is a mistake or an attack: only JSONSchemaProps nests without limit. */
const DEEPEST = 1000;

/** The other values that Go decodes to bytes, in addition to base64. */
const BYTE_LIST: Schema = {
  type: 'list',
  items: { type: 'integer', format: 'uint8' },
  listType: 'atomic',
  listKeys: [],
};

/** What decoding makes of an object. */
export interface Decoded {
  readonly value: unknown;
  readonly violations: FieldError[];
  /** The fields that the server drops because features are off. */
  readonly dropped: readonly DroppedField[];
}

/**
 * The object that the API server holds after decoding `object` with strict field validation, in JSON types, and the
 * errors. The copy follows Go: `null` is an absent value; a field that is not a pointer is absent if it is zero, but
 * present if it is a struct; defaults are set, and fields whose feature gate is off are dropped.
 *
 * @source k8s.io/apimachinery pkg/runtime/serializer/json/json.go Serializer.Decode 1.36
 */
export function decode(
  object: unknown,
  struct: StructSchema,
  kubernetes: KubernetesRelease,
  gates: FeatureGates = defaultGates(kubernetes),
): Decoded {
  const decoder = new Decoder(gates);
  const value = decoder.value(object, { type: 'struct', struct: () => struct, atomic: false });
  return { value, violations: decoder.violations, dropped: decoder.dropped };
}

/** One walk over one object. It tracks its position, so that a path costs nothing until there is an error. */
class Decoder {
  readonly violations: FieldError[] = [];
  readonly dropped: DroppedField[] = [];
  readonly #steps: (string | number)[] = [];
  /** Off below a union, where the server silently drops unknown fields. */
  #strict = true;
  /** On within a Secret, whose values must not appear in messages: not even a wrong type or an annotation tells one. */
  #isHidden = false;
  readonly #gates: FeatureGates;

  constructor(gates: FeatureGates) {
    this.#gates = gates;
  }

  value(value: unknown, schema: Schema): unknown {
    if (value === null || value === undefined) return undefined;
    switch (schema.type) {
      case 'any':
        return value;
      case 'number':
        if (typeof value === 'bigint') return Number(value);
        return typeof value === 'number' ? value : this.#wrongType(value, 'number');
      case 'string':
      case 'boolean':
        return typeof value === schema.type ? value : this.#wrongType(value, schema.type);
      case 'integer':
        if (!isNumber(value)) return this.#wrongType(value, 'integer');
        return fits(value, schema.format) ? value : this.#outOfRange(value, schema.format);
      case 'intOrString':
        if (typeof value === 'string') return value;
        if (!isNumber(value)) return this.#wrongType(value, 'integer or string');
        return fits(value, 'int32') ? value : this.#outOfRange(value, 'int32');
      case 'bytes':
        if (Array.isArray(value)) return this.value(value, BYTE_LIST);
        return this.#text(value, isBase64, base64Problem);
      case 'time':
        return this.#text(
          value,
          (text) => isTime(text, schema.precision),
          () => 'expected an RFC 3339 time',
        );
      case 'duration':
        return this.#text(value, isDuration, () => 'expected a duration such as 1h30m');
      case 'quantity':
        return this.#text(isNumber(value) ? String(value) : value, isQuantity, () => QUANTITY);
      case 'list':
        return Array.isArray(value) ? this.#list(value, schema.items) : this.#wrongType(value, 'array');
      case 'map':
        return isObject(value) ? this.#map(value, schema.values) : this.#wrongType(value, 'object');
      case 'struct':
        return isObject(value) ? this.#struct(value, schema.struct()) : this.#wrongType(value, 'object');
      case 'union':
        return this.#union(value, schema.of);
    }
  }

  #list(list: readonly unknown[], items: Schema): unknown[] {
    return list.map((item, index) => this.#below(index, item ?? emptyOf(items), items) ?? zeroOf(items));
  }

  #map(map: Plain, values: Schema): Plain {
    const copy: Plain = {};
    for (const key of Object.keys(map)) {
      setOwn(copy, key, this.#below(key, map[key], values) ?? zeroOf(values));
    }
    return copy;
  }

  #struct(source: Plain, struct: StructSchema): Plain | undefined {
    const copy: Plain = {};
    const before = this.dropped.length;
    const isSecret = struct.name === SECRET;
    if (isRecording()) narrowToStruct(source, struct, this.#gates);
    for (const key of Object.keys(source)) {
      const field = struct.fields.get(key);
      if (field === undefined) {
        this.#unknown(key, struct);
        continue;
      }
      if (isSecret) this.#isHidden = true;
      const value = this.#below(key, source[key], field);
      if (isSecret) this.#isHidden = false;
      if (value !== undefined && (field.pointer || !isZero(value))) copy[key] = value;
    }
    const { dropped, isGoneEmptied, defaults, structs, complete, droppers } = shapeOf(struct, this.#gates);
    for (const [key, gates] of dropped) {
      if (!(key in copy)) continue;
      this.#drop(before, [key], `${struct.name}.${key}`, gates, copy[key]);
      delete copy[key];
    }
    if (isGoneEmptied && hasAny(source) && isEmpty(copy)) return undefined;
    for (const [key, value] of defaults) copy[key] ??= value;
    for (const field of structs) copy[field.name] ??= this.#below(field.name, {}, field);
    complete?.(copy, this.#gates);
    for (const { gate, find, drop } of droppers) {
      const parts = find(copy);
      for (const { steps, field, value } of parts) this.#drop(before, steps, field, [gate], value);
      if (parts.length > 0) drop(copy);
    }
    return copy;
  }

  /** Notes what is dropped here, instead of what has been dropped below it since `before`. */
  #drop(
    before: number,
    steps: readonly (string | number)[],
    field: string,
    gates: readonly Gate[],
    value: unknown,
  ): void {
    const path = fieldPath([...this.#steps, ...steps]);
    const inner = this.dropped.splice(before);
    const around = inner.filter(
      (each) => !each.path.startsWith(`${path}.`) && !each.path.startsWith(`${path}[`),
    );
    this.dropped.push(...around, { path, field, gates, value });
  }

  /** The first alternative that accepts the value; if none does, the errors of the first. */
  #union(value: unknown, alternatives: readonly Schema[]): unknown {
    const [before, strict] = [this.violations.length, this.#strict];
    this.#strict = false;
    let errors: FieldError[] | undefined;
    for (const alternative of alternatives) {
      const copy = this.value(value, alternative);
      const found = this.violations.splice(before);
      this.#strict = strict;
      if (found.length === 0) return copy;
      errors ??= found;
      this.#strict = false;
    }
    this.#strict = strict;
    this.violations.push(...(errors ?? []));
    return undefined;
  }

  #below(step: string | number, value: unknown, schema: Schema): unknown {
    if (this.#steps.length >= DEEPEST)
      return this.#report('malformed', `nested more than ${DEEPEST} levels deep`);
    this.#steps.push(step);
    const copy = this.value(value, schema);
    this.#steps.pop();
    return copy;
  }

  #text(value: unknown, isFine: (text: string) => boolean, problem: (text: string) => string): unknown {
    if (typeof value !== 'string') return this.#wrongType(value, 'string');
    return isFine(value) ? value : this.#invalid('malformed', value, problem(value));
  }

  #wrongType(value: unknown, expected: string): undefined {
    return this.#invalid('wrong-type', value, `expected ${expected}, got ${typeOf(value)}`);
  }

  #outOfRange(value: number | bigint, format: string): undefined {
    const problem =
      typeof value === 'bigint' || Number.isInteger(value)
        ? `does not fit ${format}`
        : 'expected integer, got number';
    return this.#invalid('wrong-type', value, problem);
  }

  #invalid(reason: Reason, value: unknown, problem: string): undefined {
    return this.#report(reason, errorBody(reason, this.#isHidden ? OMITTED : value, problem));
  }

  #unknown(key: string, struct: StructSchema): void {
    if (!this.#strict) return;
    const suggestion = suggestField(struct, key);
    this.#steps.push(key);
    this.#report(
      'unknown-field',
      unknownField(fieldPath(this.#steps)),
      suggestion && `Did you mean "${suggestion}"?`,
    );
    this.#steps.pop();
  }

  #report(reason: Reason, message: string, hint?: string): undefined {
    const path = fieldPath(this.#steps);
    this.violations.push({ reason, path, message, ...(hint !== undefined && { hint }) });
  }
}

function isNumber(value: unknown): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}

const QUANTITY = 'expected a quantity such as 250m or 1Gi';

/** The Go type whose values must not appear in messages. */
const SECRET = 'core/v1.Secret';

/** Decoding does not distinguish a field from a map key: both follow a dot, as in Go's own messages. */
function fieldPath(steps: readonly (string | number)[]): string {
  return steps.reduce<string>((path, step) => {
    if (typeof step === 'number') return `${path}[${step}]`;
    return path === '' ? step : `${path}.${step}`;
  }, '');
}

/** The decoded value of an item that is `null`, unless it is absent. */
function emptyOf(schema: Schema): unknown {
  return schema.type === 'struct' ? {} : undefined;
}

/** Go's value for an item or entry that is `null`: lists and maps have a value in every position. */
const ZEROS: Readonly<Partial<Record<Schema['type'], unknown>>> = {
  integer: 0,
  number: 0,
  intOrString: 0,
  boolean: false,
  quantity: '0',
};

function zeroOf({ type }: Schema): unknown {
  return type === 'struct' ? {} : (ZEROS[type] ?? '');
}

function isZero(value: unknown): boolean {
  return value === '' || value === 0 || value === false;
}

function isEmpty(struct: Plain): boolean {
  return Object.keys(struct).length === 0;
}

/** Whether a struct had any field, even one that the server drops. */
function hasAny(source: Plain): boolean {
  return Object.values(source).some((value) => value !== null && value !== undefined);
}

function isObject(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Keys are user input: an assignment to `__proto__` would set the prototype. */
function setOwn(map: Plain, key: string, value: unknown): void {
  if (key !== '__proto__') map[key] = value;
  else Object.defineProperty(map, key, { value, writable: true, enumerable: true, configurable: true });
}
