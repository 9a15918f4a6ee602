import { equal } from '../apiserver/update/equal';
import type { DefinedVersion } from './types';
import type { StructuralSchema } from './schema/schema';
import type { SchemaReport, StructuralProps } from './schema/structural';

/**
 * The schemas of all versions, each with the fields of the others: there is no webhook, so that the API server stores what an
 * author wrote in any version, and would drop fields that the stored version does not have.
 */
export function versionSchemas(
  versions: readonly DefinedVersion[],
  own: ReadonlyMap<string, StructuralProps>,
  report: SchemaReport,
): ReadonlyMap<string, StructuralSchema> {
  const stored = versions.at(-1);
  const last = own.get(stored?.name ?? '')?.schema;
  if (stored === undefined || last === undefined) return new Map();
  for (const { name, convert } of versions) {
    const schema = own.get(name)?.schema;
    if (schema === undefined || convert !== undefined || agree(schema, last)) continue;
    report(
      `versions.${name}`,
      `has other props than ${stored.name}, and no conversion`,
      `Write versions.${name}.convert, which makes the props of ${stored.name} of those of ${name}: there is no webhook, the operator calls it.`,
    );
  }
  return new Map(
    versions.flatMap(({ name }) => {
      const schema = own.get(name)?.schema;
      if (schema === undefined) return [];
      const others = versions.filter((each) => each.name !== name);
      const whole = others.reduce(
        (sum, other) =>
          withFields(sum, own.get(other.name)?.schema ?? {}, `versions.${name}.props`, other.name, report),
        schema,
      );
      return [[name, whole] as const];
    }),
  );
}

/** Whether an object of one schema is one of the other, apart from what its values may be. */
export function agree(a: StructuralSchema, b: StructuralSchema): boolean {
  return equal(shapeOf(a), shapeOf(b));
}

const SHAPE = ['type', 'nullable', 'x-kubernetes-int-or-string', 'x-kubernetes-preserve-unknown-fields'];

function shapeOf(schema: StructuralSchema): object {
  const { properties, items, additionalProperties: others } = schema;
  return {
    ...Object.fromEntries(SHAPE.map((key) => [key, schema[key]])),
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, shapeOf(each)])),
    }),
    ...(items && { items: shapeOf(items) }),
    ...(others && { additionalProperties: shapeOf(others) }),
  };
}

/** `schema` with the fields that only `other` has: optional, without defaults, and of any value. */
function withFields(
  schema: StructuralSchema,
  other: StructuralSchema,
  path: string,
  version: string,
  report: SchemaReport,
): StructuralSchema {
  if (schema.type !== other.type || (schema.properties === undefined) !== (other.properties === undefined)) {
    report(
      path,
      `has another type in ${version}, and no webhook converts it`,
      'Give the prop another name in one of the versions.',
    );
    return schema;
  }
  const below = { ...schema };
  if (schema.properties !== undefined && other.properties !== undefined) {
    const properties = { ...schema.properties };
    for (const [name, field] of Object.entries(other.properties)) {
      const own = properties[name];
      properties[name] =
        own === undefined
          ? { ...bare(field), description: `A prop of ${version}.` }
          : withFields(own, field, `${path}.${name}`, version, report);
    }
    below.properties = properties;
  }
  for (const key of ['items', 'additionalProperties'] as const) {
    const [own, theirs] = [schema[key], other[key]];
    if (own !== undefined && theirs !== undefined)
      below[key] = withFields(own, theirs, `${path}${key === 'items' ? '[]' : '{}'}`, version, report);
  }
  return below;
}

/** The shape of a field, without what its value may be. */
function bare(schema: StructuralSchema): StructuralSchema {
  const shape = shapeOf(schema) as StructuralSchema;
  const clean = (each: StructuralSchema): StructuralSchema => ({
    ...Object.fromEntries(Object.entries(each).filter(([, value]) => value !== undefined)),
    ...(each.properties && {
      properties: Object.fromEntries(
        Object.entries(each.properties).map(([name, field]) => [name, clean(field)]),
      ),
    }),
    ...(each.items && { items: clean(each.items) }),
    ...(each.additionalProperties && { additionalProperties: clean(each.additionalProperties) }),
  });
  const cleaned = clean(shape);
  return cleaned['x-kubernetes-int-or-string'] === true
    ? { ...cleaned, anyOf: [{ type: 'integer' }, { type: 'string' }] }
    : cleaned;
}
