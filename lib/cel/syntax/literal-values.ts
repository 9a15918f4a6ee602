import { CelSyntaxError } from '../problem';
import { INT_MAX, INT_MIN, UINT_MAX } from '../values/value';
import type { LiteralValue } from './expression';
import { unquote, unquoteBytes } from './strings';

/** The value of a literal; `sign` is a minus or empty. */
export function literalOf(
  kind: 'int' | 'uint' | 'double' | 'string' | 'bytes',
  text: string,
  sign: string,
  at: number,
): LiteralValue {
  switch (kind) {
    case 'string':
      return { type: 'string', value: unquote(text, at) };
    case 'bytes':
      return { type: 'bytes', value: unquoteBytes(text, at) };
    case 'double': {
      const value = Number(sign + text);
      if (Number.isFinite(value)) return { type: 'double', value };
      break;
    }
    case 'uint': {
      const value = BigInt(text.slice(0, -1));
      if (value <= UINT_MAX) return { type: 'uint', value };
      break;
    }
    case 'int': {
      const value = sign === '' ? BigInt(text) : -BigInt(text);
      if (value >= INT_MIN && value <= INT_MAX) return { type: 'int', value };
      break;
    }
  }
  throw new CelSyntaxError(at, `${sign}${text} is out of the range of ${kind}`);
}
