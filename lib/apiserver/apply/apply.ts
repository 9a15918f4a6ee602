import type { Schema } from '../../kube/schema';
import { isPlainRecord, type PlainRecord } from '../../manifest/data';
import { merge } from './merge';
import type { Managed } from './managed-fields';
import { ownedBy, prune } from './ownership';

/**
 * The result on `live` when the single manager that applied `before` applies `after`: it has the fields of `after`, no
 * longer has those that were only in `before`, and keeps the fields of others, including the server's defaults.
 */
export function apply(
  live: PlainRecord,
  before: unknown,
  after: unknown,
  schema: Schema,
  emptiesToNull?: boolean,
): PlainRecord {
  const merged = merge(live, after, schema);
  const owned = { before: ownedBy(before, schema), now: ownedBy(after, schema) };
  const pruned = prune(merged, schema, owned, emptiesToNull);
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
  emptiesToNull?: boolean,
): PlainRecord {
  const merged = merge(live, after, schema);
  const pruned = prune(merged, schema, { before: own, now: ownedBy(after, schema), others }, emptiesToNull);
  return isPlainRecord(pruned) ? pruned : {};
}
