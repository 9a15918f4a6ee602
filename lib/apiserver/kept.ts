import type { FeatureGates, InUse } from '../kube/feature-gates';
import { kindSchema, type Schema, type StructSchema } from '../kube/schema';
import { isPlainRecord, ownValue, setOwn, type PlainRecord } from '../manifest/data';
import type { KubeObject } from '../manifest/manifest';
import {
  droppedFields,
  droppersOf,
  isGoneWhenEmptied,
  useKey,
  type Dropped,
  type GatedDrop,
} from './gated-fields';

/**
 * An object as a server keeps it that creates it: without the fields of features that are off. It is the same object
 * where nothing is dropped, and otherwise a copy. Items of lists stay where they are, so that paths of fields stay the
 * same: volumes of images, and their mounts, are left in.
 */
export function keptObject(object: KubeObject, gates: FeatureGates): KubeObject {
  const struct = kindSchema(gates.kubernetes, object.apiVersion, object.kind);
  if (struct === undefined) return object;
  const droppable = droppableIn(struct, gates);
  return droppable === undefined ? object : ((keptValue(object, false, droppable) ?? object) as KubeObject);
}

/** The gates of a server that changes an object which it has: fields that the object has already are kept. */
export function gatesOfUpdate(gates: FeatureGates, live: KubeObject | undefined): FeatureGates {
  const struct = live && kindSchema(gates.kubernetes, live.apiVersion, live.kind);
  const keys = new Set<string>();
  const droppable = struct && droppableIn(struct, gates);
  if (droppable !== undefined) collectUsed(live, false, droppable, keys);
  return withInUse(gates, keys);
}

/** The gates of a server that reads what it has. */
export function gatesOfStored(gates: FeatureGates): FeatureGates {
  return withInUse(gates, 'all');
}

const derived = new WeakMap<FeatureGates, Map<string, FeatureGates>>();

/** One for all objects that use the same: what decoding does to a struct is noted by its gates. */
function withInUse(gates: FeatureGates, inUse: InUse): FeatureGates {
  const known = derived.get(gates) ?? new Map<string, FeatureGates>();
  derived.set(gates, known);
  const key = inUse === 'all' ? inUse : [...inUse].sort().join(' ');
  const found = known.get(key) ?? { ...gates, inUse };
  known.set(key, found);
  return found;
}

/** What a struct may hold that is dropped: here, and below some of its fields. */
interface Droppable {
  readonly struct: StructSchema;
  readonly dropped: readonly Dropped[];
  readonly droppers: readonly GatedDrop[];
  readonly leads: readonly Lead[];
}

/** A field below which something may be dropped: it holds a struct, or a list or map of structs. */
interface Lead {
  readonly name: string;
  readonly isMap: boolean;
  readonly inner: Droppable;
}

const droppables = new WeakMap<FeatureGates, Map<StructSchema, Droppable | undefined>>();

/** Read once for each struct, so that a walk looks at nothing but the fields that lead to one that is dropped. */
function droppableIn(struct: StructSchema, gates: FeatureGates): Droppable | undefined {
  const structs = droppables.get(gates) ?? new Map<StructSchema, Droppable | undefined>();
  droppables.set(gates, structs);
  if (structs.has(struct)) return structs.get(struct);
  // A schema of a CRD holds itself: it has what it has anyway.
  structs.set(struct, undefined);
  const leads: Lead[] = [];
  const own: Droppable = {
    struct,
    dropped: droppedFields(struct.name, gates),
    droppers: droppersOf(struct.name, gates),
    leads,
  };
  const loops: Lead[] = [];
  for (const field of struct.fields.values()) {
    const held = structIn(field);
    const lead = { name: field.name, isMap: field.type === 'map' };
    if (held === struct) loops.push({ ...lead, inner: own });
    const inner = held && droppableIn(held, gates);
    if (inner !== undefined) leads.push({ ...lead, inner });
  }
  const isDroppable = own.dropped.length > 0 || own.droppers.length > 0 || leads.length > 0;
  if (isDroppable) leads.push(...loops);
  const droppable = isDroppable ? own : undefined;
  structs.set(struct, droppable);
  return droppable;
}

/** The struct that a field holds, or a list or map of it. */
function structIn(schema: Schema): StructSchema | undefined {
  if (schema.type === 'struct') return schema.struct();
  if (schema.type === 'list') return structIn(schema.items);
  return schema.type === 'map' ? structIn(schema.values) : undefined;
}

/** A struct, or a list or map of them; nothing for a struct that is gone. */
function keptValue(value: unknown, isMap: boolean, inner: Droppable): unknown {
  if (Array.isArray(value)) return keptItems(value, inner);
  if (!isPlainRecord(value)) return value;
  if (!isMap) return keptStruct(value, inner);
  let copy: PlainRecord | undefined;
  for (const key of Object.keys(value)) {
    const kept = keptValue(value[key], false, inner);
    if (kept !== value[key]) setOwn((copy ??= { ...value }), key, kept ?? {});
  }
  return copy ?? value;
}

function keptItems(list: readonly unknown[], inner: Droppable): readonly unknown[] {
  let copy: unknown[] | undefined;
  list.forEach((item, index) => {
    const kept = keptValue(item, false, inner);
    if (kept !== item) (copy ??= [...list])[index] = kept ?? {};
  });
  return copy ?? list;
}

/** Nothing for a struct that is gone with its last field. */
function keptStruct(value: PlainRecord, droppable: Droppable): PlainRecord | undefined {
  const { struct, dropped, droppers, leads } = droppable;
  let copy: PlainRecord | undefined;
  for (const { name, isMap, inner } of leads) {
    const field = value[name];
    // Most fields are not set.
    if (typeof field !== 'object' || field === null) continue;
    const kept = keptValue(field, isMap, inner);
    if (kept === field) continue;
    copy ??= { ...value };
    if (kept === undefined) Reflect.deleteProperty(copy, name);
    else copy[name] = kept;
  }
  for (const [name] of dropped) {
    if (value[name] === undefined || value[name] === null) continue;
    copy ??= { ...value };
    Reflect.deleteProperty(copy, name);
  }
  if (copy !== undefined && isGoneWhenEmptied(struct.name) && Object.keys(copy).length === 0)
    return undefined;
  return dropParts(copy ?? value, droppers);
}

/** What droppers leave of a struct, apart from those that move items of lists. */
function dropParts(struct: PlainRecord, droppers: readonly GatedDrop[]): PlainRecord {
  let kept = struct;
  for (const { fields, find, drop, movesItems } of droppers) {
    if (movesItems === true || !fields.some((field) => kept[field] !== undefined)) continue;
    if (find(kept).length === 0) continue;
    kept = structuredClone(kept);
    drop(kept);
  }
  return kept;
}

/** Adds the keys of what an object has that a server would drop of a new one. */
function collectUsed(value: unknown, isMap: boolean, inner: Droppable, keys: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) collectUsed(item, false, inner, keys);
  if (!isPlainRecord(value)) return;
  if (isMap) {
    for (const each of Object.values(value)) collectUsed(each, false, inner, keys);
    return;
  }
  const { struct, dropped, droppers, leads } = inner;
  for (const lead of leads) collectUsed(ownValue(value, lead.name), lead.isMap, lead.inner, keys);
  for (const [field, missing] of dropped)
    if ((value[field] ?? undefined) !== undefined) keys.add(useKey(`${struct.name}.${field}`, missing));
  for (const { gate, find } of droppers) for (const { field } of find(value)) keys.add(useKey(field, [gate]));
}
