import type { Schema } from '../../kube/schema';
import { isPlainRecord, type PlainRecord } from '../../manifest/data';
import { merge } from './merge';
import type { Managed } from './managed-fields';
import { ownedBy, prune } from './ownership';

/**
 * The result on `live` when the single manager that applied `before` applies `after`: it has the fields of `after`, no
 * longer has those that were only in `before`, and keeps the fields of others, including the server's defaults.
 */
export function apply(live: PlainRecord, before: unknown, after: unknown, schema: Schema): PlainRecord {
  const merged = merge(live, after, schema);
  const pruned = prune(merged, schema, ownedBy(before, schema), ownedBy(after, schema));
  return isPlainRecord(pruned) ? pruned : {};
}

/**
 * The result on `live` when one of its managers applies `after`: what it applied before and no longer does is gone, unless
 * somebody else owns it, too.
 */
export function applyAs(
  { own, others }: Managed,
  live: PlainRecord,
  after: unknown,
  schema: Schema,
): PlainRecord {
  const merged = merge(live, after, schema);
  const pruned = prune(merged, schema, own, ownedBy(after, schema), others);
  return isPlainRecord(pruned) ? pruned : {};
}
