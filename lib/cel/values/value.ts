import type { Type } from '../check/type';
import type { CelError, Uint } from './scalar';
import type { Duration, Timestamp } from './time';

export { CelError, INT_MAX, INT_MIN, UINT_MAX, Uint, int, uint } from './scalar';

/**
 * A value at run time. An int is a bigint and a double a number, so that the two are never confused; bytes are a byte
 * array. Errors are values too: operators propagate them, and `&&`, `||` and the macros can ignore them.
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

/** A list. Implementations choose how to store its items. */
export abstract class ListValue {
  abstract readonly size: number;
  abstract at(index: number): Value;
  /** The items of both; an implementation can avoid the copy. */
  abstract plus(other: ListValue): ListValue;

  *[Symbol.iterator](): Generator<Value> {
    for (let index = 0; index < this.size; index += 1) yield this.at(index);
  }
}

export abstract class MapValue {
  abstract readonly size: number;
  abstract get(key: Value): Value | CelError | undefined;
  abstract keys(): Iterable<Value>;

  /** The field with that name, which for a message can have a different name in the data. */
  field(name: string): Value | CelError | undefined {
    return this.get(name);
  }

  /** Its type name, unless it is an ordinary map. */
  get typeName(): string {
    return 'map';
  }

  has(key: Value): boolean {
    return this.get(key) !== undefined;
  }
}

/** A type as a value, the result of `type(x)`. */
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
  /** Its size in cost calculations. */
  get size(): number {
    return 1;
  }
}
