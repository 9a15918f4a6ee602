import { pattern } from '../functions/regexes';
import { ListValue, keyOf } from '../values/collections';
import { CelError } from '../values/value';
import type { Result, Value } from '../values/value';
import { Frame } from './frame';

type Plan = (frame: Frame) => Result;

const CONVERSIONS = new Set('bool bytes double duration dyn int string timestamp type uint'.split(' '));
const PATTERNS = new Set(['matches', 'find', 'findAll']);

/** The result of a call with constant arguments: its value, or an error. */
interface Folded {
  readonly value?: Plan;
  readonly problem?: string;
}

/** Tracks which plans are constant. cel-go folds constants (`OptOptimize`), which affects the cost. */
export class Constants {
  readonly #values = new WeakMap<Plan, { readonly value: Value }>();

  plan(value: Value): Plan {
    const plan: Plan = () => value;
    this.#values.set(plan, { value });
    return plan;
  }

  /** `plan` itself, or a constant when all its parts are constant. */
  folded(parts: readonly Plan[], plan: Plan): Plan {
    const value = this.#areConstant(parts) ? plan(nowhere()) : undefined;
    return value === undefined || value instanceof CelError ? plan : this.plan(value);
  }

  call(name: string, parts: readonly Plan[], plan: Plan): Folded {
    const [first, second] = parts;
    if (name === '@in' && first !== undefined && second !== undefined) return this.#in(first, second);
    if (CONVERSIONS.has(name) && parts.length === 1 && this.#areConstant(parts)) {
      const value = plan(nowhere());
      return value instanceof CelError ? { problem: value.message } : { value: this.plan(value) };
    }
    if (first === undefined || second === undefined || !PATTERNS.has(name)) return {};
    const source = this.#values.get(second)?.value;
    const regex = typeof source === 'string' ? pattern(source) : undefined;
    return regex instanceof CelError ? { problem: regex.message } : {};
  }

  /** A membership test in a constant list of scalars is free: cel-go turns the list into a set. */
  #in(item: Plan, list: Plan): Folded {
    const values = this.#values.get(list)?.value;
    if (!(values instanceof ListValue)) return {};
    const keys = new Set([...values].map((value) => (isPrimitive(value) ? keyOf(value) : undefined)));
    if (keys.has(undefined)) return {};
    if (keys.size === 0) return { value: this.plan(false) };
    const value: Plan = (frame) => {
      const found = item(frame);
      if (found instanceof CelError) return found;
      const key = keyOf(found);
      return key !== undefined && keys.has(key);
    };
    return { value };
  }

  #areConstant(parts: readonly Plan[]): boolean {
    return parts.every((part) => this.#values.has(part));
  }
}

function isPrimitive(value: Value): boolean {
  return value !== null && keyOf(value) !== undefined;
}

/** A frame without variables; constants need none. */
function nowhere(): Frame {
  return new Frame(() => undefined, Infinity);
}
