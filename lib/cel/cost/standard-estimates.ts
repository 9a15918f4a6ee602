import { atLeast } from '../../kube/at-least';
import type { KubernetesRelease } from '../../kube/schema';
import { REGEX, TRAVERSAL } from './actual';
import type { CallEstimate, Operand } from './call-estimates';
import { sizeOf } from './call-estimates';
import type { Range } from './range';
import { exactly, product, scaled, sum } from './range';

/** A call with the costs of its arguments; the cost of a function that always evaluates all of them includes these. */
export interface StandardCall {
  readonly id: string;
  readonly target: Operand | undefined;
  readonly args: readonly Operand[];
  readonly costs: readonly Range[];
}

const traversed = (size: Range): Range => scaled(size, TRAVERSAL);
const matched = (text: Operand, pattern: Operand): Range =>
  product(traversed(sum(sizeOf(text), exactly(1))), scaled(sizeOf(pattern), REGEX));
const COMPARES_TEXT = /^(?:less|greater)(?:_equals)?_(?:string|bytes)$/;

/** The costs of the standard functions and operators (`functionCost` of cel-go). */
export function standardEstimate(call: StandardCall, kubernetes: KubernetesRelease): CallEstimate {
  const { id, target, args, costs } = call;
  const [one, other] = args;
  const withArguments = (cost: Range, size?: Range): CallEstimate => ({ cost: sum(cost, ...costs), size });
  if (id === 'logical_or' || id === 'logical_and') {
    const [left = exactly(0), right = exactly(0)] = costs;
    return { cost: { min: left.min, max: sum(left, right).max } };
  }
  if (one !== undefined) {
    const size = sizeOf(one);
    if (id === 'string_to_bytes') return withArguments(traversed(size), { min: size.min, max: size.max * 4 });
    if (id === 'bytes_to_string')
      return withArguments(traversed(size), { min: Math.floor(size.min / 4), max: size.max });
    if (id === 'strings_quote')
      return withArguments(traversed(size), { min: size.min + 2, max: size.max * 2 + 2 });
    if (id === 'starts_with_string' || id === 'ends_with_string') return withArguments(traversed(size));
  }
  if (target !== undefined && id === 'string_format') return withArguments(traversed(sizeOf(target)));
  if (target !== undefined && one !== undefined) {
    if (id === 'matches_string') return withArguments(matched(target, one));
    if (id === 'contains_string')
      return withArguments(product(traversed(sizeOf(target)), traversed(sizeOf(one))));
  }
  if (one !== undefined && other !== undefined) {
    // As a function instead of a method, it costs nothing until cel-go 0.29.
    if (id === 'matches' && atLeast(kubernetes, '1.37')) return withArguments(matched(one, other));
    if (id === 'in_list') return withArguments(sizeOf(other));
    if (id === 'add_list') return withArguments(exactly(1), sum(sizeOf(one), sizeOf(other)));
    if (id === 'add_string' || id === 'add_bytes') {
      const size = sum(sizeOf(one), sizeOf(other));
      return withArguments(traversed(size), size);
    }
    if (id === 'equals' || id === 'not_equals' || COMPARES_TEXT.test(id)) {
      const most = Math.min(sizeOf(one).max, sizeOf(other).max);
      return withArguments(traversed({ min: most > 0 ? 1 : 0, max: most }));
    }
  }
  return withArguments(exactly(1));
}
