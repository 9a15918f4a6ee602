/** Adds a value to those of a key. */
export function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}

/** Values by their keys, each in the order in which they come. */
export function grouped<K, V>(values: Iterable<V>, keyOf: (value: V) => K): Map<K, V[]> {
  const found = new Map<K, V[]>();
  for (const value of values) push(found, keyOf(value), value);
  return found;
}
