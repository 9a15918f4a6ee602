import { ListValue, MapValue } from '../values/collections';
import { isNumber } from '../values/equality';
import { CelError, OptionalValue, Uint } from '../values/value';
import type { Result, Value } from '../values/value';

/** `value.field`; a field of an optional value is optional. */
export function selected(value: Value, field: string): Result {
  if (value instanceof OptionalValue) return chained(value, (held) => find(held, field, true));
  const found = find(value, field, true);
  return found === undefined ? new CelError(`no such key: ${field}`) : found;
}

/** `has(value.field)` */
export function hasField(value: Value, field: string): Result {
  if (value instanceof OptionalValue) return value.value === undefined ? false : hasField(value.value, field);
  const found = find(value, field, true);
  return found instanceof CelError ? found : found !== undefined;
}

/** `value[key]` */
export function indexed(value: Value, key: Value): Result {
  if (value instanceof OptionalValue) return chained(value, (held) => find(held, key, false));
  if (!(value instanceof ListValue) && !(value instanceof MapValue))
    return new CelError('no such overload: only lists and maps have elements');
  const missing = value instanceof ListValue ? 'index out of bounds' : 'no such key';
  const found = find(value, key, false);
  return found === undefined ? new CelError(`${missing}: ${showKey(key)}`) : found;
}

/** `value[?key]`, and `value.?field` */
export function optionallyIndexed(value: Value, key: Value): Result {
  const held = value instanceof OptionalValue ? value.value : value;
  return held === undefined ? OptionalValue.none : wrapped(find(held, key, typeof key === 'string'));
}

function chained({ value }: OptionalValue, look: (held: Value) => Result | undefined): Result {
  return value === undefined ? OptionalValue.none : wrapped(look(value));
}

function wrapped(found: Result | undefined): Result {
  if (found instanceof CelError) return found;
  return found === undefined ? OptionalValue.none : new OptionalValue(found);
}

function find(value: Value, key: Value, isField: boolean): Result | undefined {
  if (value instanceof MapValue)
    return isField && typeof key === 'string' ? value.field(key) : value.get(key);
  if (!(value instanceof ListValue)) return undefined;
  if (!isNumber(key)) return new CelError('no such overload: the index of a list must be an int');
  const index = Number(key instanceof Uint ? key.value : key);
  return Number.isInteger(index) && index >= 0 && index < value.size ? value.at(index) : undefined;
}

function showKey(key: Value): string {
  if (key instanceof Uint) return String(key.value);
  return typeof key === 'string' || typeof key === 'bigint' || typeof key === 'number' ? String(key) : '?';
}
