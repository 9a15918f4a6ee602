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
