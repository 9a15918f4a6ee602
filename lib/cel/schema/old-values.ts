import type { Schema } from './schema';
import { listUnder, schemaUnder, textUnder } from './schema';

/** The item of a list as it was before: only those of a map-like list can be told apart. */
export function correlated(schema: Schema, item: unknown, oldList: unknown): unknown {
  if (!Array.isArray(oldList) || textUnder(schema, 'x-kubernetes-list-type') !== 'map') return undefined;
  const keys = listUnder(schema, 'x-kubernetes-list-map-keys').filter((key) => typeof key === 'string');
  const items = schemaUnder(schema, 'items');
  const valueOf = (of: unknown, key: string): unknown => {
    const own = typeof of === 'object' && of !== null && Object.hasOwn(of, key);
    const value = own ? (of as Readonly<Record<string, unknown>>)[key] : undefined;
    const property =
      items === undefined ? undefined : schemaUnder(schemaUnder(items, 'properties') ?? {}, key);
    return value ?? property?.['default'];
  };
  return oldList.find((old) => keys.every((key) => valueOf(old, key) === valueOf(item, key)));
}
