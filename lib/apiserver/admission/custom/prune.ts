import { unknownField } from '../error-body';
import { nearest } from '../../../errors';
import { isPlainRecord, setOwn, type PlainRecord } from '../../../manifest/data';
import type { CheckedField } from '../checked-field';
import { decodeEmbedded, isMetaField } from './embedded';
import { schemaOfKey, type CustomSchema } from './schema';

/**
 * What the server holds of a value after decoding it, and errors about the fields that the schema does not know:
 * strict field validation refuses what would otherwise be dropped. Nulls are dropped where the schema knows the field,
 * it is not nullable, and there is no default to put in their place.
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
  // Below a map of the server, keys follow a dot as fields do.
  for (const key of Object.keys(value)) pruneEntry(field.child(key), copy, schema, keepsUnknown);
  return schema?.embedded === true ? decodeEmbedded(field, copy) : copy;
}

/** A custom resource as a whole, whose `apiVersion`, `kind` and `metadata` are the server's own. */
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
  // Unknown fields below `additionalProperties: true` are dropped all the same.
  setOwn(copy, name, isMeta ? value : prune(entry, below, !isKnown));
}
