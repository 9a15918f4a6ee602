import type { PlainRecord } from '../../manifest/data';

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
