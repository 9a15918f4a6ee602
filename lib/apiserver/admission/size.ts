import type { PlainRecord } from '../../manifest/data';

/** An API server accepts requests of at most 3 MiB, and in JSON every value needs at least two bytes. */
const MOST_VALUES = (3 * 1024 * 1024) / 2;

/**
 * Whether an object has too many values for a request: one that contains itself, or that contains the same parts
 * repeatedly.
 *
 * @source k8s.io/apiserver pkg/server/config.go NewConfig 1.36
 */
export function isTooLarge(object: unknown): boolean {
  const waiting: unknown[] = [object];
  let count = 0;
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    // A list of the values of each part would be most of what this costs.
    for (const key in value) {
      count++;
      const below: unknown = (value as PlainRecord)[key];
      if (typeof below === 'object' && below !== null) waiting.push(below);
    }
    if (count > MOST_VALUES) return true;
  }
  return false;
}
