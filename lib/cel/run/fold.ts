import { ListValue, MapValue } from '../values/collections';
import { CelError } from '../values/value';
import type { Result, Value } from '../values/value';
import type { Comprehension, Expr } from '../syntax/expression';
import type { Frame } from './frame';

type Plan = (frame: Frame) => Result;

interface Scopes {
  plan(expr: Expr): Plan;
  within(name: string, plan: (slot: number) => Plan): Plan;
}

const NO_RANGE = new CelError('no such overload: only lists and maps have elements');

/** An expanded macro: iterates over the range while the condition is true. */
export function planFold(expr: Comprehension, scopes: Scopes): Plan {
  const [range, init] = [scopes.plan(expr.range), scopes.plan(expr.init)];
  return scopes.within(expr.accumulator, (accumulator) =>
    scopes.within(expr.variable, (first) =>
      scopes.within(expr.variable2 ?? '#unused', (second) => {
        const [condition, step] = [scopes.plan(expr.condition), scopes.plan(expr.step)];
        const result = scopes.plan(expr.result);
        return (frame) => {
          const elements = range(frame);
          if (elements instanceof CelError) return elements;
          const pairs = pairsOf(elements, expr.variable2 !== undefined);
          if (pairs === undefined) return NO_RANGE;
          const { slots } = frame;
          slots[accumulator] = init(frame);
          for (const [one, other] of pairs) {
            [slots[first], slots[second]] = [one, other];
            if (condition(frame) !== true) break;
            slots[accumulator] = step(frame);
          }
          return result(frame);
        };
      }),
    ),
  );
}

/** The values of a fold's variables, in order of iteration. */
function pairsOf(range: Value, hasTwo: boolean): Iterable<readonly [Result, Result]> | undefined {
  if (range instanceof ListValue) return hasTwo ? indexedItems(range) : singles(range);
  if (!(range instanceof MapValue)) return undefined;
  return hasTwo ? entries(range) : singles(range.keys());
}

function* singles(values: Iterable<Value>): Generator<readonly [Result, Result]> {
  for (const value of values) yield [value, null];
}

function* indexedItems(list: ListValue): Generator<readonly [Result, Result]> {
  for (let index = 0; index < list.size; index += 1) yield [BigInt(index), list.at(index)];
}

function* entries(map: MapValue): Generator<readonly [Result, Result]> {
  for (const key of map.keys()) yield [key, map.get(key) ?? null];
}
