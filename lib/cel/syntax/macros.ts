import { CelSyntaxError } from '../problem';
import type { Call, Comprehension, Expr } from './expression';
import { ACCUMULATOR, bool, call, ident, list, literal, method } from './expression';

/** Expands a call. */
export type Macro = (call: MacroCall) => Expr;

/** A call that a macro replaces; `target` of a global one is its first argument. */
export interface MacroCall {
  readonly at: number;
  readonly target: Expr;
  readonly args: readonly Expr[];
}

/** Macros by name, number of arguments, and whether they are methods: `map.2` is one, `has/1` is not. */
export type MacroSet = ReadonlyMap<string, Macro>;

/** Expands a call of a macro; returns any other call unchanged. */
export function expand(macros: MacroSet, expr: Call): Expr {
  const { at, name, target, args } = expr;
  const macro = macros.get(`${name}${target === undefined ? '/' : '.'}${args.length}`);
  const first = target ?? args[0];
  return macro === undefined || first === undefined ? expr : macro({ at, target: first, args });
}

/** The parts of a fold that depend on the quantifier, by the name of the accumulator. */
export type Fold = Pick<Comprehension, 'init' | 'condition' | 'step' | 'result'>;

/** The iteration variable in an argument. */
export function variable(arg: Expr | undefined): string {
  if (arg?.kind !== 'ident' || arg.name.startsWith('.'))
    throw new CelSyntaxError(arg?.at ?? 0, 'the argument must be the name of a variable');
  if (arg.name === '__result__')
    throw new CelSyntaxError(arg.at, 'the name __result__ is taken by the macro itself');
  return arg.name;
}

export function argument(args: readonly Expr[], index: number): Expr {
  const arg = args[index];
  if (arg === undefined) throw new CelSyntaxError(0, 'an argument is missing');
  return arg;
}

const found = (at: number): Expr => ident(at, ACCUMULATOR);
const number = (at: number, value: bigint): Expr => literal(at, { type: 'int', value });

export function all(at: number, predicate: Expr): Fold {
  return {
    init: bool(at, true),
    condition: call(at, '@not_strictly_false', found(at)),
    step: call(at, '_&&_', found(at), predicate),
    result: found(at),
  };
}

export function exists(at: number, predicate: Expr): Fold {
  return {
    init: bool(at, false),
    condition: call(at, '@not_strictly_false', call(at, '!_', found(at))),
    step: call(at, '_||_', found(at), predicate),
    result: found(at),
  };
}

export function existsOne(at: number, predicate: Expr): Fold {
  return {
    init: number(at, 0n),
    condition: bool(at, true),
    step: call(at, '_?_:_', predicate, call(at, '_+_', found(at), number(at, 1n)), found(at)),
    result: call(at, '_==_', found(at), number(at, 1n)),
  };
}

/** Collects `step` for each item that passes `filter`. */
export function gather(at: number, init: Expr, step: Expr, filter: Expr | undefined): Fold {
  return {
    init,
    condition: bool(at, true),
    step: filter === undefined ? step : call(at, '_?_:_', filter, step, found(at)),
    result: found(at),
  };
}

export function appended(at: number, item: Expr): Expr {
  return call(at, '_+_', found(at), list(at, item));
}

function fold({ at, target, args }: MacroCall, parts: Fold): Expr {
  const name = variable(args[0]);
  return { kind: 'comprehension', at, range: target, variable: name, accumulator: ACCUMULATOR, ...parts };
}

const quantifier =
  (parts: (at: number, predicate: Expr) => Fold): Macro =>
  (macro) =>
    fold(macro, parts(macro.at, argument(macro.args, 1)));

const map: Macro = (macro) => {
  const { at, args } = macro;
  const filter = args.length === 3 ? args[1] : undefined;
  return fold(macro, gather(at, list(at), appended(at, argument(args, args.length - 1)), filter));
};

const filter: Macro = (macro) => {
  const { at, args } = macro;
  return fold(macro, gather(at, list(at), appended(at, argument(args, 0)), argument(args, 1)));
};

const has: Macro = ({ target }) => {
  if (target.kind !== 'select' || target.isTest)
    throw new CelSyntaxError(target.at, 'has() needs a field: has(self.field)');
  return { ...target, isTest: true };
};

/** `x.optMap(v, f)` and `x.optFlatMap(v, f)`: `x` is used twice, but is one node of the tree. */
const optional =
  (isFlat: boolean): Macro =>
  ({ at, target, args }) => {
    const value = bound(at, variable(args[0]), method(at, target, 'value'), argument(args, 1));
    const some = isFlat ? value : call(at, 'optional.of', value);
    return call(at, '_?_:_', method(at, target, 'hasValue'), some, call(at, 'optional.none'));
  };

/** `let name = value in result`, as a fold over an empty list. */
function bound(at: number, name: string, value: Expr, result: Expr): Expr {
  return {
    kind: 'comprehension',
    at,
    range: list(at),
    variable: '#unused',
    accumulator: name,
    init: value,
    condition: bool(at, false),
    step: ident(at, name),
    result,
  };
}

const SORTED = '@__sortBy_input__';

const sortBy: Macro = ({ at, target, args }) => {
  const keys = map({ at, target: ident(at, SORTED), args });
  return bound(at, SORTED, target, method(at, ident(at, SORTED), '@sortByAssociatedKeys', keys));
};

export const STANDARD_MACROS: MacroSet = new Map([
  ['has/1', has],
  ['all.2', quantifier(all)],
  ['exists.2', quantifier(exists)],
  ['exists_one.2', quantifier(existsOne)],
  ['map.2', map],
  ['map.3', map],
  ['filter.2', filter],
]);

export const OPTIONAL_MACROS: MacroSet = new Map([
  ['optMap.2', optional(false)],
  ['optFlatMap.2', optional(true)],
]);

export const SORT_MACROS: MacroSet = new Map([['sortBy.2', sortBy]]);
