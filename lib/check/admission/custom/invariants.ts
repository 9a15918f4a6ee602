import { isPlainRecord } from '../../../manifest/data';
import type { Field } from '../field';
import { embeddedResource } from './embedded';
import { canonical } from './equality';
import type { CustomSchema } from './schema';

/**
 * What schemas promise beyond OpenAPI: that embedded resources are resources, that the items of a set differ, and those
 * of a map in their keys. Here the server sets the keys of maps in brackets.
 *
 * Source: `pkg/apiserver/schema/objectmeta` and `listtype` of apiextensions-apiserver.
 */
export function invariants(field: Field, schema: CustomSchema | undefined): void {
  if (schema?.hasInvariants !== true) return;
  if (Array.isArray(field.value)) {
    if (schema.listType === 'set') differ(field.items, (item) => canonical(item.value));
    if (schema.listType === 'map') mapOf(field.items, schema.listKeys);
    for (const item of field.items) invariants(item, schema.items);
    return;
  }
  if (!isPlainRecord(field.value)) return;
  if (schema.embedded) embeddedResource(field);
  for (const entry of field.entries) {
    const property = schema.properties.get(entry.name);
    if (property !== undefined) invariants(field.child(entry.name), property);
    else if (typeof schema.additional === 'object') invariants(entry, schema.additional);
  }
}

function mapOf(items: readonly Field[], keys: readonly string[]): void {
  const stranger = items.find(({ value }) => value !== null && !isPlainRecord(value));
  if (stranger !== undefined) return stranger.invalid('must be an object: the list is a map');
  differ(items, (item) => {
    return canonical(keys.filter((key) => item.child(key).isSet).map((key) => [key, item.child(key).value]));
  });
}

/** Complains once about each value that comes again. */
function differ(items: readonly Field[], keyOf: (item: Field) => string): void {
  const times = new Map<string, number>();
  for (const item of items) {
    const key = keyOf(item);
    const before = times.get(key) ?? 0;
    if (before === 1) item.duplicate();
    times.set(key, before + 1);
  }
}
