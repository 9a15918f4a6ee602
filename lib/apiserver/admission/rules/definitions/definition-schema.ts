import { isMetaField } from '../../custom/embedded';
import type { CheckedField } from '../../checked-field';
import { complete } from './completeness';
import { ruleExpressions } from './rule-expressions';
import { ruleFields } from './rule-fields';
import { schemaDefaults } from './schema-defaults';
import { structural } from './structural';

const TYPES = ['array', 'boolean', 'integer', 'number', 'object', 'string'];
const PRESERVE = 'x-kubernetes-preserve-unknown-fields';

/** The fields that are allowed with `properties` at the root of a schema whose `status` is validated separately. */
const WITH_STATUS = new Set(
  `description type format title maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern maxItems
  minItems uniqueItems multipleOf required items properties externalDocs example x-kubernetes-preserve-unknown-fields
  x-kubernetes-validations`.split(/\s+/),
);

/** Unsupported fields; the server cannot convert such a schema to a structural one. */
const UNSUPPORTED = ['id', '$ref', 'additionalItems', 'patternProperties', 'definitions', 'dependencies'];

/** The position of a schema in the schema of a resource. */
interface Place {
  readonly isRoot?: true;
  /** Within `apiVersion`, `kind` or `metadata` of the resource or an embedded resource. */
  readonly isMeta?: true;
  /** Why a default is not allowed here. */
  readonly noDefaults?: string;
}

/**
 * The schema of one version of a custom resource: structural, with valid defaults, and only the OpenAPI features that
 * Kubernetes supports.
 *
 * @source k8s.io/apiextensions-apiserver pkg/apis/apiextensions/validation/validation.go validateCustomResourceDefinitionValidation, ValidateCustomResourceDefinitionOpenAPISchema 1.36
 */
export function definitionSchema(schema: CheckedField, hasStatus: boolean): void {
  if (!schema.isSet) return;
  const before = schema.errorCount;
  if (hasStatus) rootWithStatus(schema);
  if (schema.child('nullable').isTrue) schema.child('nullable').forbidden('must not be true at the root');
  const stranger = unreadable(schema);
  if (stranger === undefined) readAsStructural(schema);
  supported(schema, { isRoot: true });
  if (stranger !== undefined && schema.errorCount === before) schema.invalid(`must not have ${stranger}`);
  if (schema.errorCount === before) ruleExpressions(schema);
}

/**
 * The status is validated by its own part of the schema, so other keywords at the root cannot apply to it.
 *
 * @source k8s.io/apiextensions-apiserver pkg/apis/apiextensions/validation/validation.go validateCustomResourceDefinitionValidation 1.36
 */
function rootWithStatus(schema: CheckedField): void {
  const type = schema.child('type');
  if (type.text !== '' && type.text !== 'object') {
    return type.invalid('must be object where there is a status subresource');
  }
  const other = schema.entries.find(({ name, value }) => !WITH_STATUS.has(name) && value !== undefined);
  if (other !== undefined) schema.invalid(`must not have ${other.name} where there is a status subresource`);
}

function readAsStructural(schema: CheckedField): void {
  const before = schema.errorCount;
  structural(schema, 'root');
  complete(schema);
  if (schema.errorCount === before) schemaDefaults(schema);
}

/**
 * A keyword, here or below, that prevents the server from converting a schema to a structural one.
 *
 * @source k8s.io/apiextensions-apiserver pkg/apiserver/schema/convert.go NewStructural 1.36
 */
function unreadable(schema: CheckedField): string | undefined {
  const own = [...UNSUPPORTED, '$schema'].find((name) => holdsSomething(schema.child(name)));
  if (own !== undefined) return own;
  if (schema.child('items').items.length > 0) return 'a list of items';
  if (schema.child(PRESERVE).value === false) return `${PRESERVE}: false`;
  for (const below of schemasBelow(schema)) {
    const found = unreadable(below);
    if (found !== undefined) return found;
  }
  return undefined;
}

function holdsSomething(field: CheckedField): boolean {
  return field.size > 0 || field.text !== '' || (field.name === 'additionalItems' && field.isSet);
}

/**
 * Walks a schema and its nested schemas.
 *
 * @source k8s.io/apiextensions-apiserver pkg/apis/apiextensions/validation/validation.go ValidateCustomResourceDefinitionOpenAPISchema, specStandardValidatorV3.validate 1.36
 */
function supported(schema: CheckedField, place: Place): void {
  for (const name of UNSUPPORTED) {
    const field = schema.child(name);
    if (holdsSomething(field)) field.forbidden('is not supported');
  }
  const type = schema.child('type');
  if (type.text === 'null') type.forbidden('must not be null: that is what nullable is for');
  if (type.text !== '') type.mustBeOneOf(TYPES);
  if (schema.child('default').isSet && place.noDefaults !== undefined)
    schema.child('default').forbidden(`must not be set ${place.noDefaults}`);
  const embedded = schema.child('x-kubernetes-embedded-resource');
  if (embedded.isTrue && place.isMeta)
    embedded.forbidden('must not be true within the metadata of a resource');
  if (schema.child('uniqueItems').isTrue)
    schema.child('uniqueItems').forbidden('must not be true: it takes too long to check');

  const [additional, items] = [schema.child('additionalProperties'), schema.child('items')];
  if (additional.isSet && schema.child('properties').size > 0 && additional.value !== true) {
    additional.forbidden('must not be set together with properties');
  }
  if (items.items.length > 0) items.forbidden('must be one schema, not a list of them');
  extensions(schema);
  for (const each of schemasBelow(schema)) supported(each, placeOf(each, schema, place));
}

