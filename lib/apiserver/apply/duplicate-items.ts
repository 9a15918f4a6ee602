import type { FieldError } from '../admission/review';
import { kindSchema, type KubernetesRelease, type ListSchema, type Schema } from '../../kube/schema';
import type { KubeObject } from '../../manifest/manifest';
import { listKeyViolations } from './list-keys';
import { entriesOf, itemKey, itemsOf, partSchema, viewOf } from './parts';

/** Fields of objects that hold no item twice, by what they are: objects of files share fields. */
export type DistinctFields = Map<unknown, Schema>;

/**
 * Items of an object's lists that server-side apply cannot tell apart, so that it refuses the object.
 *
 * @param distinct fields that are known, and learnt here; nobody may change them in between. @default none
 */
export function duplicateItems(
  object: KubeObject,
  kubernetes: KubernetesRelease,
  distinct: DistinctFields = new Map(),
): FieldError[] {
  const struct = kindSchema(kubernetes, object.apiVersion, object.kind);
  if (struct === undefined) return [];
  const { status: _, ...written } = object;
  const schema: Schema = { type: 'struct', struct: () => struct, atomic: false };
  // Nearly all objects have none, and need no paths.
  if (!fieldsHaveDuplicates(written, schema, distinct)) return [];
  return listKeyViolations(written, schema).filter(({ reason }) => reason === 'duplicate');
}

function fieldsHaveDuplicates(written: object, struct: Schema, distinct: DistinctFields): boolean {
  return entriesOf(written).some(([key, part]) => {
    const schema = partSchema(struct, key);
    if (distinct.get(part) === schema) return false;
    if (hasDuplicates(part, schema)) return true;
    if (typeof part === 'object' && part !== null) distinct.set(part, schema);
    return false;
  });
}

function hasDuplicates(value: unknown, schema: Schema): boolean {
  // Only maps and lists have items, and a map of texts has none.
  if (typeof value !== 'object' || value === null) return false;
  const view = viewOf(schema, value);
  if (view === 'map')
    return entriesOf(value).some(([key, part]) => hasDuplicates(part, partSchema(schema, key)));
  if (schema.type !== 'list') return false;
  const items = itemsOf(value);
  if (view === 'list' && items.length > 1 && !areDistinct(schema, items)) return true;
  return items.some((item) => hasDuplicates(item, schema.items));
}

function areDistinct(list: ListSchema, items: readonly unknown[]): boolean {
  return new Set(items.map((item) => itemKey(list, item))).size === items.length;
}
