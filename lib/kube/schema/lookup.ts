import { nearest } from '../../errors';
import { kindSchema } from './kind-schema';
import type { KubernetesRelease } from './release';
import type { Schema, StructSchema } from './schema';

/** Where a path leads: to a schema, or to the place where it leaves what the kind has. */
export type Lookup =
  | { readonly ok: true; readonly schema: Schema }
  | {
      readonly ok: false;
      /** The path up to and including the part that is not there; empty where the kind itself is not. */
      readonly at: readonly string[];
      /** The field that was meant, where one is near. */
      readonly suggestion?: string;
    };

/** The field of `schema` whose name is nearest to `name`, where one is near enough to be meant. */
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

/** The schema one step further down; `undefined` if there is none. */
export function descend(schema: Schema, part: string): Schema | undefined {
  if (schema.type === 'struct') return schema.struct().fields.get(part);
  if (schema.type === 'map') return schema.values;
  if (schema.type === 'list') return /^\d+$/.test(part) ? schema.items : undefined;
  if (schema.type === 'union') {
    return schema.of.map((alternative) => descend(alternative, part)).find((next) => next !== undefined);
  }
  return schema.type === 'any' ? schema : undefined;
}
