import type { Schema } from './schema';
import { listUnder, schemaUnder, textUnder } from './schema';

/** The old value of a list item: only the items of a list of type map can be matched. */
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
