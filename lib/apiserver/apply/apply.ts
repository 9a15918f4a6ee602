import type { Schema } from '../../kube/schema';
import { isPlainRecord, type PlainRecord } from '../../manifest/data';
import { merge } from './merge';
import { ownedBy, prune } from './ownership';

/**
 * What the server makes of `live` when the one manager that had applied `before` applies `after`: it has what `after`
 * says, no longer has what only `before` said, and keeps what others put there, the server's own defaults among them.
 */
export function apply(live: PlainRecord, before: unknown, after: unknown, schema: Schema): PlainRecord {
  const merged = merge(live, after, schema);
  const pruned = prune(merged, schema, ownedBy(before, schema), ownedBy(after, schema));
  return isPlainRecord(pruned) ? pruned : {};
}
