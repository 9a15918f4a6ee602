import type { CallEstimate, Operand } from './call-estimates';
import { sizeOf } from './call-estimates';
import { TRAVERSAL } from './actual';
import type { Range } from './range';
import { MOST, exactly, product, scaled, sum } from './range';

type Estimate = (target: Operand | undefined, args: readonly Operand[]) => CallEstimate;

/** The cost of a new list, including the call that creates it. */
function made(size: Range, factor = 1): CallEstimate {
  return { cost: sum(scaled(size, factor), exactly(11)), size };
}

function literalInt(operand: Operand | undefined, otherwise: number): number {
  const expr = operand?.expr;
  if (expr?.kind !== 'literal' || expr.literal.type !== 'int') return otherwise;
  return Math.max(0, Number(expr.literal.value));
}

const slice: Estimate = (target, [start, end]) => {
  const length = literalInt(end, sizeOf(target).max) - literalInt(start, 0);
  // The server's numbers are unsigned: a negative result wraps around to a very large one.
  return made(exactly(length < 0 ? MOST : length));
};

const flatten: Estimate = (target, [depth]) =>
  made(sizeOf(target), depth === undefined ? 1 : literalInt(depth, MOST));

/** The cost of comparing each item with each other item. */
function selfCompared(list: Operand | undefined, isText: boolean): CallEstimate {
  const size = sizeOf(list);
  return made(product(size, size), isText ? 2 + TRAVERSAL : 2);
}

const sets =
  (factor: number): Estimate =>
  (_, [one, other]) => ({ cost: sum(scaled(product(sizeOf(one), sizeOf(other)), factor), exactly(1)) });

const BY_ID: ReadonlyMap<string, Estimate> = new Map<string, Estimate>([
  ['list_slice', slice],
  ['list_flatten', flatten],
  ['list_flatten_int', flatten],
  ['lists_range', (_, [end]) => made(exactly(literalInt(end, MOST)))],
  ['list_reverse', (target) => made(sizeOf(target))],
  ['list_distinct', (target) => selfCompared(target, false)],
  ['list_sets_contains_list', sets(1)],
  ['list_sets_intersects_list', sets(1)],
  ['list_sets_equivalent_list', sets(2)],
]);

/** The costs of the overloads of the list and set extensions, which take precedence. */
export function estimateOfList(
  id: string,
  target: Operand | undefined,
  args: readonly Operand[],
): CallEstimate | undefined {
  const sorted = /^list_(.*)_sort(ByAssociatedKeys)?$/.exec(id);
  if (sorted === null) return BY_ID.get(id)?.(target, args);
  const isText = sorted[1] === 'string' || sorted[1] === 'bytes';
  return selfCompared(sorted[2] === undefined ? target : args[0], isText);
}
