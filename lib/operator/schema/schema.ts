import { isPlainRecord, type PlainRecord } from '../../manifest/data';

/** A schema as a CustomResourceDefinition may have it. */
export interface StructuralSchema extends PlainRecord {
  type?: string;
  properties?: Record<string, StructuralSchema>;
  required?: string[];
  items?: StructuralSchema;
  additionalProperties?: StructuralSchema;
}

/** What is left of a schema below `allOf`, `anyOf` and `oneOf`, where the API server takes judgements of values only. */
export function valuesOnly(schema: StructuralSchema): StructuralSchema {
  const {
    type: _t,
    format: _f,
    description: _d,
    default: _v,
    nullable: _n,
    additionalProperties: _a,
    properties,
    items,
    ...rest
  } = schema;
  const left = Object.fromEntries(Object.entries(rest).filter(([key]) => !key.startsWith('x-kubernetes-')));
  const fields = Object.entries(properties ?? {})
    .map(([name, each]) => [name, valuesOnly(each)] as const)
    .filter(([, each]) => Object.keys(each).length > 0);
  const below = items === undefined ? {} : valuesOnly(items);
  return {
    ...left,
    ...(fields.length > 0 && { properties: Object.fromEntries(fields) }),
    ...(Object.keys(below).length > 0 && { items: below }),
  };
}

/**
 * A schema whose defaults are whole: with the defaults of the fields in them. The API server fills them in when it sets them,
 * and not when it judges whether their rules hold.
 */
export function withWholeDefaults(schema: StructuralSchema): StructuralSchema {
  const { properties, items, additionalProperties } = schema;
  const whole: StructuralSchema = {
    ...schema,
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, each]) => [name, withWholeDefaults(each)]),
      ),
    }),
    ...(items && { items: withWholeDefaults(items) }),
    ...(additionalProperties && { additionalProperties: withWholeDefaults(additionalProperties) }),
  };
  return isPlainRecord(whole['default']) ? { ...whole, default: filled(whole['default'], whole) } : whole;
}

function filled(value: unknown, { properties = {} }: StructuralSchema): unknown {
  if (!isPlainRecord(value)) return value;
  const added = Object.entries(properties).flatMap(([name, field]) => {
    const own = value[name] ?? field['default'];
    return own === undefined ? [] : [[name, filled(own, field)] as const];
  });
  return { ...value, ...Object.fromEntries(added) };
}
