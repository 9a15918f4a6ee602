import type { FieldSchema, IntegerFormat, PatchStrategy, Schema } from './schema';

/** Resolves a name in a field's text: a struct or an enumeration, of this package or another. */
export type Resolve = (name: string) => Schema;

/** The schemas that a single word defines. */
const SIMPLE: ReadonlyMap<string, Schema> = new Map<string, Schema>([
  ['string', { type: 'string' }],
  ['boolean', { type: 'boolean' }],
  ['number', { type: 'number' }],
  ['bytes', { type: 'bytes' }],
  ['time', { type: 'time', precision: 'second' }],
  ['microtime', { type: 'time', precision: 'microsecond' }],
  ['duration', { type: 'duration' }],
  ['quantity', { type: 'quantity' }],
  ['intOrString', { type: 'intOrString' }],
  ['any', { type: 'any' }],
  ...(['int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64'] satisfies IntegerFormat[]).map(
    (format): [string, Schema] => [format, { type: 'integer', format }],
  ),
]);

/**
 * Parses a field in the format of the data: a type, then words for its properties.
 *
 *     []ContainerPort omitEmpty map=containerPort,protocol patch=merge mergeKey=containerPort
 */
export function parseField(name: string, text: string, resolve: Resolve): FieldSchema {
  const [type = '', ...rest] = text.split(' ');
  const words = new Map<string, string>();
  for (const word of rest) {
    const equals = word.indexOf('=');
    if (equals < 0) words.set(word, '');
    else words.set(word.slice(0, equals), word.slice(equals + 1));
  }
  const [value, mergeKey, strategies] = [words.get('default'), words.get('mergeKey'), words.get('patch')];
  return {
    ...withMerging(parseType(type, resolve), words),
    name,
    required: words.has('required'),
    pointer: words.has('pointer'),
    omitEmpty: words.has('omitEmpty'),
    ...(value !== undefined && { default: JSON.parse(value) as unknown }),
    ...(mergeKey !== undefined && { mergeKey }),
    ...(strategies !== undefined && { patchStrategy: strategies.split(',') as PatchStrategy[] }),
  };
}

function parseType(text: string, resolve: Resolve): Schema {
  if (text.startsWith('[]')) {
    return { type: 'list', items: parseType(text.slice(2), resolve), listType: 'atomic', listKeys: [] };
  }
  if (text.startsWith('{}')) {
    return { type: 'map', values: parseType(text.slice(2), resolve), atomic: false };
  }
  if (text.includes('|')) {
    return { type: 'union', of: text.split('|').map((alternative) => parseType(alternative, resolve)) };
  }
  return SIMPLE.get(text) ?? resolve(text);
}

/** The schema with the field's own markers for server-side apply, which the type does not have. */
function withMerging(schema: Schema, words: ReadonlyMap<string, string>): Schema {
  const keys = words.get('map');
  if (schema.type === 'list') {
    if (keys !== undefined) return { ...schema, listType: 'map', listKeys: keys.split(',') };
    return words.has('set') ? { ...schema, listType: 'set' } : schema;
  }
  if (schema.type !== 'map' && schema.type !== 'struct') return schema;
  if (words.has('atomic')) return { ...schema, atomic: true };
  return words.has('granular') ? { ...schema, atomic: false } : schema;
}
