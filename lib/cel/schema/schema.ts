/** A structural schema of a CustomResourceDefinition: `openAPIV3Schema`, or a part of it. */
export type Schema = Readonly<Record<string, unknown>>;

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The schema under a keyword: `items`, `additionalProperties`, `not`. */
export function schemaUnder(schema: Schema, keyword: string): Schema | undefined {
  const value = Object.hasOwn(schema, keyword) ? schema[keyword] : undefined;
  return isSchema(value) ? value : undefined;
}

export function propertiesOf(schema: Schema): [name: string, schema: Schema][] {
  const properties = schemaUnder(schema, 'properties') ?? {};
  return Object.entries(properties).filter((entry): entry is [string, Schema] => isSchema(entry[1]));
}

export function propertyOf(schema: Schema, name: string): Schema | undefined {
  const properties = schemaUnder(schema, 'properties');
  return properties === undefined ? undefined : schemaUnder(properties, name);
}

/** The string under a keyword, or an empty string. */
export function textUnder(schema: Schema, keyword: string): string {
  const value = schema[keyword];
  return typeof value === 'string' ? value : '';
}

/** The limit under a keyword, if it is valid. */
export function limitUnder(schema: Schema, keyword: string): number | undefined {
  const value = schema[keyword];
  return typeof value === 'number' || typeof value === 'bigint' ? Math.max(0, Number(value)) : undefined;
}

export function listUnder(schema: Schema, keyword: string): readonly unknown[] {
  const value = schema[keyword];
  return Array.isArray(value) ? value : [];
}

export function isMarked(schema: Schema, keyword: string): boolean {
  return schema[keyword] === true;
}

export function isIntOrString(schema: Schema): boolean {
  return isMarked(schema, 'x-kubernetes-int-or-string');
}

export function isEmbedded(schema: Schema): boolean {
  return isMarked(schema, 'x-kubernetes-embedded-resource');
}

const TEXT: Schema = { type: 'string' };
const META: Schema = { type: 'object', properties: { name: TEXT, generateName: TEXT } };

const completed = new WeakMap<Schema, Schema>();

/** The schema of a whole resource, with the fields that all resources have: in metadata, only the names. */
export function withResourceFields(schema: Schema): Schema {
  let complete = completed.get(schema);
  if (complete === undefined) {
    const properties = schemaUnder(schema, 'properties') ?? {};
    complete = { ...schema, properties: { ...properties, kind: TEXT, apiVersion: TEXT, metadata: META } };
    completed.set(schema, complete);
  }
  return complete;
}

/** One rule of `x-kubernetes-validations`. */
export interface Rule {
  readonly rule: string;
  readonly message: string;
  readonly messageExpression: string;
  readonly reason: string;
  readonly fieldPath: string;
  readonly optionalOldSelf: boolean | undefined;
}

export function rulesOf(schema: Schema): Rule[] {
  return listUnder(schema, 'x-kubernetes-validations').map((value) => {
    const rule = isSchema(value) ? value : {};
    const optional = rule['optionalOldSelf'];
    return {
      rule: textUnder(rule, 'rule'),
      message: textUnder(rule, 'message'),
      messageExpression: textUnder(rule, 'messageExpression'),
      reason: textUnder(rule, 'reason'),
      fieldPath: textUnder(rule, 'fieldPath'),
      optionalOldSelf: typeof optional === 'boolean' ? optional : undefined,
    };
  });
}
