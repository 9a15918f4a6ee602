import type { ManagedEntry } from '../../apiserver/apply/managed-fields';
import { itemKeyIn } from '../../apiserver/apply/managed-fields';
import { itemKey, itemsOf, partSchema } from '../../apiserver/apply/parts';
import { equal } from '../../apiserver/update/equal';
import type { ListSchema, Schema } from '../../kube/schema';
import { isPlainRecord, ownValue, type PlainRecord } from '../../manifest/data';
import { child, item } from '../../manifest/path';

/** One field of an object: as it is in the cluster, as it will be, and as the manifest has it. */
export interface Part {
  readonly path: string;
  readonly was: unknown;
  readonly now: unknown;
  readonly said: unknown;
  readonly schema: Schema;
}

/** A field of a manager that the manifest does not have as it is: it says nothing of it, or something else. */
export interface Differing extends Part {
  readonly isExtra: boolean;
}

/** The fields of one manager in which the cluster is not as the manifest. */
export function* differingFields({ fields }: ManagedEntry, whole: Part): Generator<Differing> {
  yield* below(fields, whole);
}

function* below(fields: PlainRecord, part: Part): Generator<Differing> {
  for (const [key, value] of Object.entries(fields)) {
    const owned = isPlainRecord(value) ? value : {};
    const found = partAt(key, part);
    if (found?.was === undefined) continue;
    const isItem = !key.startsWith('f:');
    if (Object.keys(owned).length === 0 || (isItem && found.said === undefined && '.' in owned)) {
      const isExtra = found.said === undefined;
      if (isExtra || !equal(found.was, found.now)) yield { ...found, isExtra };
    } else yield* below(owned, found);
  }
}

/** The part that a key of FieldsV1 stands for. */
function partAt(key: string, { path, was, now, said, schema }: Part): Part | undefined {
  if (key.startsWith('f:')) {
    const name = key.slice(2);
    return {
      path: child(path, name),
      was: ownValue(was, name),
      now: ownValue(now, name),
      said: ownValue(said, name),
      schema: partSchema(schema, name),
    };
  }
  if (schema.type !== 'list' || !/^[kv]:/.test(key)) return undefined;
  const id = itemKeyIn(key, schema);
  const [old, next, own] = [was, now, said].map((list) => placeOf(list, id, schema));
  // Reports name the items of the new object.
  const index = next?.index ?? old?.index ?? 0;
  const { items } = schema;
  return { path: item(path, index), was: old?.value, now: next?.value, said: own?.value, schema: items };
}

function placeOf(list: unknown, id: string, schema: ListSchema) {
  const index = itemsOf(list).findIndex((each) => itemKey(schema, each) === id);
  return index < 0 ? undefined : { index, value: itemsOf(list)[index] };
}
