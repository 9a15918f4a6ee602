import { atLeast } from '../../kube/at-least';
import { latestRelease } from '../../kube/schema';
import type { KubernetesRelease } from '../../kube/schema';
import type { Checked } from '../check/checker';
import type { Type } from '../check/type';
import type { Call, Comprehension, Expr, Select } from '../syntax/expression';
import { ACCUMULATOR } from '../syntax/expression';
import { estimateOfCall } from './call-estimates';
import type { CallEstimate, Operand } from './call-estimates';
import { estimateOfList } from './list-estimates';
import { isBinding, isScalar, spelledSize } from './node-sizes';
import type { Range } from './range';
import { MOST, UNKNOWN, exactly, product, sum, union } from './range';
import { iteratedVariables, Scopes } from './scopes';
import type { Entries, Variable } from './scopes';
import { standardEstimate } from './standard-estimates';

/**
 * The size of the value at a path of fields, such as `self`, `spec`, `@items`; undefined where no schema defines it.
 */
export type PathSize = (path: readonly string[]) => Range | undefined;

/**
 * The minimum and maximum cost of an expression for all values of its variables. The API server rejects rules of custom
 * resources whose estimate is too high.
 *
 * Source: `checker/cost.go` of the cel-go that `kubernetes` has; as there, some paths have no root, which affects their
 * sizes.
 */
export function estimateCost(
  checked: Checked,
  pathSize: PathSize = () => undefined,
  kubernetes = latestRelease,
): Range {
  return new Estimator(checked, pathSize, kubernetes).cost(checked.root);
}

const FREE = exactly(0);
const ONE = exactly(1);
const NO_SIZE: Range = { min: MOST, max: 0 };

class Estimator {
  readonly #checked: Checked;
  readonly #pathSize: PathSize;
  readonly #kubernetes: KubernetesRelease;
  /**
   * Whether sizes follow values: through variables that macros bind, `dyn`, and into and out of lists and maps. So since
   * cel-go 0.23. Until then, only the variables of loops have a path.
   */
  readonly #followsValues: boolean;
  readonly #paths = new Map<Expr, readonly string[]>();
  readonly #sizes = new Map<Expr, Range>();
  readonly #entries = new Map<Expr, Entries>();
  readonly #costs = new Map<Expr, Range>();
  readonly #scopes = new Scopes();

  constructor(checked: Checked, pathSize: PathSize, kubernetes: KubernetesRelease) {
    this.#checked = checked;
    this.#pathSize = pathSize;
    this.#kubernetes = kubernetes;
    this.#followsValues = atLeast(kubernetes, '1.33');
  }

  /** A node that macros use twice counts twice, but is estimated once. */
  cost(expr: Expr): Range {
    const known = this.#costs.get(expr);
    if (known !== undefined) return known;
    const cost = this.#costOf(expr);
    this.#costs.set(expr, cost);
    return cost;
  }

