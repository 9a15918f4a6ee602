import { isOptional, parameter } from '../check/type';
import type { Type } from '../check/type';
import { characterCount } from '../functions/text';
import type { Comprehension, Expr } from '../syntax/expression';
import type { Range } from './range';
import { exactly } from './range';

/** A macro that only binds a value to a name is a fold over an empty list. */
export function isBinding({ range, condition }: Comprehension): boolean {
  const isEmpty = range.kind === 'list' && range.items.length === 0;
  return (
    isEmpty &&
    condition.kind === 'literal' &&
    'value' in condition.literal &&
    condition.literal.value === false
  );
}

/** The size of a literal. */
export function spelledSize(expr: Expr): Range | undefined {
  if (expr.kind === 'list') return exactly(expr.items.length);
  if (expr.kind === 'map') return exactly(expr.entries.length);
  if (expr.kind !== 'literal') return undefined;
  const { literal } = expr;
  if (literal.type === 'string') return exactly(characterCount(literal.value));
  return exactly(literal.type === 'bytes' ? literal.value.length : 1);
}

/**
 * Whether all values of a type have the same size.
 *
 * @param seesOptional whether an optional value is as large as the value in it
 */
export function isScalar(type: Type, seesOptional: boolean): boolean {
  if (isOptional(type) && seesOptional) return isScalar(parameter(type, 0), seesOptional);
  return ['bool', 'double', 'duration', 'int', 'timestamp', 'uint'].includes(type.kind);
}
