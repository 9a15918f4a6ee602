import type { Type } from '../check/type';
import { parameter } from '../check/type';
import type { Overload } from '../functions/overload';
import { ListValue, MapValue } from '../values/collections';
import { typeNameOf } from '../values/equality';
import { CelError } from '../values/value';
import type { Value } from '../values/value';

/** The overload that accepts these values: types that the checker does not know are known at run time. */
export function dispatch(overloads: readonly Overload[], values: readonly Value[]): Overload | undefined {
  return overloads.find(
    ({ parameters }) =>
      parameters.length === values.length &&
      parameters.every((type, index) => accepts(type, values[index] ?? null)),
  );
}

/** Whether a value has a type, by a quick check: for a list, only the first item is checked. */
function accepts(type: Type, value: Value): boolean {
  if (type.kind === 'dyn' || type.kind === 'param') return true;
  if (type.kind === 'map') return value instanceof MapValue && acceptsEntry(type, value);
  if (typeNameOf(value) !== type.name) return false;
  if (value instanceof ListValue && type.kind === 'list')
    return value.size === 0 || accepts(parameter(type, 0), value.at(0));
  return true;
}

function acceptsEntry(type: Type, map: MapValue): boolean {
  if (map.typeName !== 'map') return false;
  for (const key of map.keys()) {
    const value = map.get(key);
    if (value === undefined || value instanceof CelError) return false;
    return accepts(parameter(type, 0), key) && accepts(parameter(type, 1), value);
  }
  return true;
}
