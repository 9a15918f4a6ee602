/**
 * The kind of a type; `param` is a type variable of the checker, `error` the type of an expression with a reported
 * error.
 */
export type TypeKind =
  | 'bool'
  | 'int'
  | 'uint'
  | 'double'
  | 'string'
  | 'bytes'
  | 'null'
  | 'dyn'
  | 'error'
  | 'duration'
  | 'timestamp'
  | 'list'
  | 'map'
  | 'struct'
  | 'opaque'
  | 'type'
  | 'param';

/** A CEL type. Named types are equal when their names and parameters are. */
export interface Type {
  readonly kind: TypeKind;
  readonly name: string;
  readonly parameters: readonly Type[];
}

const plain = (kind: TypeKind, name: string = kind): Type => ({ kind, name, parameters: [] });

export const BOOL = plain('bool');
export const INT = plain('int');
export const UINT = plain('uint');
export const DOUBLE = plain('double');
export const STRING = plain('string');
export const BYTES = plain('bytes');
export const NULL = plain('null', 'null_type');
export const DYN = plain('dyn');
export const ERROR = plain('error');
export const DURATION = plain('duration', 'google.protobuf.Duration');
export const TIMESTAMP = plain('timestamp', 'google.protobuf.Timestamp');

export function listOf(item: Type): Type {
  return { kind: 'list', name: 'list', parameters: [item] };
}

export function mapOf(key: Type, value: Type): Type {
  return { kind: 'map', name: 'map', parameters: [key, value] };
}

export function optionalOf(value: Type): Type {
  return { kind: 'opaque', name: 'optional_type', parameters: [value] };
}

/** The type of a type, which `type(x)` returns. */
export function typeOf(type: Type): Type {
  return { kind: 'type', name: 'type', parameters: [type] };
}

export function struct(name: string): Type {
  return plain('struct', name);
}

export function opaque(name: string): Type {
  return plain('opaque', name);
}

export function param(name: string): Type {
  return plain('param', name);
}

export function isOptional(type: Type): boolean {
  return type.kind === 'opaque' && type.name === 'optional_type';
}

/** The value type of an optional type, or any other type itself; and whether it was optional. */
export function unwrapped(type: Type): [type: Type, wasOptional: boolean] {
  const [held] = type.parameters;
  return isOptional(type) && held !== undefined ? [held, true] : [type, false];
}

export function parameter(type: Type, index: number): Type {
  return type.parameters[index] ?? DYN;
}

export function same(one: Type, other: Type): boolean {
  if (one === other) return true;
  return (
    one.kind === other.kind &&
    one.name === other.name &&
    one.parameters.length === other.parameters.length &&
    one.parameters.every((each, index) => same(each, parameter(other, index)))
  );
}

/** Formats a type as `map(string, list(int))`, truncated where it is deep. */
export function describeType({ name, parameters }: Type, depth = 4): string {
  if (parameters.length === 0) return name;
  if (depth === 0) return `${name}(…)`;
  return `${name}(${parameters.map((each) => describeType(each, depth - 1)).join(', ')})`;
}
