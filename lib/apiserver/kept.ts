import type { FeatureGates, InUse } from '../kube/feature-gates';
import { kindSchema, type FieldSchema, type Schema, type StructSchema } from '../kube/schema';
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
  return keptValue(object, schemaOf(struct), gates) as KubeObject;
}

/** The gates of a server that changes an object which it has: fields that the object has already are kept. */
export function gatesOfUpdate(gates: FeatureGates, live: KubeObject | undefined): FeatureGates {
  const struct = live && kindSchema(gates.kubernetes, live.apiVersion, live.kind);
  const keys = new Set<string>();
  if (struct !== undefined) collectUsed(live, schemaOf(struct), gates, keys);
  return withInUse(gates, keys);
}

/** The gates of a server that reads what it has. */
export function gatesOfStored(gates: FeatureGates): FeatureGates {
  return withInUse(gates, 'all');
}

function schemaOf(struct: StructSchema): Schema {
  return { type: 'struct', struct: () => struct, atomic: false };
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
  /** Fields below which something may be dropped. */
  readonly fields: readonly FieldSchema[];
}

const droppables = new WeakMap<FeatureGates, Map<StructSchema, Droppable | undefined>>();

/** Read once for each struct, so that a walk looks at nothing but the fields that lead to one that is dropped. */
function droppableIn(struct: StructSchema, gates: FeatureGates): Droppable | undefined {
  const structs = droppables.get(gates) ?? new Map<StructSchema, Droppable | undefined>();
  droppables.set(gates, structs);
  if (structs.has(struct)) return structs.get(struct);
  // A schema of a CRD holds itself: it has what it has anyway.
  structs.set(struct, undefined);
  const [dropped, droppers] = [droppedFields(struct.name, gates), droppersOf(struct.name, gates)];
  const leads = (field: FieldSchema): boolean => {
    const inner = structIn(field);
    return inner !== undefined && inner !== struct && droppableIn(inner, gates) !== undefined;
  };
  const all = [...struct.fields.values()];
  const isDroppable = dropped.length > 0 || droppers.length > 0 || all.some(leads);
  const fields = all.filter((field) => leads(field) || (isDroppable && structIn(field) === struct));
  const droppable = isDroppable ? { struct, dropped, droppers, fields } : undefined;
  structs.set(struct, droppable);
  return droppable;
}

/** The struct that a field holds, or a list or map of it. */
function structIn(schema: Schema): StructSchema | undefined {
  if (schema.type === 'struct') return schema.struct();
  if (schema.type === 'list') return structIn(schema.items);
  return schema.type === 'map' ? structIn(schema.values) : undefined;
}

function keptValue(value: unknown, schema: Schema, gates: FeatureGates): unknown {
  if (schema.type === 'list' && Array.isArray(value)) {
    const items = value.map((item: unknown) => {
      const kept = keptValue(item, schema.items, gates);
      return kept === undefined && item !== undefined ? {} : kept;
    });
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  if (!isPlainRecord(value)) return value;
  if (schema.type === 'map') return keptEntries(value, Object.keys(value), () => schema.values, gates);
  const droppable = schema.type === 'struct' ? droppableIn(schema.struct(), gates) : undefined;
  return droppable === undefined ? value : keptStruct(value, droppable, gates);
}

/** The record with what is kept of the fields `names`; the same one where all is. */
function keptEntries(
  record: PlainRecord,
  names: readonly string[],
  schemaOf: (name: string) => Schema | undefined,
  gates: FeatureGates,
): PlainRecord {
  let copy: PlainRecord | undefined;
  for (const name of names) {
    const value = ownValue(record, name);
    const schema = schemaOf(name);
    if (value === undefined || schema === undefined) continue;
    const kept = keptValue(value, schema, gates);
    if (kept === value) continue;
    copy ??= { ...record };
    if (kept === undefined) Reflect.deleteProperty(copy, name);
    else setOwn(copy, name, kept);
  }
  return copy ?? record;
}

/** Nothing for a struct that is gone with its last field. */
function keptStruct(
  value: PlainRecord,
  { struct, dropped, droppers, fields }: Droppable,
  gates: FeatureGates,
): PlainRecord | undefined {
  let kept = keptEntries(
    value,
    fields.map(({ name }) => name),
    (name) => struct.fields.get(name),
    gates,
  );
  const lost = dropped.filter(([field]) => kept[field] !== undefined && kept[field] !== null);
  if (lost.length > 0) {
    const names = new Set(lost.map(([field]) => field));
    kept = Object.fromEntries(Object.entries(kept).filter(([name]) => !names.has(name)));
  }
  if (kept !== value && isGoneWhenEmptied(struct.name) && Object.keys(kept).length === 0) return undefined;
  for (const { fields: looked, find, drop, movesItems } of droppers) {
    if (movesItems === true || !looked.some((field) => kept[field] !== undefined)) continue;
    if (find(kept).length === 0) continue;
    kept = structuredClone(kept);
    drop(kept);
  }
  return kept;
}

/** Adds the keys of what an object has that a server would drop of a new one. */
function collectUsed(value: unknown, schema: Schema, gates: FeatureGates, keys: Set<string>): void {
  if (schema.type === 'list' && Array.isArray(value))
    for (const item of value) collectUsed(item, schema.items, gates, keys);
  if (!isPlainRecord(value)) return;
  if (schema.type === 'map')
    for (const each of Object.values(value)) collectUsed(each, schema.values, gates, keys);
  const droppable = schema.type === 'struct' ? droppableIn(schema.struct(), gates) : undefined;
  if (droppable === undefined) return;
  const { struct, dropped, droppers, fields } = droppable;
  for (const field of fields) collectUsed(ownValue(value, field.name), field, gates, keys);
  for (const [field, missing] of dropped)
    if ((value[field] ?? undefined) !== undefined) keys.add(useKey(`${struct.name}.${field}`, missing));
  for (const { gate, find } of droppers) for (const { field } of find(value)) keys.add(useKey(field, [gate]));
}
