import { isPlainRecord, ownValue } from '../../manifest/data';

/** Whether two JSON values are equal. The order of keys does not count; `undefined` counts as absent. */
export function equal(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => equal(item, b[index]));
  }
  if (!isPlainRecord(a) || !isPlainRecord(b)) return false;
  for (const key of Object.keys(a)) if (!equal(a[key], ownValue(b, key))) return false;
  for (const key of Object.keys(b)) if (b[key] !== undefined && ownValue(a, key) === undefined) return false;
  return true;
}
