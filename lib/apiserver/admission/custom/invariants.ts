import { isPlainRecord } from '../../../manifest/data';
import type { CheckedField } from '../checked-field';
import { embeddedResource } from './embedded';
import { canonical } from './canonical';
import type { CustomSchema } from './schema';

/**
 * Requires every embedded resource to be a valid resource.
 *
 * @source k8s.io/apiextensions-apiserver pkg/apiserver/schema/objectmeta/validation.go Validate 1.36
 */
export function embeddedResources(root: CheckedField, schema: CustomSchema): void {
  walk(root, schema, (field, { embedded }) => {
    if (embedded && isPlainRecord(field.value)) embeddedResource(field);
  });
}

/**
 * Requires the items of sets to differ, and the items of list maps to differ in their keys.
 *
 * @source k8s.io/apiextensions-apiserver pkg/apiserver/schema/listtype/validation.go ValidateListSetsAndMaps 1.36
 */
export function listTypes(root: CheckedField, schema: CustomSchema): void {
  walk(root, schema, (field, { listType, listKeys }) => {
    if (listType === 'set') differ(field.items, (item) => canonical(item.value));
    if (listType === 'map') mapOf(field.items, listKeys);
  });
}

/** Visits the values with constraints that OpenAPI cannot express. Map keys are in brackets here. */
function walk(
  field: CheckedField,
  schema: CustomSchema | undefined,
  visit: (field: CheckedField, schema: CustomSchema) => void,
): void {
  if (schema?.hasInvariants !== true) return;
  visit(field, schema);
  if (Array.isArray(field.value)) {
    for (const item of field.items) walk(item, schema.items, visit);
    return;
  }
  for (const entry of field.entries) {
    const property = schema.properties.get(entry.name);
    if (property !== undefined) walk(field.child(entry.name), property, visit);
    else if (typeof schema.additional === 'object') walk(entry, schema.additional, visit);
  }
}

function mapOf(items: readonly CheckedField[], keys: readonly string[]): void {
  const stranger = items.find(({ value }) => value !== null && !isPlainRecord(value));
  if (stranger !== undefined) return stranger.invalid('must be an object: the list is a map');
  differ(items, (item) => {
    return canonical(
      keys.filter((key) => item.child(key).isPresent).map((key) => [key, item.child(key).value]),
    );
  });
}

/** Reports each repeated value once. */
function differ(items: readonly CheckedField[], keyOf: (item: CheckedField) => string): void {
  const times = new Map<string, number>();
  for (const item of items) {
    const key = keyOf(item);
    const before = times.get(key) ?? 0;
    if (before === 1) item.duplicate();
    times.set(key, before + 1);
  }
}
