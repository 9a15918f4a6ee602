import type { CheckedField } from '../checked-field';
import { maxItems, show, typeOf } from '../error-body';
import type { Review } from '../review';
import { Conditions } from './conditions';
import { stringFormat } from './formats';
import { equal } from '../../update/equal';
import { isInteger, isWhole, numberLimits } from './numbers';
import type { CustomSchema } from './schema';
import { jsonText } from '../../../manifest/json-text';

/**
 * Validates values against OpenAPI schemas, as the server interprets them.
 *
 * If no branch of a condition accepts a value, the server reports the branch that came closest, by the number of checks
 * that the value passed; `check` returns this number.
 *
 * @source k8s.io/kube-openapi pkg/validation/validate/schema.go SchemaValidator.Validate 1.36
 */
export class SchemaValidator {
  readonly #review: Review;
  readonly #conditions: Conditions;

  constructor(review: Review) {
    this.#review = review;
    this.#conditions = new Conditions(review, (field, schema) => this.check(field, schema));
  }

  /** Checks the value at `field`, reports errors, and returns the number of checks. */
  check(field: CheckedField, schema: CustomSchema): number {
    if (field.value === null) return this.#null(field, schema);
    const count = this.#type(field, schema) + this.#conditions.check(field, schema) + 1;
    if (schema.enum !== undefined && schema.enum.length > 0) oneOfEnum(field, schema.enum);
    if (Array.isArray(field.value)) return count + 2 + this.#list(field, schema);
    if (typeof field.value === 'object') return count + 2 + this.#object(field, schema);
    if (typeof field.value === 'number' || typeof field.value === 'bigint') {
      numberLimits(field, schema);
      return count + 3;
    }
    return typeof field.value === 'string' ? count + 2 + this.#string(field, schema) : count + 1;
  }

  #null(field: CheckedField, schema: CustomSchema): number {
    const isFine = schema.types.length === 0 || schema.nullable;
    if (!isFine) wrongType(field, schema.types);
    // A null does not even match a null in the enum.
    if (schema.enum !== undefined && schema.enum.length > 0) oneOfEnum(field, []);
    return isFine && schema.types.length > 0 ? 1 : 0;
  }

  #type(field: CheckedField, schema: CustomSchema): number {
    const format = this.#format(schema);
    if (schema.types.length === 0 && format === undefined) return 0;
    if (isOfType(field.value, schema.types, format)) return 2;
    wrongType(field, schema.types);
    return 1;
  }

  /** The format of a schema, if the server supports it for the type. */
  #format({ types, format }: CustomSchema): string | undefined {
    if (format === undefined) return undefined;
    const type = types.length === 1 ? types[0] : 'string';
    if (type === 'integer') return format === 'int32' || format === 'int64' ? format : undefined;
    if (type === 'number') return format === 'float' || format === 'double' ? format : undefined;
    return type === 'string' && stringFormat(format, this.#review.kubernetes) !== undefined
      ? format
      : undefined;
  }

  #string(field: CheckedField, schema: CustomSchema): number {
    const { maxLength, minLength } = schema.limits;
    const length = maxLength === undefined && minLength === undefined ? 0 : characters(field.text);
    if (maxLength !== undefined && length > maxLength) field.tooLong(maxLength);
    else if (minLength !== undefined && length < minLength)
      field.invalid(`must be at least ${minLength} characters long`);
    else if (schema.pattern !== undefined && !schema.pattern.test(field.text))
      field.invalid(`must match the pattern ${schema.pattern.source}`);
    const format = this.#format(schema);
    const check = format === undefined ? undefined : stringFormat(format, this.#review.kubernetes);
    if (check === undefined) return 0;
    if (!check(field.text))
      field.report('wrong-type', `must be of type string with the format ${schema.format ?? ''}`);
    return 1;
  }

  #list(field: CheckedField, schema: CustomSchema): number {
    const { items, limits } = schema;
    let count = 1;
    if (items !== undefined) for (const item of field.items) count += this.check(item, items);
    const { minItems } = limits;
    if (minItems !== undefined && field.size < minItems)
      field.invalid(`must have at least ${minItems} items`);
    if (limits.maxItems !== undefined && field.size > limits.maxItems) field.tooMany(limits.maxItems);
    return count;
  }

  #object(field: CheckedField, schema: CustomSchema): number {
    const { additional, limits, properties, required } = schema;
    const { maxProperties, minProperties } = limits;
    if (minProperties !== undefined && field.size < minProperties)
      field.invalid(`must have at least ${minProperties} properties`);
    if (maxProperties !== undefined && field.size > maxProperties)
      field.holding(field.size).report('too-many', maxItems(maxProperties));
    let count = 0;
    for (const { name } of field.entries) {
      const below = properties.get(name) ?? (typeof additional === 'object' ? additional : undefined);
      // In the server's paths, map keys follow a dot here.
      if (below !== undefined) count += this.check(field.child(name), below);
      else if (additional === 'none') field.invalid(`must not have the field ${show(name)}`);
    }
    for (const name of required) if (!field.child(name).isPresent) field.child(name).required();
    return count;
  }
}

/** Whether a value has one of `types`. Where a string schema has a format, the server accepts a list as a string. */
function isOfType(value: unknown, types: readonly string[], format: string | undefined): boolean {
  const isNumeric = types.includes('number') || types.includes('integer');
  if (format !== undefined && !isNumeric && (typeof value === 'string' || Array.isArray(value))) return true;
  return types.some((type) => {
    if (type === 'array') return Array.isArray(value);
    if (type === 'object') return typeof value === 'object' && !Array.isArray(value);
    if (typeof value === 'bigint') return type === 'integer' || type === 'number';
    if (type === 'integer') return typeof value === 'number' && (isInteger(value) || isWhole(value));
    return typeof value === type;
  });
}

function wrongType(field: CheckedField, types: readonly string[]): void {
  field.report('wrong-type', `expected ${types.join(' or ') || 'string'}, got ${typeOf(field.value)}`);
}

/** What an enum allows, to look up, and as it is written. */
interface Enum {
  readonly values: ReadonlySet<unknown>;
  readonly words: readonly string[];
}

/** Many objects are compared with the enums of one definition. */
const enums = new WeakMap<readonly unknown[], Enum>();

function enumOf(values: readonly unknown[]): Enum {
  const known = enums.get(values) ?? {
    values: new Set(values),
    words: values.map((value) => (typeof value === 'string' ? value : jsonText(value))),
  };
  enums.set(values, known);
  return known;
}

function oneOfEnum(field: CheckedField, list: readonly unknown[]): void {
  const { values, words } = enumOf(list);
  const { value } = field;
  if (values.has(value)) return;
  // No other value is equal to a text.
  if (typeof value !== 'string' && list.some((each) => isEnumValue(value, each))) return;
  field.notSupported(words);
}

/** A number is truncated to an integer where the enum contains an integer. */
function isEnumValue(value: unknown, expected: unknown): boolean {
  if (typeof value === 'number' && typeof expected === 'number' && isInteger(expected))
    return Math.trunc(value) === expected;
  return equal(value, expected);
}

/** The number of code points of a text. */
function characters(text: string): number {
  let count = text.length;
  for (const _ of text.matchAll(/[\ud800-\udbff][\udc00-\udfff]/g)) count--;
  return count;
}
