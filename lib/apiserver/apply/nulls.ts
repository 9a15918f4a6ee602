import { isPlainRecord } from '../../manifest/data';
import { child, item } from '../../manifest/path';
import { schemaOfKey, type CustomSchema } from '../admission/custom/schema';
import type { FieldError } from '../admission/review';

/**
 * Errors for each null in a custom resource that is applied by server-side apply, where the schema allows none and has no
 * default for it. A request that creates or replaces an object loses such a null when it is decoded; what server-side apply
 * merges is validated as it is, and a map that it empties is a null (observed on API servers of 1.36).
 *
 * @param value the resource without what the server defines: `spec` and its like
 */
export function refusedNulls(value: unknown, schema: CustomSchema | undefined, path = ''): FieldError[] {
  if (schema === undefined) return [];
  if (Array.isArray(value))
    return value.flatMap((each, index) => refusedNulls(each, schema.items, item(path, index)));
  if (!isPlainRecord(value)) return [];
  return Object.entries(value).flatMap(([key, part]) => {
    const below = schemaOfKey(schema, key);
    const place = child(path, key);
    return part === null && isRefused(below) ? [nullError(place, below)] : refusedNulls(part, below, place);
  });
}

function isRefused(schema: CustomSchema | undefined): schema is CustomSchema {
  return schema !== undefined && !schema.nullable && schema.default == null && schema.types.length > 0;
}

function nullError(path: string, { types }: CustomSchema): FieldError {
  return {
    reason: 'wrong-type',
    path,
    message: `expected ${types.join(' or ')}, got null`,
    hint: 'Server-side apply makes null of a map that loses its last field: leave the whole map out instead.',
  };
}
