import { defaultsOf } from '../../apiserver/defaults';
import type { Schema, StructSchema } from '../../kube/schema';
import { isPlainRecord } from '../../manifest/data';

/** A copy without fields that equal the server's defaults, such as `protocol: TCP`. */
export function withoutDefaults(
  object: Readonly<Record<string, unknown>>,
  struct: StructSchema,
): Record<string, unknown> {
  const defaults = defaultsOf(struct);
  const kept = Object.entries(object).filter(([key, value]) => !isSame(value, defaults.get(key)));
  return Object.fromEntries(
    kept.map(([key, value]) => {
      const field = struct.fields.get(key);
      return [key, field === undefined ? value : inside(value, field)];
    }),
  );
}

function inside(value: unknown, schema: Schema): unknown {
  if (schema.type === 'list' && Array.isArray(value)) return value.map((item) => inside(item, schema.items));
  if (!isPlainRecord(value)) return value;
  if (schema.type === 'struct') return withoutDefaults(value, schema.struct());
  if (schema.type !== 'map') return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, inside(each, schema.values)]));
}

/** Defaults are scalars or empty maps. */
function isSame(value: unknown, byDefault: unknown): boolean {
  if (byDefault === undefined) return false;
  if (typeof byDefault === 'object') return isPlainRecord(value) && Object.keys(value).length === 0;
  return value === byDefault;
}
