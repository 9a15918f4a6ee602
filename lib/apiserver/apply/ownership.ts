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
    const parts = ownedBy(part, below);
    // Nor does a map in which nothing is owned.
    if (parts.size === 0 && viewOf(below, part) === 'map' && entriesOf(part).length > 0) continue;
    owned.set(key, parts);
  }
  return owned;
}

function isNothing(part: unknown, schema: Schema): boolean {
  const view = viewOf(schema, part);
  if (part === null) return view !== 'whole';
  return view === 'list' && Array.isArray(part) && part.length === 0;
}

/** Who owns what before and after an apply; `others` are the other managers. */
export interface Owners {
  readonly before: Owned;
  readonly now: Owned;
  /** @default nobody */
  readonly others?: Owned | undefined;
}

/**
 * `value` without the parts that were owned and no longer are. A part is removed as a whole, including defaults in it;
 * parts without an owner stay, and those of others.
 *
 * @param emptiesToNull whether a map that loses its last part is `null`: a built-in kind reads that as an empty map
 * @source sigs.k8s.io/structured-merge-diff/v6 merge/update.go Updater.prune, Updater.addBackOwnedItems 1.36
 * @source sigs.k8s.io/structured-merge-diff/v6 typed/remove.go removingWalker.doMap 1.36
 */
export function prune(
  value: unknown,
  schema: Schema,
  { before, now, others = WHOLE }: Owners,
  emptiesToNull = false,
): unknown {
  const view = viewOf(schema, value);
  if (view === 'list' && schema.type === 'list') {
    return itemsOf(value).flatMap((item) => {
      const key = itemKey(schema, item);
      const [was, is, theirs] = [before.get(key), now.get(key), others.get(key)];
      if (was === undefined) return [item];
      if (is !== undefined)
        return [prune(item, schema.items, { before: was, now: is, others: theirs }, emptiesToNull)];
      return theirs === undefined ? [] : [onlyOf(theirs, item, schema.items)];
    });
  }
  if (view === 'whole') return value;
  const left = entriesOf(value).flatMap(([key, part]): [string, unknown][] => {
    const [was, is, theirs] = [before.get(key), now.get(key), others.get(key)];
    if (was === undefined) return [[key, part]];
    const below = partSchema(schema, key);
    if (is !== undefined && was.size === 0) return [[key, part]];
    if (is !== undefined)
      return [[key, prune(part, below, { before: was, now: is, others: theirs }, emptiesToNull)]];
    return theirs === undefined ? [] : [[key, onlyOf(theirs, part, below)]];
  });
  const isEmptied = left.length === 0 && entriesOf(value).length > 0;
  return isEmptied && emptiesToNull ? null : Object.fromEntries(left);
}

/** `value` with nothing but what is owned, and the keys of items. */
export function onlyOf(owned: Owned, value: unknown, schema: Schema): unknown {
  const view = viewOf(schema, value);
  if (view === 'whole' || owned.size === 0) return value;
  if (view === 'list' && schema.type === 'list') {
    return itemsOf(value).flatMap((item) => {
      const below = owned.get(itemKey(schema, item));
      return below === undefined ? [] : [onlyOf(below, item, schema.items)];
    });
  }
  const left = entriesOf(value).flatMap(([key, part]): [string, unknown][] => {
    const below = owned.get(key);
    return below === undefined ? [] : [[key, onlyOf(below, part, partSchema(schema, key))]];
  });
  return Object.fromEntries(left);
}
