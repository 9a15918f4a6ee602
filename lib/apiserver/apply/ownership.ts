import type { Schema } from '../../kube/schema';
import { entriesOf, itemKey, itemsOf, partSchema, viewOf } from './parts';

/** The fields that a manager owns: by field name, map key or item key, with the owned parts of each. */
export type Owned = ReadonlyMap<string, Owned>;

const WHOLE: Owned = new Map();

/** The fields that applying `value` makes owned: all fields in it */
export function ownedBy(value: unknown, schema: Schema): Owned {
  const view = viewOf(schema, value);
  if (view === 'whole') return WHOLE;
  const owned = new Map<string, Owned>();
  if (view === 'list' && schema.type === 'list') {
    for (const item of itemsOf(value)) owned.set(itemKey(schema, item), ownedBy(item, schema.items));
    return owned;
  }
  for (const [key, part] of entriesOf(value)) {
    const below = partSchema(schema, key);
    // An empty list owns nothing, not even itself; neither does null where there could be parts.
    if (isNothing(part, below)) continue;
    owned.set(key, ownedBy(part, below));
  }
  return owned;
}

function isNothing(part: unknown, schema: Schema): boolean {
  const view = viewOf(schema, part);
  if (part === null) return view !== 'whole';
  return view === 'list' && Array.isArray(part) && part.length === 0;
}

/**
 * `value` without the parts that were owned and no longer are. A part is removed as a whole, including defaults in it;
 * parts without an owner stay.
 *
 * @source sigs.k8s.io/structured-merge-diff/v6 merge/update.go Updater.prune 1.36
 */
export function prune(value: unknown, schema: Schema, before: Owned, now: Owned): unknown {
  const view = viewOf(schema, value);
  if (view === 'list' && schema.type === 'list') {
    const left = itemsOf(value).flatMap((item) => {
      const key = itemKey(schema, item);
      const [was, is] = [before.get(key), now.get(key)];
      if (was === undefined) return [item];
      return is === undefined ? [] : [prune(item, schema.items, was, is)];
    });
    return left;
  }
  if (view === 'whole') return value;
  const left = entriesOf(value).flatMap(([key, part]): [string, unknown][] => {
    const [was, is] = [before.get(key), now.get(key)];
    if (was === undefined) return [[key, part]];
    if (is === undefined) return [];
    return [[key, was.size === 0 ? part : prune(part, partSchema(schema, key), was, is)]];
  });
  return Object.fromEntries(left);
}
