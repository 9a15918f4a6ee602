import type { Schema } from '../../kube/schema';
import { isPlainRecord, type PlainRecord } from '../../manifest/data';
import type { KubeObject } from '../../manifest/manifest';
import { equal } from '../update/equal';
import { isClientSideApply, managedEntries, managedIn } from './managed-fields';
import { ownedBy, type Owned } from './ownership';
import { entriesOf, itemKey, itemsOf, partSchema, viewOf } from './parts';

/**
 * Whether applying `object` would leave `live` as it is: `manager` owns exactly the fields that it applies, and each of them
 * has the value that it applies. Nobody else can hold another value then. `false` where that cannot be said by the two
 * alone, as for a quantity that is written in another way.
 *
 * @source sigs.k8s.io/structured-merge-diff/v6 merge/update.go Updater.Apply 1.36
 */
export function isApplied(object: KubeObject, live: KubeObject, manager: string, schema: Schema): boolean {
  const entries = managedEntries(live);
  // An entry is of one version of the kind: in two, nobody has compared the fields yet.
  const own = entries.filter((entry) => entry.operation === 'Apply' && entry.manager === manager);
  if (own.length !== 1 || entries.some(isClientSideApply)) return false;
  const config = withoutIdentity(object);
  return isSame(managedIn(live, manager, schema).own, ownedBy(config, schema)) && holds(live, config, schema);
}

/** What of an object has owners: not what says which object it is. */
function withoutIdentity({ apiVersion: _, kind: _kind, metadata, ...rest }: KubeObject): PlainRecord {
  const { name: _name, namespace: _namespace, ...own } = metadata;
  return Object.keys(own).length === 0 ? rest : { ...rest, metadata: own };
}

function isSame(one: Owned, other: Owned): boolean {
  if (one.size !== other.size) return false;
  return [...one].every(([key, below]) => {
    const theirs = other.get(key);
    return theirs !== undefined && isSame(below, theirs);
  });
}

/** Whether `live` has every part of `applied`, with its value, and items of lists in their order. */
function holds(live: unknown, applied: unknown, schema: Schema): boolean {
  const view = viewOf(schema, applied);
  if (view === 'list' && schema.type === 'list' && Array.isArray(applied) && applied.length > 0) {
    const places = new Map(itemsOf(live).map((item, place) => [itemKey(schema, item), { item, place }]));
    let last = -1;
    return applied.every((item) => {
      const found = places.get(itemKey(schema, item));
      if (found === undefined || found.place < last) return false;
      last = found.place;
      return holds(found.item, item, schema.items);
    });
  }
  if (view !== 'map' || !isPlainRecord(applied) || !isPlainRecord(live)) return equal(live, applied);
  return entriesOf(applied).every(([key, part]) => holds(live[key], part, partSchema(schema, key)));
}
