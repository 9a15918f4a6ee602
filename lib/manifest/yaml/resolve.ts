/**
 * What a bare scalar means to kubectl. It reads YAML 1.1 through sigs.k8s.io/yaml, whose fork of go-yaml v2 decides
 * in `resolve` (goyaml.v2/resolve.go, the same from sigs.k8s.io/yaml v1.4 to v1.6): `yes` and `y` are booleans,
 * `0644` and `0o14` octal, `1_000` a number, while `12:30:45` and dates stay strings.
 */

/** The value of a bare scalar. Integers are exact: where a number would round one, it is a bigint. */
export type Resolved = string | number | bigint | boolean | null;

const WORDS: ReadonlyMap<string, boolean | number | null> = new Map<string, boolean | number | null>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map(
    (word) => [word, true] as const,
  ),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map(
    (word) => [word, false] as const,
  ),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, Infinity] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, -Infinity] as const),
]);
const LONGEST_WORD = 5;

const DIGIT_OR_SIGN = /^[-+\d]/;
const SHORT_DECIMAL = /^(?:0|-?[1-9]\d{0,14})$/;
const INTEGER = /^([-+]?)(0[xX][\da-fA-F]+|0[bB][01]+|0[oO][0-7]+|0[0-7]*|[1-9]\d*)$/;
/** A sign after the prefix: go-yaml cuts `0b` off and parses the rest once more. */
const SIGN_INSIDE = /^0b([-+])([01]+)$/;
/** After a leading point, go-yaml leaves underscores to Go, which accepts them only between digits. */
const UNDERSCORE_INSIDE = /(?<=\d)_(?=\d)/g;
const FLOAT = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;

const INT64_MIN = -(2n ** 63n);
const INT64_MAX = 2n ** 63n - 1n;
const UINT64_MAX = 2n ** 64n - 1n;

/** The value that kubectl reads for the bare scalar `text`. */
export function resolve(text: string): Resolved {
  if (text.length <= LONGEST_WORD) {
    const value = WORDS.get(text);
    if (value !== undefined) return value;
  }
  if (DIGIT_OR_SIGN.test(text)) return numberOf(text.replaceAll('_', '')) ?? text;
  return text.startsWith('.') ? (floatOf(text.replace(UNDERSCORE_INSIDE, '')) ?? text) : text;
}

function numberOf(text: string): number | bigint | undefined {
  if (SHORT_DECIMAL.test(text)) return Number(text);
  const integer = integerOf(text);
  return integer === undefined ? floatOf(text) : exact(integer);
}

/** An integer as a number where that is exact, or where Kubernetes has a float as well: beyond int64. */
export function exact(integer: bigint): number | bigint {
  const rounded = Number(integer);
  return integer > INT64_MAX || integer < INT64_MIN || BigInt(rounded) === integer ? rounded : integer;
}

/** Whether the bare scalar `text` is an integer of 64 bits. */
export function isInteger(text: string): boolean {
  return DIGIT_OR_SIGN.test(text) && integerOf(text.replaceAll('_', '')) !== undefined;
}

/** Whether the bare scalar `text` is an int64. */
export function isInt64(text: string): boolean {
  const integer = integerOf(text.replaceAll('_', ''));
  return integer !== undefined && integer <= INT64_MAX;
}

/** An integer that go-yaml holds in 64 bits; longer ones are floats to it. */
function integerOf(text: string): bigint | undefined {
  const [, sign, digits] = INTEGER.exec(text.replace(SIGN_INSIDE, '$10b$2')) ?? [];
  if (digits === undefined) return undefined;
  const size = BigInt(/^0\d/.test(digits) ? `0o${digits.slice(1)}` : digits);
  const integer = sign === '-' ? -size : size;
  // Only an int64 may have a sign.
  return integer < INT64_MIN || integer > (sign === '' ? UINT64_MAX : INT64_MAX) ? undefined : integer;
}

/** Go reports a range error where JavaScript says Infinity, and the text stays a string. */
function floatOf(text: string): number | undefined {
  const value = FLOAT.test(text) ? Number(text) : Infinity;
  return Number.isFinite(value) ? value : undefined;
}

/**
 * The key that kubectl reads for the bare scalar `text`: sigs.k8s.io/yaml turns booleans and numbers into strings,
 * as JSON requires. `undefined` for what it rejects: null, and integers from 2^63 on.
 */
export function resolveKey(text: string): string | undefined {
  const value = resolve(text);
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (value === null) return undefined;
  const integer = integerOf(text.replaceAll('_', ''));
  if (integer === undefined) return formatFloatKey(value);
  return integer > INT64_MAX ? undefined : String(integer);
}

/**
 * A float as a key, in the shortest digits that mean the same 32-bit float, with an exponent from 1e6 on
 * (Go's `FormatFloat(key, 'g', -1, 32)`).
 */
function formatFloatKey(key: number): string {
  const single = Math.fround(key);
  if (!Number.isFinite(single)) return Number.isNaN(single) ? '.nan' : single > 0 ? '.inf' : '-.inf';
  if (Object.is(single, -0)) return '-0';
  let digits = 0;
  while (Math.fround(Number(single.toExponential(digits))) !== single) digits++;
  const shortest = single.toExponential(digits);
  const [mantissa = '', exponent = ''] = shortest.split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 6) return String(Number(shortest));
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}
