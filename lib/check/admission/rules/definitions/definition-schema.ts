import type { Field } from '../../field';
import { structural } from './structural';

const TYPES = ['array', 'boolean', 'integer', 'number', 'object', 'string'];
const UNSUPPORTED = ['id', 'additionalItems', 'patternProperties', 'definitions', 'dependencies', '$ref'];

/** What may be beside `properties` at the root of a schema whose `status` is validated on its own. */
const WITH_STATUS = new Set(
  `description type format title maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern maxItems
  minItems uniqueItems multipleOf required items properties externalDocs example x-kubernetes-preserve-unknown-fields
  x-kubernetes-validations`.split(/\s+/),
);

/**
 * The schema of one version of a custom resource: structural, and of what OpenAPI has only what Kubernetes supports.
 * Defaults, patterns and rules in CEL are not checked yet.
 *
 * Source: `pkg/apis/apiextensions/validation` and `pkg/apiserver/schema` of apiextensions-apiserver.
 */
export function definitionSchema(schema: Field, hasStatus: boolean): void {
  if (!schema.isSet) return;
  if (hasStatus) {
    if (schema.child('type').text !== '' && schema.child('type').text !== 'object') {
      schema.child('type').invalid('must be object where there is a status subresource');
    }
    const other = schema.entries.find(({ name, value }) => !WITH_STATUS.has(name) && value !== undefined);
    if (other !== undefined)
      schema.invalid(`must not have ${other.name} where there is a status subresource`);
  }
  if (schema.child('nullable').isTrue) schema.child('nullable').forbidden('must not be true at the root');
  structural(schema, 'root');
  supported(schema);
}

/** Walks a schema and all below it. */
function supported(schema: Field): void {
  for (const name of UNSUPPORTED) {
    const field = schema.child(name);
    if (field.isSet && (field.size > 0 || field.text !== '')) field.forbidden('is not supported');
  }
  const type = schema.child('type');
  if (type.text === 'null') type.forbidden('must not be null: that is what nullable is for');
  else if (type.text !== '') type.mustBeOneOf(TYPES);
  if (schema.child('uniqueItems').isTrue)
    schema.child('uniqueItems').forbidden('must not be true: it takes too long to check');

  const [properties, additional, items] = ['properties', 'additionalProperties', 'items'].map((name) =>
    schema.child(name),
  ) as [Field, Field, Field];
  if (additional.isSet && properties.size > 0 && additional.value !== true) {
    additional.forbidden('must not be set beside properties');
  }
  if (items.items.length > 0) items.forbidden('must be one schema, not a list of them');
  extensions(schema);
  for (const each of schemasBelow(schema)) supported(each);
}

/** The schemas directly below one. */
function schemasBelow(schema: Field): Field[] {
  const lists = ['allOf', 'anyOf', 'oneOf'].flatMap((name) => schema.child(name).items);
  const single = ['not', 'additionalProperties', 'items']
    .map((name) => schema.child(name))
    .filter(({ value }) => typeof value === 'object' && !Array.isArray(value));
  return [...schema.child('properties').entries, ...lists, ...single];
}

function extensions(schema: Field): void {
  const type = schema.child('type');
  const [preserve, mapType, listType, keys, items] = [
    'x-kubernetes-preserve-unknown-fields',
    'x-kubernetes-map-type',
    'x-kubernetes-list-type',
    'x-kubernetes-list-map-keys',
    'items',
  ].map((name) => schema.child(name)) as [Field, Field, Field, Field, Field];
  if (preserve.isSet && !preserve.isTrue) preserve.invalid('must be true, or not be set');
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
  for (const rule of schema.child('x-kubernetes-validations').items) {
    if (rule.child('rule').text.trim() === '') rule.child('rule').required();
  }
}

function needsType(type: Field, expected: string, extension: string): void {
  if (type.text === '') type.required(`must be ${expected} with ${extension}`);
  else if (type.text !== expected) type.invalid(`must be ${expected} with ${extension}`);
}

/** Items of a set are compared as a whole. */
function setOf(items: Field): void {
  const [list, map] = [items.child('x-kubernetes-list-type'), items.child('x-kubernetes-map-type')];
  if (items.child('type').text === 'array' && list.isSet && list.text !== 'atomic')
    list.invalid('must be atomic in a set');
  if (items.child('type').text === 'object' && map.text !== 'atomic') map.invalid('must be atomic in a set');
}

/** Items of a map-like list are told apart by scalar fields, which each of them has. */
function mapKeys(keys: Field, items: Field): void {
  keys.needs('must be set with the list type map');
  if (!items.isSet) return items.required('must be set with the list type map');
  const type = items.child('type');
  if (type.text !== 'object') return type.invalid('must be object with the list type map');
  const [required, seen] = [items.child('required').texts, new Set<string>()];
  for (const key of keys.texts) {
    const property = items.child('properties').key(key);
    if (!property.isSet) keys.invalid('must be names of properties of the items');
    else if (['array', 'object'].includes(property.child('type').text))
      property.child('type').invalid('must be a scalar');
    if (seen.has(key)) keys.invalid('must not have one key twice');
    seen.add(key);
    if (property.isSet && !property.child('default').isSet && !required.includes(key)) {
      property.child('default').required('must be set, unless the key is required');
    }
    if (property.child('nullable').isTrue) property.child('nullable').forbidden('must not be true for a key');
  }
}
