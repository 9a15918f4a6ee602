import type { FieldError } from '../admission/review';
import type { ListSchema, Schema } from '../../kube/schema';
import { isPlainRecord } from '../../manifest/data';
import { child, item as itemPath } from '../../manifest/path';
import { entriesOf, itemKey, itemsOf, keyDefault, partSchema, viewOf } from './parts';

/**
 * Errors in the items of lists that server-side apply merges by key.
 *
 * @source sigs.k8s.io/structured-merge-diff/v6 typed/validate.go validatingObjectWalker.visitListItems 1.36
 */
export function listKeyViolations(value: unknown, schema: Schema, path = ''): FieldError[] {
  const view = viewOf(schema, value);
  if (view === 'map') {
    return entriesOf(value).flatMap(([key, part]) =>
      listKeyViolations(part, partSchema(schema, key), child(path, key)),
    );
  }
  if (schema.type !== 'list') return [];
  const seen = new Set<string>();
  return itemsOf(value).flatMap((each, index) => {
    const place = itemPath(path, index);
    const below = listKeyViolations(each, schema.items, place);
    if (view !== 'list') return below;
    const own = isKeyless(schema, each) ? [keyless(schema, place)] : [];
    const key = itemKey(schema, each);
    if (seen.has(key)) own.push(double(place));
    seen.add(key);
    return [...own, ...below];
  });
}

/** In a set, every item except `null` is its own key; in a map, a key can have a default. */
function isKeyless(list: ListSchema, item: unknown): boolean {
  if (item === null) return true;
  if (list.listType === 'set' || !isPlainRecord(item)) return false;
  return list.listKeys.every((key) => item[key] === undefined && keyDefault(list, key) === undefined);
}

function keyless({ listKeys }: ListSchema, path: string): FieldError {
  const message =
    listKeys.length === 0
      ? 'Required value'
      : `Required value: ${listKeys.join(' or ')}, the key of the list`;
  return { reason: 'required', path, message };
}

function double(path: string): FieldError {
  return {
    reason: 'duplicate',
    path,
    message: 'Duplicate value: an item with the same keys exists',
    hint: 'Keep one of them.',
  };
}
