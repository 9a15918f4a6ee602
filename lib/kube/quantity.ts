/** The format that a quantity is written in; its canonical form keeps it (apimachinery `pkg/api/resource` Format). */
export type QuantityFormat = 'DecimalSI' | 'BinarySI' | 'DecimalExponent';

/** An exact amount. Kubernetes counts in steps of 10⁻⁹, so `nanos` can hold every quantity. */
export interface Quantity {
  readonly nanos: bigint;
  readonly format: QuantityFormat;
}

const DECIMAL_SUFFIXES = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const BINARY_SUFFIXES = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/** Exponents of the first decimal suffix and of one nano. */
const SMALLEST_EXPONENT = -9;
const ONE = 10n ** 9n;
/** The largest binary quantity is the largest int64; Go silently lowers a larger one to it. */
const MAX_BINARY = (2n ** 63n - 1n) * ONE;
/** Larger exponents are rejected: ten characters could otherwise fill the memory. No real resource needs them. */
const MAX_EXPONENT = 9999;

const QUANTITY = /^([+-]?)(\d*)(?:\.(\d*))?([eEinumkKMGTP]+[-+]?\d*)?$/;

/**
 * Parses a quantity (`250m`, `1.5Gi`, `1e3`, a number); undefined when the API server cannot parse it. Fractions finer
 * than 10⁻⁹ are rounded away from zero.
 *
 * As in Kubernetes, a suffix or a sign without digits is zero. One point differs: exponents beyond ±9999 are rejected.
 *
 * @source k8s.io/apimachinery pkg/api/resource/quantity.go ParseQuantity, Quantity.UnmarshalJSON 1.36
 */
export function parseQuantity(text: string | number): Quantity | undefined {
  const match = QUANTITY.exec(String(text).replace(/^ +|(?<! ) +$/g, ''));
  if (match === null || match[0] === '') return undefined;
  const [, sign, integer = '', fraction = '', suffix = ''] = match;
  const unit = unitOf(suffix);
  if (unit === undefined) return undefined;
  const digits = integer + fraction;
  if (digits === '' && (unit.power > 2n ** 40n || unit.exponent < SMALLEST_EXPONENT)) return undefined;
  const magnitude = inNanos(BigInt(digits) * unit.power, unit.exponent - fraction.length);
  const nanos = unit.format === 'BinarySI' && magnitude > MAX_BINARY ? MAX_BINARY : magnitude;
  // Binary suffixes cannot express a fraction of one.
  const format = unit.format === 'BinarySI' && nanos > 0n && nanos < ONE ? 'DecimalSI' : unit.format;
  return { nanos: sign === '-' ? -nanos : nanos, format };
}

/** What is wrong with the text of a quantity; undefined when `parseQuantity` accepts it. */
export function quantityProblem(text: string | number): string | undefined {
  if (parseQuantity(text) !== undefined) return undefined;
  return 'must be a quantity: a number and a suffix out of n, u, m, k, M, G, T, P, E, Ki, Mi, Gi, Ti, Pi and Ei, such as 250m, 0.5 or 1.5Gi';
}

/** Negative, zero or positive, as `a` is less than, equal to or greater than `b`. */
export function compareQuantities(a: Quantity, b: Quantity): number {
  if (a.nanos === b.nanos) return 0;
  return a.nanos < b.nanos ? -1 : 1;
}

/** Whether two quantities are the same amount in any notation, such as `1`, `1000m` and `1e0`. */
export function equalQuantities(a: Quantity, b: Quantity): boolean {
  return a.nanos === b.nanos;
}

/**
 * The sum of `a` and `b`, in the format of `a` unless `a` is zero.
 *
 * @source k8s.io/apimachinery pkg/api/resource/quantity.go Quantity.Add 1.36
 */
export function addQuantities(a: Quantity, b: Quantity): Quantity {
  return { nanos: a.nanos + b.nanos, format: a.nanos === 0n ? b.format : a.format };
}

