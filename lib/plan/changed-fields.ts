import type { Schema } from '../kube/schema';
import { fieldWithoutSecrets } from '../check/secrets/field';
import { isPlainRecord, ownValue, type PlainRecord } from '../manifest/data';
import { child, item } from '../manifest/path';
import { itemKey, partSchema, viewOf } from '../apiserver/apply/parts';
import type { ChangedField } from './change';
import { withAllocated } from './allocated';
import { equal } from '../apiserver/update/equal';

/**
 * The fields that differ between two objects of a kind, by the paths of the new one. Items of a list are compared by
 * their keys where they have some, lists that are one value as a whole.
 */
export function changedFields(was: PlainRecord, now: PlainRecord, schema: Schema): ChangedField[] {
  const [old, fresh] = withAllocated(was, now);
  return differences(old, fresh, schema, '').map((changed) => withoutSecrets(changed, [was, now]));
}

/** Whoever reads a plan is not always meant to read what is secret, so that its fields do not have it, wherever they end up. */
function withoutSecrets(changed: ChangedField, objects: readonly PlainRecord[]): ChangedField {
  const { path } = changed;
  const shown = (value: unknown): unknown => fieldWithoutSecrets(value, path, objects);
  return {
    path,
    ...('before' in changed && { before: shown(changed.before) }),
    ...('after' in changed && { after: shown(changed.after) }),
  };
}

function differences(was: unknown, now: unknown, schema: Schema, path: string): ChangedField[] {
  if (equal(was, now)) return [];
  if (isPlainRecord(was) && isPlainRecord(now)) {
    const keys = new Set([...Object.keys(was), ...Object.keys(now)]);
    return [...keys].flatMap((key) =>
      differences(ownValue(was, key), ownValue(now, key), partSchema(schema, key), child(path, key)),
    );
  }
  const areLists = Array.isArray(was) && Array.isArray(now);
  if (areLists && schema.type === 'list' && viewOf(schema, now) === 'list') {
    return itemDifferences(was, now, schema, path);
  }
  const isSameLength = areLists && was.length === now.length;
  if (isSameLength && was.every(isPlainRecord)) {
    const items = schema.type === 'list' ? schema.items : schema;
    return now.flatMap((each, index) => differences(was[index], each, items, item(path, index)));
  }
  return [field(path, was, now)];
}

function itemDifferences(
  was: readonly unknown[],
  now: readonly unknown[],
  schema: Schema & { type: 'list' },
  path: string,
): ChangedField[] {
  const old = new Map(was.map((each, index) => [itemKey(schema, each), { each, index }]));
  const found = now.flatMap((each, index) => {
    const key = itemKey(schema, each);
    const before = old.get(key)?.each;
    old.delete(key);
    return differences(before, each, schema.items, item(path, index));
  });
  return [...found, ...[...old.values()].map(({ each, index }) => field(item(path, index), each, undefined))];
}

function field(path: string, before: unknown, after: unknown): ChangedField {
  return { path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
}
