import { isPlainRecord, ownValue, type PlainRecord } from '../manifest/data';
import type { KubeObject, ObjectId } from '../manifest/manifest';

/** The value at a path of fields. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce(ownValue, value);
}

/** The text at a path; empty if there is none. */
export function textAt(value: unknown, ...path: readonly string[]): string {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : '';
}

/** The number at a path. */
export function numberAt(value: unknown, ...path: readonly string[]): number | undefined {
  const found = at(value, ...path);
  return typeof found === 'number' ? found : undefined;
}

/** The records in the list at a path. */
export function recordsAt(value: unknown, ...path: readonly string[]): PlainRecord[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found.filter(isPlainRecord) : [];
}

/** Milliseconds of a time in an object; undefined if there is none. */
export function timeAt(value: unknown, ...path: readonly string[]): number | undefined {
  const time = Date.parse(textAt(value, ...path));
  return Number.isNaN(time) ? undefined : time;
}

/** Whole seconds since an object was created; a clock of ours that is behind makes none of it negative. */
export function ageOf(object: unknown, now: number): number {
  const created = timeAt(object, 'metadata', 'creationTimestamp') ?? now;
  return Math.max(0, Math.floor((now - created) / 1000));
}

/** `status.conditions[]` of a type. */
export function condition(object: unknown, type: string): PlainRecord | undefined {
  return recordsAt(object, 'status', 'conditions').find((each) => each['type'] === type);
}

/** Whether a condition has this status: `True`, `False`. */
export function hasCondition(object: unknown, type: string, status = 'True'): boolean {
  return condition(object, type)?.['status'] === status;
}

/** The identity of an object that a server has. */
export function idOf({ apiVersion, kind, metadata: { namespace, name = '' } }: KubeObject): ObjectId {
  return { apiVersion, kind, name, ...(namespace !== undefined && { namespace }) };
}
