import { nearest } from '../../errors';
import { kindSchema } from './kind-schema';
import type { KubernetesRelease } from './release';
import type { Schema, StructSchema } from './schema';

/** The result of following a path: a schema, or the first part that does not exist. */
export type Lookup =
  | { readonly ok: true; readonly schema: Schema }
  | {
      readonly ok: false;
      /** The path up to and including the missing part; empty where the kind itself does not exist. */
      readonly at: readonly string[];
      /** The field that was probably meant, where one has a similar name. */
      readonly suggestion?: string;
    };

/** The field of `schema` with the name most similar to `name`, where one is similar enough. */
export function suggestField(schema: StructSchema, name: string): string | undefined {
  return nearest(name, schema.fields.keys());
}

/**
 * Follows a path of field names, map keys and list indices from the top of a kind:
 * `['spec', 'containers', '0', 'image']`. The empty path leads to the kind.
 */
export function lookup(
  release: KubernetesRelease,
  apiVersion: string,
  kind: string,
  path: readonly string[],
): Lookup {
  const top = kindSchema(release, apiVersion, kind);
  if (top === undefined) return { ok: false, at: [] };
  let schema: Schema = { type: 'struct', struct: () => top, atomic: false };
  for (const [depth, part] of path.entries()) {
    const next = descend(schema, part);
    if (next === undefined) {
      const suggestion = schema.type === 'struct' ? suggestField(schema.struct(), part) : undefined;
      return { ok: false, at: path.slice(0, depth + 1), ...(suggestion !== undefined && { suggestion }) };
    }
    schema = next;
  }
  return { ok: true, schema };
}

/** The schema one step down; `undefined` if there is none. */
export function descend(schema: Schema, part: string): Schema | undefined {
  if (schema.type === 'struct') return schema.struct().fields.get(part);
  if (schema.type === 'map') return schema.values;
  if (schema.type === 'list') return /^\d+$/.test(part) ? schema.items : undefined;
  if (schema.type === 'union') {
    return schema.of.map((alternative) => descend(alternative, part)).find((next) => next !== undefined);
  }
  return schema.type === 'any' ? schema : undefined;
}
