import type { CustomSchema } from '../admission/custom/schema';
import type { FieldSchema, Schema } from '../../kube/schema';
import { UNKNOWN } from './parts';

const known = new WeakMap<CustomSchema, Schema>();

/**
 * The parts of a custom resource's schema that server-side apply uses: which values are atomic, and the keys of lists.
 */
export function schemaOfCustom(custom: CustomSchema): Schema {
  let schema = known.get(custom);
  if (schema === undefined) known.set(custom, (schema = read(custom)));
  return schema;
}

function read(custom: CustomSchema): Schema {
  const { properties, additional, items, listType, listKeys, isAtomicMap: atomic } = custom;
  if (items !== undefined) {
    const type = listType === 'map' || listType === 'set' ? listType : 'atomic';
    return { type: 'list', items: schemaOfCustom(items), listType: type, listKeys };
  }
  if (properties.size > 0) {
    const fields = new Map([...properties].map(([name, property]) => [name, fieldOf(name, property)]));
    return { type: 'struct', struct: () => ({ name: '', fields }), atomic };
  }
  if (typeof additional === 'object') return { type: 'map', values: schemaOfCustom(additional), atomic };
  return atomic ? { type: 'map', values: UNKNOWN, atomic } : UNKNOWN;
}

function fieldOf(name: string, property: CustomSchema): FieldSchema {
  const facts = { name, required: false, pointer: true, omitEmpty: true };
  const value = property.default == null ? {} : { default: property.default };
  return { ...schemaOfCustom(property), ...facts, ...value };
}
