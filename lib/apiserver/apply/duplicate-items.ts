import type { FieldError } from '../admission/review';
import { kindSchema, type KubernetesRelease, type ListSchema, type Schema } from '../../kube/schema';
import type { KubeObject } from '../../manifest/manifest';
import { listKeyViolations } from './list-keys';
import { entriesOf, itemKey, itemsOf, partSchema, viewOf } from './parts';

/** Items of an object's lists that server-side apply cannot tell apart, so that it refuses the object. */
export function duplicateItems(object: KubeObject, kubernetes: KubernetesRelease): FieldError[] {
  const struct = kindSchema(kubernetes, object.apiVersion, object.kind);
  if (struct === undefined) return [];
  const { status: _, ...written } = object;
  const schema: Schema = { type: 'struct', struct: () => struct, atomic: false };
  // Nearly all objects have none, and need no paths.
  if (!hasDuplicates(written, schema)) return [];
  return listKeyViolations(written, schema).filter(({ reason }) => reason === 'duplicate');
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
