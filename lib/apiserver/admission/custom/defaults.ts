import { isPlainRecord, setOwn, type PlainRecord } from '../../../manifest/data';
import { schemaOfKey, type CustomSchema } from './schema';

/**
 * A value with the defaults of its schema: for fields that are absent, or null and not nullable. Defaults apply from
 * the top down, so that a default value gets defaults too.
 *
 * @source k8s.io/apiextensions-apiserver pkg/apiserver/schema/defaulting/algorithm.go Default 1.36
 */
export function withDefaults(value: unknown, schema: CustomSchema | undefined): unknown {
  if (schema?.hasDefaults !== true) return value;
  if (Array.isArray(value))
    return value.map((item) => withDefaults(item ?? fallback(schema.items), schema.items));
  if (!isPlainRecord(value)) return value;
  const copy: PlainRecord = {};
  for (const key of Object.keys(value)) {
    const below = schemaOfKey(schema, key);
    setOwn(copy, key, withDefaults(value[key] ?? fallback(below), below));
  }
  for (const [name, property] of schema.properties) {
    if (property.default == null || Object.hasOwn(value, name)) continue;
    setOwn(copy, name, withDefaults(property.default, property));
  }
  return copy;
}

/** The value that replaces a null. */
function fallback(schema: CustomSchema | undefined): unknown {
  return schema === undefined || schema.nullable ? null : (schema.default ?? null);
}
