import { atLeast } from '../../kube/at-least';
import { SUBDOMAIN_MAX_LENGTH } from '../../kube/names';
import { latestRelease } from '../../kube/schema';
import type { KubernetesRelease } from '../../kube/schema';
import type { Type } from '../check/type';
import {
  BOOL,
  BYTES,
  DOUBLE,
  DURATION,
  DYN,
  INT,
  STRING,
  TIMESTAMP,
  listOf,
  mapOf,
  struct,
} from '../check/type';
import { escapeName } from './escaping';
import type { Schema } from './schema';
import {
  isEmbedded,
  isIntOrString,
  limitUnder,
  listUnder,
  propertiesOf,
  propertyOf,
  schemaUnder,
  textUnder,
} from './schema';
import { withResourceFields } from './schema';

/** The declaration of a schema's values for expressions: their type and maximum size. */
export interface Declaration {
  readonly type: Type;
  /** Fields by their names in expressions. */
  readonly fields?: ReadonlyMap<string, Declaration>;
  /** The declaration of a list's items or a map's values. */
  readonly element?: Declaration;
  readonly key?: Declaration;
  /** Maximum number of characters, items or entries. */
  readonly maxElements: number;
  /** Minimum size in bytes of a value in JSON. */
  readonly minSize: number;
}

/** The largest request that the cost estimate assumes. */
export const LARGEST_REQUEST = 3 * 1024 * 1024;
const LONGEST_TEXT = LARGEST_REQUEST - 2;

const scalar = (type: Type, minSize: number, maxElements = 0): Declaration => ({
  type,
  maxElements,
  minSize,
});

const SCALARS: ReadonlyMap<string, Declaration> = new Map([
  ['boolean', scalar(BOOL, 4)],
  ['number', scalar(DOUBLE, 1)],
  ['integer', scalar(INT, 1)],
]);
const KEY = scalar(STRING, 2);

/**
 * The declaration of a schema; undefined for a schema that expressions cannot access: values of any type, and lists and
 * maps of such values.
 *
 * Source: `SchemaDeclType` in `apiserver/pkg/cel/common/schemas.go`.
 *
 * @param name prefix for the names of object types; it is not valid in an expression
 */
export function declare(
  schema: Schema,
  isResource: boolean,
  name: string,
  kubernetes = latestRelease,
): Declaration | undefined {
  if (isIntOrString(schema)) return scalar(DYN, 1, longest(schema) ?? LONGEST_TEXT);
  switch (textUnder(schema, 'type')) {
    case 'array':
      return declareList(schema, name, kubernetes);
    case 'object':
      return declareObject(isResource ? resource(schema, kubernetes) : schema, name, kubernetes);
    case 'string':
      return declareText(schema);
    default:
      return SCALARS.get(textUnder(schema, 'type'));
  }
}

/**
 * A resource with its own fields. Since 1.37 the names in its metadata have a length: their own, or that of any name.
 *
 * @source k8s.io/apiextensions-apiserver pkg/apiserver/schema/cel/model/schemas.go WithTypeAndObjectMeta, cappedLengthStringType 1.37
 */
function resource(schema: Schema, kubernetes: KubernetesRelease): Schema {
  const complete = withResourceFields(schema);
  if (!atLeast(kubernetes, '1.37')) return complete;
  const given = propertyOf(schema, 'metadata') ?? {};
  const capped = (name: string, most: number): Schema => ({
    type: 'string',
    maxLength: Math.min(limitUnder(propertyOf(given, name) ?? {}, 'maxLength') ?? most, most),
  });
  const properties = {
    name: capped('name', SUBDOMAIN_MAX_LENGTH),
    generateName: capped('generateName', SUBDOMAIN_MAX_LENGTH - 1),
  };
  const metadata = { type: 'object', properties };
  return { ...complete, properties: { ...schemaUnder(complete, 'properties'), metadata } };
}

function declareList(schema: Schema, name: string, kubernetes: KubernetesRelease): Declaration | undefined {
  const items = schemaUnder(schema, 'items');
  const element =
    items === undefined ? undefined : declare(items, isEmbedded(items), `${name}.@idx`, kubernetes);
  if (element === undefined) return undefined;
  const most = limitUnder(schema, 'maxItems') ?? Math.floor((LARGEST_REQUEST - 2) / (element.minSize + 1));
  return { type: listOf(element.type), element, maxElements: most, minSize: 2 };
}

function declareObject(schema: Schema, name: string, kubernetes: KubernetesRelease): Declaration | undefined {
  const values = schemaUnder(schema, 'additionalProperties');
  if (values !== undefined) {
    const element = declare(values, isEmbedded(values), `${name}.@elem`, kubernetes);
    if (element === undefined) return undefined;
    const most =
      limitUnder(schema, 'maxProperties') ?? Math.floor((LARGEST_REQUEST - 2) / (element.minSize + 6));
    return { type: mapOf(STRING, element.type), key: KEY, element, maxElements: most, minSize: 2 };
  }
  const required = new Set(listUnder(schema, 'required'));
  const fields = new Map<string, Declaration>();
  let minSize = 2;
  for (const [property, below] of propertiesOf(schema)) {
    const escaped = escapeName(property);
    const field = declare(below, isEmbedded(below), `${name}.${escaped ?? property}`, kubernetes);
    if (field === undefined) continue;
    if (escaped !== undefined) fields.set(escaped, field);
    if (required.has(property) && (below['default'] ?? undefined) === undefined)
      minSize += Buffer.byteLength(property) + field.minSize + 4;
  }
  return { type: struct(name), fields, maxElements: 0, minSize };
}

function declareText(schema: Schema): Declaration {
  switch (textUnder(schema, 'format')) {
    case 'byte':
      return scalar(BYTES, 2, limitUnder(schema, 'maxLength') ?? LONGEST_TEXT);
    case 'duration':
      return scalar(DURATION, 3, 32);
    case 'date':
      return scalar(TIMESTAMP, 12, 12);
    case 'date-time':
      return scalar(TIMESTAMP, 21, 32);
    default:
      return scalar(STRING, 2, longest(schema) ?? longestChoice(schema) ?? LONGEST_TEXT);
  }
}

/** In bytes; a character has up to four. */
function longest(schema: Schema): number | undefined {
  const limit = limitUnder(schema, 'maxLength');
  return limit === undefined ? undefined : limit * 4;
}

function longestChoice(schema: Schema): number | undefined {
  const choices = listUnder(schema, 'enum');
  if (choices.length === 0) return undefined;
  return Math.max(...choices.map((each) => (typeof each === 'string' ? Buffer.byteLength(each) : 0)));
}

/** A field whose name is a reserved word can be used without escaping, `self.namespace`, since 1.32. */
function spellings(name: string, type: Type, kubernetes: KubernetesRelease): [string, Type][] {
  const word = /^__([a-z]+)__$/.exec(name)?.[1];
  return word === undefined || escapeName(word) !== name || !atLeast(kubernetes, '1.32')
    ? [[name, type]]
    : [
        [name, type],
        [word, type],
      ];
}

/** The fields of all structs in a declaration. */
export function structsOf(
  declaration: Declaration,
  kubernetes: KubernetesRelease,
): Map<string, Map<string, Type>> {
  const structs = new Map<string, Map<string, Type>>();
  const gather = ({ type, fields, element }: Declaration): void => {
    if (element !== undefined) gather(element);
    if (fields === undefined) return;
    structs.set(
      type.name,
      new Map([...fields].flatMap(([name, field]) => spellings(name, field.type, kubernetes))),
    );
    for (const field of fields.values()) gather(field);
  };
  gather(declaration);
  return structs;
}