/**
 * The canonical form: no fraction, no unnecessary zeros, the largest suffix that fits (`1.5Gi` is `1536Mi`).
 *
 * Quantity.String of Kubernetes returns the same for most texts; it repeats an original that is as short, such as `+1`
 * or `1.500`. From 10²¹ on, where decimal suffixes end and Go drops the zeros, this function keeps `E` and so the
 * amount.
 *
 * @source k8s.io/apimachinery pkg/api/resource/quantity.go Quantity.CanonicalizeBytes 1.36
 */
export function canonical(quantity: Quantity): string {
  const { nanos, format } = quantity;
  if (nanos === 0n) return '0';
  const binary =
    format === 'BinarySI' && nanos % ONE === 0n && (nanos >= 1024n * ONE || nanos <= -1024n * ONE);
  if (binary) {
    const [amount, thousands] = withoutFactor(nanos / ONE, 1024n, BINARY_SUFFIXES.length - 1);
    return `${amount}${BINARY_SUFFIXES[thousands]}`;
  }
  const steps = format === 'DecimalExponent' ? Infinity : DECIMAL_SUFFIXES.length - 1;
  const [amount, thousands] = withoutFactor(nanos, 1000n, steps);
  if (format !== 'DecimalExponent') return `${amount}${DECIMAL_SUFFIXES[thousands]}`;
  const exponent = SMALLEST_EXPONENT + 3 * thousands;
  return exponent === 0 ? `${amount}` : `${amount}e${exponent}`;
}

/** The nearest double: for display and rough sums, not for comparison. */
export function toNumber(quantity: Quantity): number {
  return Number(`${quantity.nanos}e${SMALLEST_EXPONENT}`);
}

/**
 * In thousandths, rounded up, as Quantity.MilliValue: the scheduler counts CPU in this unit.
 *
 * @source k8s.io/apimachinery pkg/api/resource/quantity.go Quantity.MilliValue 1.36
 */
export function milli(quantity: Quantity): bigint {
  return roundedUp(quantity.nanos, 10n ** 6n);
}

/**
 * In whole units, rounded up, as Quantity.Value: the scheduler counts bytes and devices in this unit.
 *
 * @source k8s.io/apimachinery pkg/api/resource/quantity.go Quantity.Value 1.36
 */
export function whole(quantity: Quantity): bigint {
  return roundedUp(quantity.nanos, ONE);
}

interface Unit {
  readonly format: QuantityFormat;
  /** A unit is `power` × 10 to the `exponent`. */
  readonly power: bigint;
  readonly exponent: number;
}

function unitOf(suffix: string): Unit | undefined {
  const decimal = DECIMAL_SUFFIXES.indexOf(suffix);
  if (decimal >= 0) return { format: 'DecimalSI', power: 1n, exponent: SMALLEST_EXPONENT + 3 * decimal };
  const binary = BINARY_SUFFIXES.indexOf(suffix);
  if (binary > 0) return { format: 'BinarySI', power: 1024n ** BigInt(binary), exponent: 0 };
  if (!/^[eE][-+]?\d+$/.test(suffix)) return undefined;
  const exponent = Number(suffix.slice(1));
  return Math.abs(exponent) > MAX_EXPONENT ? undefined : { format: 'DecimalExponent', power: 1n, exponent };
}

/** `digits` × 10 to the `exponent`, in nanos, rounded up. */
function inNanos(digits: bigint, exponent: number): bigint {
  const shift = exponent - SMALLEST_EXPONENT;
  return shift >= 0 ? digits * 10n ** BigInt(shift) : roundedUp(digits, 10n ** BigInt(-shift));
}

/** `amount` divided by `divisor`, rounded away from zero. */
function roundedUp(amount: bigint, divisor: bigint): bigint {
  const quotient = amount / divisor;
  if (amount % divisor === 0n) return quotient;
  return amount < 0n ? quotient - 1n : quotient + 1n;
}

/**
 * `amount` divided by `factor` as often as there is no remainder, at most `limit` times, and the number of divisions.
 */
function withoutFactor(amount: bigint, factor: bigint, limit: number): [bigint, number] {
  let times = 0;
  while (times < limit && amount % factor === 0n) [amount, times] = [amount / factor, times + 1];
  return [amount, times];
}
