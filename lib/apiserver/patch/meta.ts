import type { FieldSchema, Schema } from '../../kube/schema';
import { partSchema } from '../apply/parts';

/** How a strategic merge patch treats a field of a map. */
export interface PatchMeta {
  /** The schema of a map, or of the items of a list. */
  readonly below: Schema;
  /** Whether a list is merged item by item; otherwise it is replaced as a whole. */
  readonly isMerged: boolean;
  /** Whether a map is replaced as a whole; otherwise it is merged field by field. */
  readonly isReplaced: boolean;
  /** Whether a patch names the fields that stay, so that those of the server go. */
  readonly retainsKeys: boolean;
  /** The field by which items are the same; empty in a list of scalars. */
  readonly mergeKey: string;
}

/** How field `key` of a map with `schema` is patched. */
export function patchMeta(schema: Schema, key: string): PatchMeta {
  const field: Schema & Partial<FieldSchema> = partSchema(schema, key);
  const strategies = field.patchStrategy ?? [];
  return {
    below: field.type === 'list' ? field.items : field,
    isMerged: strategies.includes('merge'),
    isReplaced: strategies.includes('replace'),
    retainsKeys: strategies.includes('retainKeys'),
    mergeKey: field.mergeKey ?? '',
  };
}
