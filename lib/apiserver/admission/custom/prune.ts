import { unknownField } from '../error-body';
import { nearest } from '../../../errors';
import { isPlainRecord, setOwn, type PlainRecord } from '../../../manifest/data';
import type { CheckedField } from '../checked-field';
import { decodeEmbedded, isMetaField } from './embedded';
import { schemaOfKey, type CustomSchema } from './schema';

/**
 * The value that the server keeps after decoding, and errors about unknown fields: strict field validation rejects
 * fields that would otherwise be dropped. A null is dropped where the schema has the field, the field is not nullable,
 * and it has no default.
 *
 *
 * @param keeps whether unknown fields are kept here: `x-kubernetes-preserve-unknown-fields` of a list is its items' as well
 * @source k8s.io/apiextensions-apiserver pkg/apiserver/schema/pruning/algorithm.go PruneWithOptions 1.36
 * @source k8s.io/apiextensions-apiserver pkg/apiserver/schema/defaulting/prunenulls.go PruneNonNullableNullsWithoutDefaults 1.36
 */
export function prune(field: CheckedField, schema: CustomSchema | undefined, keeps = false): unknown {
  const { value } = field;
  const keepsUnknown = keeps || schema?.preserves === true;
  if (Array.isArray(value)) return field.items.map((item) => prune(item, schema?.items, keepsUnknown));
  if (!isPlainRecord(value)) return value;
  const copy: PlainRecord = {};
  // In the server's paths, map keys follow a dot, as fields do.
  for (const key of Object.keys(value)) pruneEntry(field.child(key), copy, schema, keepsUnknown);
  return schema?.embedded === true ? decodeEmbedded(field, copy) : copy;
}

/** A whole custom resource, whose `apiVersion`, `kind` and `metadata` the server defines. */
export function pruneResource(root: CheckedField, schema: CustomSchema): PlainRecord {
  const copy: PlainRecord = {};
  for (const { name, value } of root.entries) {
    if (isMetaField(name)) copy[name] = value;
    else pruneEntry(root.child(name), copy, schema, schema.preserves);
  }
  return copy;
}

function pruneEntry(
  entry: CheckedField,
  copy: PlainRecord,
  schema: CustomSchema | undefined,
  keepsUnknown: boolean,
): void {
  const { name, value } = entry;
  const isMeta = schema?.embedded === true && isMetaField(name);
  const isKnown = schema?.properties.has(name) === true || schema?.additional !== undefined;
  if (!isMeta && !isKnown && !keepsUnknown) {
    const suggestion = nearest(name, schema?.properties.keys() ?? []);
    return entry.say(
      'unknown-field',
      unknownField(entry.path),
      suggestion && `Did you mean "${suggestion}"?`,
    );
  }
  const below = schemaOfKey(schema, name);
  if (value === null && below !== undefined && !below.nullable && below.default == null) return;
  // Unknown fields below `additionalProperties: true` are still dropped.
  setOwn(copy, name, isMeta ? value : prune(entry, below, !isKnown));
}
