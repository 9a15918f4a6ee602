import type { Schema } from '../../kube/schema';
import { child, item as itemPath } from '../../manifest/path';
import { entriesOf, itemKey, itemsOf, partSchema, viewOf } from './parts';

/** The paths of items that server-side apply cannot tell from an item before them. */
export function duplicates(value: unknown, schema: Schema, path = ''): string[] {
  const view = viewOf(schema, value);
  if (view === 'map') {
    return entriesOf(value).flatMap(([key, part]) =>
      duplicates(part, partSchema(schema, key), child(path, key)),
    );
  }
  if (schema.type !== 'list') return [];
  const seen = new Set<string>();
  return itemsOf(value).flatMap((each, index) => {
    const place = itemPath(path, index);
    const below = duplicates(each, schema.items, place);
    if (view !== 'list') return below;
    const key = itemKey(schema, each);
    if (seen.has(key)) return [place, ...below];
    seen.add(key);
    return below;
  });
}
