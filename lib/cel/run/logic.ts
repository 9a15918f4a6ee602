import { CelError } from '../values/value';
import type { Result } from '../values/value';
import type { Frame } from './frame';

type Plan = (frame: Frame) => Result;

const NOT_BOOL = new CelError('no such overload: a condition must be a bool');

/** False if either side is false, even if the other is an error; otherwise an error if either is one. */
export function and(first: Plan, second: Plan): Plan {
  return junction(first, second, false);
}

/** True if either side is true, even if the other is an error; otherwise an error if either is one. */
export function or(first: Plan, second: Plan): Plan {
  return junction(first, second, true);
}

function junction(first: Plan, second: Plan, decisive: boolean): Plan {
  return (frame) => {
    const one = first(frame);
    if (one === decisive) return decisive;
    const other = second(frame);
    if (other === decisive) return decisive;
    if (one instanceof CelError) return one;
    if (other instanceof CelError) return other;
    return typeof one === 'boolean' && typeof other === 'boolean' ? !decisive : NOT_BOOL;
  };
}

export function conditional(condition: Plan, yes: Plan, no: Plan): Plan {
  return (frame) => {
    const value = condition(frame);
    if (value instanceof CelError) return value;
    if (typeof value !== 'boolean') return NOT_BOOL;
    return value ? yes(frame) : no(frame);
  };
}