/** The position of the schema of a property or another part. */
function placeOf(part: CheckedField, schema: CheckedField, place: Place): Place {
  const { isRoot, ...inherited } = place;
  const isResource = isRoot === true || schema.child('x-kubernetes-embedded-resource').isTrue;
  if (isResource && isMetaField(part.name) && part.isEntry) {
    const noDefaults = isRoot === true ? `in ${part.name} of the resource` : place.noDefaults;
    return { isMeta: true, ...(noDefaults !== undefined && { noDefaults }) };
  }
  if (place.isMeta && part.name === 'additionalProperties' && !part.isEntry)
    return { ...inherited, noDefaults: 'in a map within metadata' };
  return inherited;
}

/** The direct child schemas. */
function schemasBelow(schema: CheckedField): CheckedField[] {
  const lists = ['allOf', 'anyOf', 'oneOf'].flatMap((name) => schema.child(name).items);
  const single = ['not', 'additionalProperties', 'items']
    .map((name) => schema.child(name))
    .filter(({ value }) => typeof value === 'object' && !Array.isArray(value));
  return [...schema.child('properties').entries, ...lists, ...single];
}

/** @source k8s.io/apiextensions-apiserver pkg/apiserver/schema/validation.go validateExtensions 1.36 */
function extensions(schema: CheckedField): void {
  const type = schema.child('type');
  const [preserve, mapType, listType, keys, items] = [
    'x-kubernetes-preserve-unknown-fields',
    'x-kubernetes-map-type',
    'x-kubernetes-list-type',
    'x-kubernetes-list-map-keys',
    'items',
  ].map((name) => schema.child(name)) as [
    CheckedField,
    CheckedField,
    CheckedField,
    CheckedField,
    CheckedField,
  ];
  if (preserve.isSet && !preserve.isTrue) preserve.invalid('must be true or not set');
  if (mapType.isSet) {
    needsType(type, 'object', mapType.name);
    mapType.mustBeOneOf(['atomic', 'granular']);
  }
  if (listType.isSet) {
    needsType(type, 'array', listType.name);
    if (type.text === 'array' && listType.text === 'set') setOf(items);
    listType.mustBeOneOf(['atomic', 'set', 'map']);
  }
  if (keys.size > 0 && !listType.isSet)
    listType.required('must be map where there are x-kubernetes-list-map-keys');
  else if (keys.size > 0 && listType.text !== 'map')
    listType.invalid('must be map where there are x-kubernetes-list-map-keys');
  if (listType.text === 'map') mapKeys(keys, items);
  if (['set', 'map'].includes(listType.text) && items.child('nullable').isTrue)
    items.child('nullable').forbidden(`must not be true when the list type is ${listType.text}`);
  ruleFields(schema);
}

function needsType(type: CheckedField, expected: string, extension: string): void {
  if (type.text === '') type.required(`must be ${expected} with ${extension}`);
  else if (type.text !== expected) type.invalid(`must be ${expected} with ${extension}`);
}

/** Items of a set are compared as a whole. */
function setOf(items: CheckedField): void {
  const [list, map] = [items.child('x-kubernetes-list-type'), items.child('x-kubernetes-map-type')];
  if (items.child('type').text === 'array' && list.isSet && list.text !== 'atomic')
    list.invalid('must be atomic in a set');
  if (items.child('type').text === 'object' && map.text !== 'atomic') map.invalid('must be atomic in a set');
}

/**
 * Items of a list of type map are identified by required scalar fields.
 *
 * @source k8s.io/apiextensions-apiserver pkg/apis/apiextensions/validation/validation.go ValidateCustomResourceDefinitionOpenAPISchema 1.36
 */
function mapKeys(keys: CheckedField, items: CheckedField): void {
  keys.needs('must be set when the list type is map');
  if (!items.isSet) return items.required('must be set when the list type is map');
  const type = items.child('type');
  if (type.text !== 'object') return type.invalid('must be object when the list type is map');
  const [required, seen] = [items.child('required').texts, new Set<string>()];
  for (const key of keys.texts) {
    const property = items.child('properties').key(key);
    if (!property.isSet) keys.invalid('must be names of properties of the items');
    else if (['array', 'object'].includes(property.child('type').text))
      property.child('type').invalid('must be a scalar');
    if (seen.has(key)) keys.invalid('must not have one key twice');
    seen.add(key);
    if (property.isSet && !property.child('default').isSet && !required.includes(key)) {
      property.child('default').required('must be set unless the key is required');
    }
    if (property.child('nullable').isTrue) property.child('nullable').forbidden('must not be true for a key');
  }
}
