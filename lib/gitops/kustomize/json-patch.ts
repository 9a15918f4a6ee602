import { isDeepStrictEqual } from 'node:util';
import { isPlainRecord, ownValue, setOwn, type PlainRecord } from '../../manifest/data';

/** An operation of a JSON patch (RFC 6902). */
export type Operation =
  | { readonly op: 'add' | 'replace'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string };

/** The operations that make `before` to `after`, by fields and by items of lists that are as long in both. */
export function patchBetween(before: unknown, after: unknown, path = ''): Operation[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (isPlainRecord(before) && isPlainRecord(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key): Operation[] => {
      const below = `${path}/${escaped(key)}`;
      if (!Object.hasOwn(after, key)) return [{ op: 'remove', path: below }];
      const value = ownValue(after, key);
      if (!Object.hasOwn(before, key)) return [{ op: 'add', path: below, value }];
      return patchBetween(ownValue(before, key), value, below);
    });
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length)
    return before.flatMap((each, index) => patchBetween(each, after[index], `${path}/${index}`));
  return [{ op: 'replace', path, value: after }];
}

/**
 * What operations as those of `patchBetween` make of `value`, which stays as it is.
 *
 * @returns undefined where a path is none of the value's
 */
export function patched(value: unknown, operations: readonly Operation[]): unknown {
  let result: unknown = value;
  for (const operation of operations) {
    result = changed(result, operation.path.split('/').slice(1).map(unescaped), operation);
    if (result === undefined) return undefined;
  }
  return result;
}

function changed(value: unknown, [key, ...more]: readonly string[], operation: Operation): unknown {
  if (key === undefined) return operation.op === 'remove' ? undefined : operation.value;
  if (Array.isArray(value)) {
    const index = Number(key);
    if (!(index in value)) return undefined;
    const item = changed(value[index], more, operation);
    return item === undefined ? undefined : value.map((each: unknown, at) => (at === index ? item : each));
  }
  if (!isPlainRecord(value)) return undefined;
  const isThere = Object.hasOwn(value, key);
  if (!isThere && (more.length > 0 || operation.op !== 'add')) return undefined;
  if (more.length === 0 && operation.op === 'remove') return without(value, key);
  const inside = changed(ownValue(value, key), more, operation);
  if (inside === undefined) return undefined;
  const copy: PlainRecord = { ...value };
  setOwn(copy, key, inside);
  return copy;
}

function without(value: PlainRecord, key: string): PlainRecord {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
}

function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

function unescaped(key: string): string {
  return key.replaceAll('~1', '/').replaceAll('~0', '~');
}
