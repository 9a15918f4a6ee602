import type { Type } from '../check/type';
import type { ListValue, MapValue } from './collections';
import type { Duration, Timestamp } from './time';

/**
 * A value at run time. An int is a bigint and a double a number, so that the two are never mixed up; bytes are bytes.
 * Errors are values as well: operators pass them on, and `&&`, `||` and the macros may pass over them.
 */
export type Value =
  | null
  | boolean
  | bigint
  | number
  | string
  | Uint8Array
  | Uint
  | Duration
  | Timestamp
  | ListValue
  | MapValue
  | TypeValue
  | OptionalValue
  | OpaqueValue;

export type Result = Value | CelError;

/** Why an expression has no value. */
export class CelError {
  readonly message: string;

  constructor(message: string) {
    this.message = message;
  }
}

export class Uint {
  readonly value: bigint;

  constructor(value: bigint) {
    this.value = value;
  }
}

/** A type as a value: what `type(x)` gives. */
export class TypeValue {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

export class OptionalValue {
  static readonly none = new OptionalValue(undefined);
  readonly value: Value | undefined;

  constructor(value: Value | undefined) {
    this.value = value;
  }
}

/** A value of one of Kubernetes' own types, such as a quantity or a URL. */
export abstract class OpaqueValue {
  abstract readonly type: Type;
  abstract equals(other: OpaqueValue): boolean;
  /** How large it counts where costs are reckoned. */
  get size(): number {
    return 1;
  }
}

export const INT_MIN = -(2n ** 63n);
export const INT_MAX = 2n ** 63n - 1n;
export const UINT_MAX = 2n ** 64n - 1n;

/** An int, or an error where 64 bits cannot hold it. */
export function int(value: bigint): bigint | CelError {
  return value < INT_MIN || value > INT_MAX ? new CelError('integer overflow') : value;
}

export function uint(value: bigint): Uint | CelError {
  return value < 0n || value > UINT_MAX ? new CelError('unsigned integer overflow') : new Uint(value);
}
