import { errorBody, OMITTED, unknownField } from '../../error-body';
import { RuleSet } from '../../../../cel';
import { isPlainRecord, type PlainRecord } from '../../../../manifest/data';
import { decodeEmbedded, embeddedResource, isMetaField } from '../../custom/embedded';
import { embeddedResources } from '../../custom/invariants';
import { prune } from '../../custom/prune';
import { compileSchema, type CustomSchema } from '../../custom/schema';
import { SchemaValidator } from '../../custom/validate';
import { CheckedField } from '../../checked-field';
import type { Review, FieldError } from '../../review';

/** The path from a custom or embedded resource to a value in it. */
interface Way {
  readonly steps: readonly string[];
  /** Whether it leads through `apiVersion`, `kind` or `metadata`. */
  readonly isMeta: boolean;
}

const ITEM = '[]';

/**
 * Requires each default to be valid by its schema and to have no unknown fields.
 *
 * @source k8s.io/apiextensions-apiserver pkg/apiserver/schema/defaulting/validation.go ValidateDefaults 1.36
 */
export function schemaDefaults(root: CheckedField): void {
  if (!isPlainRecord(root.value)) return;
  const schema = compileSchema(root.value);
  defaultsBelow(root, { ...schema, embedded: true }, { steps: [], isMeta: false });
}

/** Not below `additionalProperties`: without a key, there is no default. */
function defaultsBelow(field: CheckedField, schema: CustomSchema, way: Way): void {
  if (!schema.hasDefaults) return;
  const here = schema.embedded ? { steps: [], isMeta: false } : way;
  if (schema.default != null) check(field, schema, here);
  if (schema.items !== undefined) defaultsBelow(field.child('items'), schema.items, further(here, ITEM));
  for (const [name, property] of schema.properties) {
    const isMeta = here.isMeta || (schema.embedded && isMetaField(name));
    defaultsBelow(field.child('properties').key(name), property, { ...further(here, name), isMeta });
  }
}

function further({ steps, isMeta }: Way, step: string): Way {
  return { steps: [...steps, step], isMeta };
}

/** @source k8s.io/apiextensions-apiserver pkg/apiserver/schema/defaulting/validation.go validate 1.36 */
function check(field: CheckedField, schema: CustomSchema, { isMeta, steps }: Way): void {
  const at = field.child('default');
  if (isMeta && !makesMetadata(at, steps, schema.default))
    return at.invalid('must be what the metadata of a resource takes');
  const review: Review = { kubernetes: at.kubernetes, errors: [] };
  const value = CheckedField.of(schema.default, review);
  if (!isMeta) {
    prune(value, schema);
    if (review.errors.length === 0) embeddedResources(value, schema);
  }
  if (review.errors.every(isUnknownField)) {
    // Here the server treats an int-or-string as a value of any type.
    const type = field.child('type').text;
    new SchemaValidator(review).check(value, { ...schema, types: type === '' ? [] : [type] });
  }
  if (review.errors.length === 0) keepRules(field, schema, review);
  for (const violation of review.errors) {
    const { reason, path, message } = violation;
    if (isUnknownField(violation)) at.invalid(`has ${unknownField(path)}`);
    else (path === '' ? at : at.child(path)).say(reason, message);
  }
}

function keepRules({ value }: CheckedField, schema: CustomSchema, { kubernetes, errors }: Review): void {
  if (!schema.hasRules || !isPlainRecord(value)) return;
  for (const { path, message } of RuleSet.of(value, kubernetes).evaluate(schema.default))
    errors.push({ reason: 'invalid', path, message: errorBody('invalid', OMITTED, message) });
}

function isUnknownField({ reason }: FieldError): boolean {
  return reason === 'unknown-field';
}

/** Whether a resource with this value has metadata that the server accepts. */
function makesMetadata({ kubernetes }: CheckedField, steps: readonly string[], value: unknown): boolean {
  const review: Review = { kubernetes, errors: [] };
  const inside = steps.reduceRight((below, step) => (step === ITEM ? [below] : { [step]: below }), value);
  const object: PlainRecord = { apiVersion: 'v1', kind: 'Any', ...(inside as PlainRecord) };
  const decoded = decodeEmbedded(CheckedField.of(object, review), object);
  if (review.errors.every(isUnknownField)) embeddedResource(CheckedField.of(decoded, review));
  return review.errors.every(isUnknownField);
}