  #costOf(expr: Expr): Range {
    const name = this.#checked.names.get(expr);
    if (name !== undefined) {
      this.#paths.set(expr, this.#scopes.find(name)?.path ?? [name]);
      return ONE;
    }
    switch (expr.kind) {
      case 'literal':
        return FREE;
      case 'ident':
        if (!this.#followsValues) this.#paths.set(expr, this.#earlierPath(expr.name));
        return ONE;
      case 'select':
        return this.#select(expr);
      case 'call':
        return this.#call(expr);
      case 'list':
        return this.#gathered(expr, true, 10);
      case 'map':
        return this.#gathered(expr, false, 30);
      case 'struct':
        return sum(exactly(40), ...expr.fields.map(({ value }) => this.cost(value)));
      case 'comprehension':
        if (!this.#followsValues) return this.#earlierFold(expr);
        return isBinding(expr) ? this.#binding(expr) : this.#fold(expr);
    }
  }

  #select(expr: Select): Range {
    if (expr.isTest && !atLeast(this.#kubernetes, '1.28')) return FREE;
    const cost = this.cost(expr.operand);
    if (expr.isTest) return cost;
    this.#paths.set(expr, [...this.#path(expr.operand), expr.field]);
    const { kind } = this.#type(expr.operand);
    return kind === 'map' || kind === 'struct' || kind === 'param' ? sum(cost, ONE) : cost;
  }

  #gathered(expr: Expr & { kind: 'list' | 'map' }, isList: boolean, base: number): Range {
    const pairs =
      expr.kind === 'list'
        ? expr.items.map(({ value }) => ({ key: undefined, value }))
        : expr.entries.map(({ key, value }) => ({ key, value }));
    let [cost, key, value]: [Range, Range, Range] = [exactly(base), NO_SIZE, NO_SIZE];
    for (const pair of pairs) {
      if (pair.key !== undefined) {
        cost = sum(cost, this.cost(pair.key));
        key = union(key, this.#sizeOrUnknown(pair.key));
      }
      cost = sum(cost, this.cost(pair.value));
      value = union(value, this.#sizeOrUnknown(pair.value));
    }
    if (pairs.length === 0) [key, value] = [FREE, FREE];
    this.#entries.set(expr, { isList, key: isList ? ONE : key, value });
    return cost;
  }

  #call(expr: Call): Range {
    const { name, args } = expr;
    const [first] = args;
    const resolved = this.#checked.calls.get(expr);
    if (name === 'dyn' && first !== undefined && this.#followsValues) {
      const cost = sum(ONE, this.cost(first));
      this.#copySizes(expr, first);
      return cost;
    }
    const costs = args.map((arg) => this.cost(arg));
    const operands = args.map((arg) => this.#operand(arg));
    if (resolved === undefined) return FREE;
    const { target } = resolved;
    const targetCost = target === undefined ? FREE : this.cost(target);
    const operand = target === undefined ? undefined : this.#operand(target);
    const ids = resolved.overloads.length === 0 ? [name] : resolved.overloads.map(({ id }) => id);
    let [cost, size]: [Range, Range | undefined] = [NO_SIZE, undefined];
    for (const id of ids) {
      const estimate = this.#estimate(expr, resolved.name, id, operand, operands, costs);
      cost = union(cost, estimate.cost);
      if (estimate.size !== undefined) size = size === undefined ? estimate.size : union(size, estimate.size);
      if ((id === 'index_list' || id === 'index_map') && first !== undefined) {
        size = this.#entriesOf(first)?.value;
        this.#paths.set(expr, [...this.#path(first), id === 'index_list' ? '@items' : '@values']);
      }
      size ??= this.#size(expr);
    }
    if (size !== undefined) this.#sizes.set(expr, size);
    return sum(targetCost, cost);
  }

  #estimate(
    expr: Call,
    name: string,
    id: string,
    target: Operand | undefined,
    args: readonly Operand[],
    costs: readonly Range[],
  ): CallEstimate {
    const own =
      estimateOfList(id, target, args) ?? estimateOfCall(name, this.#kubernetes)?.(target, args, id);
    if (own !== undefined) return { cost: sum(own.cost, ...costs), size: own.size };
    if (id === 'conditional') return this.#conditional(expr, costs);
    if (/^add_(?:list|string|bytes)$/.test(id)) this.#joinEntries(expr, expr.args[0], expr.args[1]);
    return standardEstimate({ id, target, args, costs }, this.#kubernetes);
  }

  #conditional(expr: Call, costs: readonly Range[]): CallEstimate {
    const [condition = FREE, yes = FREE, no = FREE] = costs;
    const [, first = expr, second = expr] = expr.args;
    this.#joinEntries(expr, first, second);
    const size = union(this.#sizeOrUnknown(first), this.#sizeOrUnknown(second));
    return { cost: sum(condition, union(yes, no)), size };
  }

  #joinEntries(expr: Expr, one: Expr | undefined, other: Expr | undefined): void {
    const [mine, yours] = [one && this.#entriesOf(one), other && this.#entriesOf(other)];
    if (mine === undefined || yours === undefined) return;
    const [key, value] = [union(mine.key, yours.key), union(mine.value, yours.value)];
    this.#entries.set(expr, { isList: mine.isList, key, value });
  }

  #fold(expr: Comprehension): Range {
    const before = sum(this.cost(expr.range), this.cost(expr.init));
    this.#scopes.push(expr.accumulator, this.#local(expr.init));
    const { range } = expr;
    const isList = this.#type(range).kind === 'list';
    const iterated = iteratedVariables(expr, this.#path(range), this.#entriesOf(range), isList);
    for (const [name, variable] of iterated) this.#scopes.push(name, variable);
    const each = sum(this.cost(expr.condition), this.cost(expr.step));
    // The variables of the loop end with it; its result sees the accumulator.
    this.#scopes.pop(iterated.length);
    const result = this.cost(expr.result);
    this.#scopes.pop();
    const count = this.#sizeOrUnknown(expr.range);
    if (expr.init.kind === 'literal') {
      const size = this.#size(expr.init);
      if (size !== undefined) this.#sizes.set(expr, size);
    } else if (expr.init.kind === 'list' || expr.init.kind === 'map') {
      this.#sizes.set(expr, count);
      const entries = this.#entriesOf(expr.step);
      if (entries !== undefined) this.#entries.set(expr, entries);
    }
    return sum(before, result, product(count, each));
  }

  #binding(expr: Comprehension): Range {
    const before = sum(this.cost(expr.range), this.cost(expr.init));
    this.#scopes.push(expr.accumulator, this.#local(expr.init));
    const result = this.cost(expr.result);
    this.#scopes.pop();
    this.#copySizes(expr, expr.result);
    return sum(before, result);
  }

  /** Binding a value to a name is a fold as well, over no items. */
  #earlierFold(expr: Comprehension): Range {
    const before = sum(this.cost(expr.range), this.cost(expr.init));
    const { kind } = this.#type(expr.range);
    const steps = kind === 'list' ? ['@items'] : kind === 'map' ? ['@keys'] : [];
    const path = steps.length === 0 ? [] : [...this.#path(expr.range), ...steps];
    this.#scopes.push(expr.variable, { path, size: undefined, entries: undefined });
    const each = sum(this.cost(expr.condition), this.cost(expr.step));
    this.#scopes.pop();
    const result = this.cost(expr.result);
    const count = this.#sizeOrUnknown(expr.range);
    if (atLeast(this.#kubernetes, '1.31')) this.#sizes.set(expr, count);
    return sum(before, result, product(count, each));
  }

  /** What a macro binds to a name has a path that begins with this name, and the size that is found there. */
  #earlierPath(name: string): readonly string[] {
    return this.#scopes.find(name)?.path ?? (name === ACCUMULATOR ? [] : [name]);
  }

  #local(expr: Expr): Variable {
    return { path: this.#path(expr), size: this.#size(expr), entries: this.#entriesOf(expr) };
  }

  #variableOf(expr: Expr): Variable | undefined {
    return expr.kind === 'ident' ? this.#scopes.find(expr.name) : undefined;
  }

  #type(expr: Expr): Type {
    return this.#checked.types.get(expr) ?? { kind: 'error', name: 'error', parameters: [] };
  }

  #path(expr: Expr): readonly string[] {
    return this.#variableOf(expr)?.path ?? this.#paths.get(expr) ?? [];
  }

  #operand(expr: Expr): Operand {
    const path = this.#path(expr);
    const isKnown = path.length > 0 && path[0] !== ACCUMULATOR;
    const itemSize = isKnown ? this.#pathSize([...path, '@items']) : undefined;
    return { type: this.#type(expr), expr, size: this.#size(expr), itemSize };
  }

  #sizeOrUnknown(expr: Expr): Range {
    return this.#size(expr) ?? UNKNOWN;
  }

  #size(expr: Expr): Range | undefined {
    const known = this.#sizes.get(expr) ?? spelledSize(expr);
    if (known !== undefined) return known;
    const path = this.#path(expr);
    const ofPath = path.length === 0 ? undefined : this.#pathSize(path);
    if (ofPath !== undefined) this.#sizes.set(expr, ofPath);
    return ofPath ?? (isScalar(this.#type(expr), this.#followsValues) ? ONE : this.#variableOf(expr)?.size);
  }

  #entriesOf(expr: Expr): Entries | undefined {
    if (!this.#followsValues) return undefined;
    return this.#entries.get(expr) ?? this.#variableOf(expr)?.entries;
  }

  #copySizes(to: Expr, from: Expr): void {
    const [size, entries] = [this.#size(from), this.#entriesOf(from)];
    if (size !== undefined) this.#sizes.set(to, size);
    if (entries !== undefined) this.#entries.set(to, entries);
  }
}
