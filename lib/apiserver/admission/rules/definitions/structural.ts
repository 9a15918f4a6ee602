import { Pattern } from '../../../../kube/pattern';
import type { CheckedField } from '../../checked-field';
import { jsonText } from '../../../../manifest/json-text';

type Level = 'root' | 'field' | 'item';

const MISSING: Readonly<Record<Level, string>> = {
  root: 'must be set at the root',
  field: 'must be set for a field',
  item: 'must be set for items of a list',
};

/** Keywords that define the structure of a value, which are not allowed in the branches of a condition. */
const SHAPE = [
  'type',
  'default',
  'title',
  'description',
  'nullable',
  'x-kubernetes-preserve-unknown-fields',
  'x-kubernetes-embedded-resource',
  'x-kubernetes-int-or-string',
  'x-kubernetes-list-map-keys',
  'x-kubernetes-list-type',
  'x-kubernetes-map-type',
  'x-kubernetes-validations',
];
const INT_OR_STRING = JSON.stringify([{ type: 'integer' }, { type: 'string' }]);

/**
 * Requires a structural schema: every value has one type, and conditions do not define types, so that the server can
 * prune and default (KEP-1027).
 *
 * @source k8s.io/apiextensions-apiserver pkg/apiserver/schema/validation.go ValidateStructural 1.36
 */
export function structural(schema: CheckedField, level: Level): void {
  const [type, items, additional] = [
    schema.child('type'),
    schema.child('items'),
    schema.child('additionalProperties'),
  ];
  if (type.text === 'array' && !items.isSet) items.required('must be set for a list');
  if (isSchema(items)) structural(items, 'item');
  for (const property of schema.child('properties').entries) structural(property, 'field');
  if (additional.isSet && level === 'root') additional.forbidden('must not be set at the root');
  if (isSchema(additional)) structural(additional, 'field');
  pattern(schema.child('pattern'));
  const embedded = typeOf(schema, level);
  conditions(schema);
  if (level === 'root' || embedded) resourceFields(schema, level);
}

/** @source k8s.io/apiextensions-apiserver pkg/apiserver/schema/validation.go validateStructuralInvariants 1.36 */
function typeOf(schema: CheckedField, level: Level): boolean {
  const type = schema.child('type');
  const [embedded, preserve, either] = ['embedded-resource', 'preserve-unknown-fields', 'int-or-string'].map(
    (name) => schema.child(`x-kubernetes-${name}`),
  ) as [CheckedField, CheckedField, CheckedField];
  if (either.isTrue && preserve.isTrue)
    preserve.invalid('must not be true together with x-kubernetes-int-or-string');
  if (either.isTrue && embedded.isTrue)
    embedded.invalid('must not be true together with x-kubernetes-int-or-string');
  if (embedded.isTrue && type.text !== 'object') {
    if (type.text === '') type.required('must be object for an embedded resource');
    else type.invalid('must be object for an embedded resource');
  } else if (type.text === '' && !either.isTrue && !preserve.isTrue) type.required(MISSING[level]);
  if (embedded.isTrue) {
    const additional = schema.child('additionalProperties');
    if (additional.isSet) additional.forbidden('must not be set for an embedded resource');
    if (!preserve.isTrue) schema.child('properties').needs('must be set, or unknown fields be preserved');
  }
  if (level === 'root' && type.text !== '' && type.text !== 'object')
    type.invalid('must be object at the root');
  return embedded.isTrue;
}

/**
 * The server defines the fields that every resource has.
 *
 * @source k8s.io/apiextensions-apiserver pkg/apiserver/schema/validation.go validateStructuralInvariants, validateStructuralMetadataInvariants 1.36
 */
function resourceFields(schema: CheckedField, level: Level): void {
  const properties = schema.child('properties');
  for (const name of ['kind', 'apiVersion']) {
    const type = properties.key(name).child('type');
    if (properties.key(name).isSet && type.text !== 'string') type.invalid('must be string');
  }
  const metadata = properties.key('metadata');
  if (!metadata.isSet) return;
  if (metadata.child('type').text !== 'object') metadata.child('type').invalid('must be object');
  if (level !== 'root') return;
  const own = metadata
    .child('properties')
    .entries.filter(({ name }) => name !== 'name' && name !== 'generateName');
  const isPlain = metadata.entries.every(
    (field) => ['type', 'properties', 'default'].includes(field.name) || isEmptyList(field),
  );
  if (own.length > 0 || !isPlain) {
    metadata.forbidden('must say nothing but name and generateName: the server knows metadata');
  }
}

/** A list that the server does not store when it is empty. */
function isEmptyList({ name, size }: CheckedField): boolean {
  return size === 0 && ['allOf', 'anyOf', 'enum', 'oneOf'].includes(name);
}

function pattern(field: CheckedField): void {
  if (field.text === '') return;
  const { problem } = new Pattern(field.text);
  if (problem !== undefined) field.invalid(`must be a regular expression that Go takes: ${problem}`);
}

/**
 * The branches below allOf, anyOf, oneOf and not. Two of them express an int-or-string.
 *
 * @source k8s.io/apiextensions-apiserver pkg/apiserver/schema/validation.go validateValueValidation 1.36
 */
function conditions(schema: CheckedField): void {
  const isEither = (list: CheckedField): boolean => jsonText(list.value) === INT_OR_STRING;
  const [allOf, anyOf] = [schema.child('allOf'), schema.child('anyOf')];
  if (!isEither(anyOf)) for (const branch of anyOf.items) condition(branch);
  for (const [index, branch] of allOf.items.entries()) {
    const exempt = index === 0 && isEither(branch.child('anyOf'));
    condition(branch, exempt);
  }
  for (const branch of schema.child('oneOf').items) condition(branch);
  if (schema.child('not').isSet) condition(schema.child('not'));
}

/** @source k8s.io/apiextensions-apiserver pkg/apiserver/schema/validation.go validateNestedValueValidation 1.36 */
function condition(branch: CheckedField, exemptAnyOf = false): void {
  for (const name of SHAPE) {
    const field = branch.child(name);
    const isEmpty =
      field.value === false || field.value === '' || (field.size === 0 && typeof field.value === 'object');
    if (field.isSet && !isEmpty)
      field.forbidden('must not be set in a condition, for the schema to be structural');
  }
  pattern(branch.child('pattern'));
  const additional = branch.child('additionalProperties');
  if (additional.isSet)
    additional.forbidden('must not be set in a condition, for the schema to be structural');
  const lists = ['allOf', 'oneOf', ...(exemptAnyOf ? [] : ['anyOf'])].flatMap(
    (name) => branch.child(name).items,
  );
  const single = ['not', 'items'].map((name) => branch.child(name)).filter(isSchema);
  for (const each of [...lists, ...single, ...branch.child('properties').entries]) condition(each);
  const metadata = branch.child('properties').key('metadata');
  if (metadata.isSet) metadata.forbidden('must not be in a condition');
}

/** Whether this is a schema, and not a list of schemas or a boolean. */
export function isSchema({ value }: CheckedField): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
