import type { Type } from '../check/type';
import type { CelError, Uint } from './scalar';
import type { Duration, Timestamp } from './time';

export { CelError, INT_MAX, INT_MIN, UINT_MAX, Uint, int, uint } from './scalar';

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

/** A list. How its items are kept is the business of those who make it. */
export abstract class ListValue {
  abstract readonly size: number;
  abstract at(index: number): Value;
  /** The items of both; what has a better way than a copy takes it. */
  abstract plus(other: ListValue): ListValue;

  *[Symbol.iterator](): Generator<Value> {
    for (let index = 0; index < this.size; index += 1) yield this.at(index);
  }
}

export abstract class MapValue {
  abstract readonly size: number;
  abstract get(key: Value): Value | CelError | undefined;
  abstract keys(): Iterable<Value>;

  /** The field of that name, which for a message may be called otherwise in the data. */
  field(name: string): Value | CelError | undefined {
    return this.get(name);
  }

  /** The name of its type, unless it is an ordinary map. */
  get typeName(): string {
    return 'map';
  }

  has(key: Value): boolean {
    return this.get(key) !== undefined;
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
