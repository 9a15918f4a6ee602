import { isPlainRecord } from '../manifest/data';

/** A field that two releases store differently, from the same manifest. */
export interface StoredDifference {
  readonly path: string;
  /** Undefined for a field that was not there. */
  readonly before: unknown;
  /** Undefined for a field that is no longer there. */
  readonly after: unknown;
}

/** The topmost fields that differ between what two releases make of one object. */
export function differences(before: unknown, after: unknown, path = ''): StoredDifference[] {
  if (Object.is(before, after)) return [];
  if (isPlainRecord(before) && isPlainRecord(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) =>
      differences(before[key], after[key], path === '' ? key : `${path}.${key}`),
    );
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length)
    return before.flatMap((item, index) => differences(item, after[index], `${path}[${index}]`));
  return [{ path, before, after }];
}
