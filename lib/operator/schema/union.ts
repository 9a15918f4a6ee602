import { isPlainRecord, type PlainRecord } from '../../manifest/data';
import { equal } from '../../apiserver/update/equal';
import { valuesOnly, type StructuralSchema } from './schema';

/** What converts the alternatives of a union. */
export interface Alternatives {
  readonly convert: (node: PlainRecord, path: readonly string[]) => StructuralSchema;
  /** Reports something wrong with the prop at `path`. */
  readonly refuse: (path: readonly string[], message: string, hint?: string) => StructuralSchema;
}

const HINT =
  'Use one type, an int and a string, or z.discriminatedUnion of objects whose props of one name have one type.';

/** A union as the API server takes it: one type with alternatives for its values, since each field has one type. */
export function united(
  converter: Alternatives,
  node: PlainRecord,
  branches: readonly PlainRecord[],
  path: readonly string[],
): StructuralSchema {
  const { anyOf, oneOf, ...own } = node;
  const word = anyOf === undefined && oneOf !== undefined ? 'oneOf' : 'anyOf';
  const parts = branches.map((branch) => converter.convert(branch, path));
  const base = outer(own);
  const types = new Set(parts.map(({ type }) => type));
  if (types.size === 2 && types.has('integer') && types.has('string') && parts.length === 2)
    return { ...base, ...intOrString(parts) };
  const [type] = types;
  if (types.size !== 1 || type === undefined) {
    const words = [...types].map((each) => each ?? 'anything').join(' or ');
    return converter.refuse(path, `is ${words}: the API server knows one type for each field`, HINT);
  }
  if (type === 'array')
    return converter.refuse(path, 'is one of several lists', 'Use one list whose items are a union.');
  if (type === 'object') return { ...base, ...objects(converter, parts, word, path) };
  const enums = parts.map((part) => part['enum']);
  if (enums.every(Array.isArray)) return { ...base, type, enum: [...new Set(enums.flat() as unknown[])] };
  return { ...base, type, [word]: parts.map(valuesOnly) };
}

/** What a union says besides its alternatives. */
function outer(own: PlainRecord): StructuralSchema {
  const kept = ['description', 'default', 'nullable'];
  return Object.fromEntries(
    Object.entries(own).filter(([key]) => kept.includes(key) || key.startsWith('x-kubernetes-')),
  );
}

/** @source k8s.io/apiextensions-apiserver pkg/apiserver/schema/validation.go isIntOrStringAnyOfPattern 1.36 */
function intOrString(parts: readonly StructuralSchema[]): StructuralSchema {
  // Bounds judge numbers only, patterns and lengths text only.
  const judged = parts.map(({ type: _t, format: _f, description: _d, enum: _e, ...rest }) => rest);
  return {
    'x-kubernetes-int-or-string': true,
    anyOf: [{ type: 'integer' }, { type: 'string' }],
    ...Object.fromEntries(judged.flatMap((each) => Object.entries(each))),
  };
}

function objects(
  converter: Alternatives,
  parts: readonly StructuralSchema[],
  word: 'anyOf' | 'oneOf',
  path: readonly string[],
): StructuralSchema {
  if (parts.some(({ additionalProperties }) => additionalProperties !== undefined))
    return converter.refuse(path, 'is one of several records', 'Use one record whose values are a union.');
  const properties: Record<string, StructuralSchema> = {};
  for (const part of parts) {
    for (const [name, field] of Object.entries(part.properties ?? {})) {
      const known = properties[name];
      properties[name] =
        known === undefined ? inUnion(field) : joined(converter, known, inUnion(field), [...path, name]);
    }
  }
  const isOpen = parts.some((part) => part['x-kubernetes-preserve-unknown-fields'] === true);
  return {
    type: 'object',
    properties,
    [word]: parts.map(valuesOnly),
    ...(isOpen && { 'x-kubernetes-preserve-unknown-fields': true }),
  };
}

/** A field of one alternative: a default would reach the others. The operator applies it. */
function inUnion({ default: _, ...field }: StructuralSchema): StructuralSchema {
  return field;
}

/** A field that several alternatives have. What each says of its value stands in the alternatives. */
function joined(
  converter: Alternatives,
  a: StructuralSchema,
  b: StructuralSchema,
  path: readonly string[],
): StructuralSchema {
  if (equal(a, b)) return a;
  const enums = [a['enum'], b['enum']];
  if (a.type === b.type && enums.every(Array.isArray)) return { ...a, enum: [...new Set(enums.flat())] };
  const isScalar = a.type === b.type && a.type !== undefined && a.type !== 'object' && a.type !== 'array';
  if (isScalar)
    return {
      type: a.type,
      ...(isPlainRecord(a) && a['nullable'] === true && { nullable: true }),
    } as StructuralSchema;
  return converter.refuse(path, 'has another type in each alternative', HINT);
}
