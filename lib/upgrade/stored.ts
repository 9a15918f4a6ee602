import { lookup, type KubernetesRelease } from '../kube/schema';
import { isPlainRecord } from '../manifest/data';
import type { ObjectId } from '../manifest/manifest';

/** A field that two releases store differently, from the same manifest. */
export interface StoredDifference {
  readonly path: string;
  /** The names and indices that lead to it. */
  readonly steps: readonly string[];
  /** Undefined for a field that was not there. */
  readonly before: unknown;
  /** Undefined for a field that is no longer there. */
  readonly after: unknown;
}

/** The topmost fields that differ between what two releases make of one object. */
export function differences(
  before: unknown,
  after: unknown,
  path = '',
  steps: readonly string[] = [],
): StoredDifference[] {
  if (Object.is(before, after)) return [];
  if (isPlainRecord(before) && isPlainRecord(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) =>
      differences(before[key], after[key], path === '' ? key : `${path}.${key}`, [...steps, key]),
    );
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length)
    return before.flatMap((item, index) =>
      differences(item, after[index], `${path}[${index}]`, [...steps, String(index)]),
    );
  return [{ path, steps, before, after }];
}

/** Whether a field has Go's zero in one release and is absent in the other, where its type cannot tell them apart. */
export function isZeroAlone(
  { steps, before, after }: StoredDifference,
  { apiVersion, kind }: ObjectId,
  kubernetes: KubernetesRelease,
): boolean {
  if (before !== undefined && after !== undefined) return false;
  if (!isZero(before ?? after)) return false;
  const found = lookup(kubernetes, apiVersion, kind, steps);
  // A release that does not know the field holds nothing either.
  return !found.ok || !('pointer' in found.schema && found.schema.pointer === true);
}

function isZero(value: unknown): boolean {
  if (isPlainRecord(value)) return Object.keys(value).length === 0;
  return value === 0 || value === '' || value === false;
}
