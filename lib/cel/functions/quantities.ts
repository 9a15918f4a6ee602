import {
  addQuantities,
  compareQuantities,
  parseQuantity,
  toNumber,
  type Quantity,
} from '../../kube/quantity';
import { CelError, INT_MAX, INT_MIN, OpaqueValue } from '../values/value';
import type { Result } from '../values/value';
import { QUANTITY, functions, overload } from './overload';

const NANOS = 10n ** 9n;

/**
 * A quantity, with the power of ten in which the server stores it. It converts to an integer only where that power is
 * at least one, so `1000m` does not; a quantity that the server stores as an arbitrary-precision decimal never does.
 */
class QuantityValue extends OpaqueValue {
  readonly type = QUANTITY;
  readonly quantity: Quantity;
  readonly scale: number | undefined;

  constructor(quantity: Quantity, scale: number | undefined) {
    super();
    this.quantity = quantity;
    this.scale = scale;
  }

  override equals(other: OpaqueValue): boolean {
    return other instanceof QuantityValue && this.compare(other) === 0;
  }

  compare(other: QuantityValue): number {
    return compareQuantities(this.quantity, other.quantity);
  }

  get integer(): bigint | undefined {
    if (this.scale === undefined || this.scale < 0) return undefined;
    const value = this.quantity.nanos / NANOS;
    return value > INT_MAX || value < INT_MIN ? undefined : value;
  }

  plus(other: QuantityValue): QuantityValue {
    const isKept = this.scale !== undefined && other.scale !== undefined;
    return new QuantityValue(
      addQuantities(this.quantity, other.quantity),
      isKept ? sharedScale(this, other) : undefined,
    );
  }

  /** Multiplies as Go does: the stored number times a power of ten, which is inexact below one. */
  get approximate(): number {
    if (this.scale === undefined) return toNumber(this.quantity);
    return Number(this.quantity.nanos / 10n ** BigInt(9 + this.scale)) * Number(`1e${this.scale}`);
  }

  get negated(): QuantityValue {
    const { nanos, format } = this.quantity;
    return new QuantityValue({ nanos: -nanos, format }, this.scale);
  }
}

function sharedScale(one: QuantityValue, other: QuantityValue): number {
  if (one.quantity.nanos === 0n) return other.scale ?? 0;
  if (other.quantity.nanos === 0n) return one.scale ?? 0;
  return Math.min(one.scale ?? 0, other.scale ?? 0);
}

const EXPONENTS: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  '': 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const MOST_DIGITS = 18;

/** The power of ten in which ParseQuantity of apimachinery stores a text, where 64 bits are enough for the number. */
function scaleOf(text: string): number | undefined {
  const [, whole = '', fraction = '', suffix = ''] = /^[+-]?0*(\d*)(?:\.(\d*))?(.*)$/s.exec(text) ?? [];
  const binary = BINARY.indexOf(suffix);
  if (binary >= 0) {
    const left = 14 - whole.length - Math.floor(((binary + 1) * 10 * 3) / 10);
    return fraction === '' && left >= 0 ? 0 : undefined;
  }
  if (whole.length + fraction.length > MOST_DIGITS) return undefined;
  const exponent = EXPONENTS[suffix] ?? Number(suffix.slice(1));
  const scale = exponent - fraction.length;
  return scale >= -9 ? scale : undefined;
}

function read(text: string): QuantityValue | CelError {
  const quantity = parseQuantity(text);
  if (quantity === undefined) return new CelError(`${JSON.stringify(text)} is not a quantity`);
  return new QuantityValue(quantity, scaleOf(text));
}

function whole(value: bigint): QuantityValue {
  return new QuantityValue({ nanos: value * NANOS, format: 'DecimalExponent' }, 0);
}

function asInteger({ integer }: QuantityValue): Result {
  return integer ?? new CelError('cannot convert value to integer');
}

type One = [QuantityValue];
type Two = [QuantityValue, QuantityValue];

/** Kubernetes' quantities; since 1.29. */
export const QUANTITIES = functions({
  quantity: [overload<[string]>('string_to_quantity', '(string): Quantity', read)],
  isQuantity: [
    overload<[string]>('is_quantity_string', '(string): bool', (text) => !(read(text) instanceof CelError)),
  ],
  sign: [
    overload<One>('quantity_sign', '(Quantity): int', ({ quantity: { nanos } }) =>
      nanos > 0n ? 1n : nanos < 0n ? -1n : 0n,
    ),
  ],
  isGreaterThan: [
    overload<Two>('quantity_is_greater_than', 'Quantity.(Quantity): bool', (a, b) => a.compare(b) > 0),
  ],
  isLessThan: [
    overload<Two>('quantity_is_less_than', 'Quantity.(Quantity): bool', (a, b) => a.compare(b) < 0),
  ],
  compareTo: [
    overload<Two>('quantity_compare_to', 'Quantity.(Quantity): int', (a, b) => BigInt(a.compare(b))),
  ],
  asApproximateFloat: [
    overload<One>('quantity_get_float', 'Quantity.(): double', ({ approximate }) => approximate),
  ],
  asInteger: [overload<One>('quantity_get_int', 'Quantity.(): int', asInteger)],
  isInteger: [
    overload<One>('quantity_is_integer', 'Quantity.(): bool', ({ integer }) => integer !== undefined),
  ],
  add: [
    overload<Two>('quantity_add', 'Quantity.(Quantity): Quantity', (a, b) => a.plus(b)),
    overload<[QuantityValue, bigint]>('quantity_add_int', 'Quantity.(int): Quantity', (a, b) =>
      a.plus(whole(b)),
    ),
  ],
  sub: [
    overload<Two>('quantity_sub', 'Quantity.(Quantity): Quantity', (a, b) => a.plus(b.negated)),
    overload<[QuantityValue, bigint]>('quantity_sub_int', 'Quantity.(int): Quantity', (a, b) =>
      a.plus(whole(-b)),
    ),
  ],
});
