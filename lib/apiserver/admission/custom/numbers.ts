import type { CheckedField } from '../checked-field';
import type { CustomSchema } from './schema';

const INT32: Range = [-(2 ** 31), 2 ** 31 - 1];
/** The limits as integers that a double can represent. */
const INT64: Range = [-(2 ** 63), 2 ** 63 - 1024];
/** The largest number that rounds to a finite float32. */
const FLOAT32: Range = [-3.4028235677973362e38, 3.4028235677973362e38];
const EPSILON = 1e-9;

type Range = readonly [min: number, max: number];

/** Whether Go decodes a number as an int64; an integer is written without a fraction. */
export function isInteger(value: number | bigint): boolean {
  return typeof value === 'bigint' || (Number.isInteger(value) && value >= INT64[0] && value <= INT64[1]);
}

/** Whether a float64 counts as an integer: exactly, or within a rounding error (swag.IsFloat64AJSONInteger). */
export function isWhole(value: number): boolean {
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER) return false;
  const whole = Math.trunc(value);
  if (value === whole) return true;
  if (value < 0 || whole === 0) return false;
  return (value - whole) / (value + whole) < EPSILON;
}

/**
 * Checks the bounds of a number. An integer is compared with bounds truncated to integers: 2 is at least 2.5, and is
 * not less than 2.5. Since 1.36 both numbers and bounds must fit the type and its format.
 *
 * @source k8s.io/kube-openapi pkg/validation/validate/validator.go numberValidator.Validate 1.36
 */
export function numberLimits(field: CheckedField, { types, format, limits }: CustomSchema): void {
  const value = typeof field.value === 'bigint' ? field.value : field.number;
  const { maximum, minimum, multipleOf } = limits;
  const own = rangeOf(types, format);
  const isPlain = [value, maximum, minimum, multipleOf].every(
    (each) => each === undefined || fits(each, own),
  );
  // What fits is the same with and without the range.
  const range = isPlain || field.since('1.36') ? own : undefined;
  if (!fits(value, range)) field.invalid(`does not fit ${format ?? 'int64'}`);
  const cut = (bound: number): number => (isInteger(value) && fits(bound, range) ? Math.trunc(bound) : bound);
  for (const [name, bound] of Object.entries({ multipleOf, maximum, minimum })) {
    if (bound !== undefined && !fits(bound, range))
      field.invalid(
        `can have no valid value: the schema's ${name} ${bound} does not fit ${format ?? 'int64'}`,
      );
  }
  if (multipleOf !== undefined && !isMultiple(value, cut(multipleOf)))
    field.invalid(`must be a multiple of ${multipleOf}`);
  if (maximum !== undefined && isBeyond(value, cut(maximum), limits.exclusiveMaximum))
    field.invalid(
      `must be ${limits.exclusiveMaximum === true ? 'less than' : 'less than or equal to'} ${maximum}`,
    );
  if (minimum !== undefined && isBeyond(-value, -cut(minimum), limits.exclusiveMinimum))
    field.invalid(
      `must be ${limits.exclusiveMinimum === true ? 'greater than' : 'greater than or equal to'} ${minimum}`,
    );
}

function isBeyond(value: number | bigint, bound: number, isExclusive = false): boolean {
  return isExclusive ? value >= bound : value > bound;
}

function isMultiple(value: number | bigint, factor: number): boolean {
  if (factor <= 0) return false;
  if (isInteger(value) && isInteger(factor) && Number.isInteger(factor))
    return BigInt(value) % BigInt(factor) === 0n;
  return isWhole(factor < 1 ? (1 / factor) * Number(value) : Number(value) / factor);
}

/** The range of numbers of a schema that has one type and a format of that type. */
function rangeOf(types: readonly string[], format: string | undefined): Range | undefined {
  if (types.length !== 1) return undefined;
  if (types[0] === 'integer') return format === 'int32' ? INT32 : INT64;
  return types[0] === 'number' && format === 'float' ? FLOAT32 : undefined;
}

function fits(value: number | bigint, range: Range | undefined): boolean {
  if (range === undefined) return true;
  if (typeof value === 'bigint') return range !== INT32;
  return value >= range[0] && value <= range[1] && (range === FLOAT32 || Number.isInteger(value));
}
