import { CelSyntaxError } from '../problem';
import type { Expr } from './expression';
import { ACCUMULATOR, call, ident, list } from './expression';
import type { Fold, Macro, MacroCall, MacroSet } from './macros';
import { all, appended, argument, exists, existsOne, gather, variable } from './macros';

function fold({ at, target, args }: MacroCall, parts: Fold): Expr {
  const [first, second] = [variable(args[0]), variable(args[1])];
  if (first === second) throw new CelSyntaxError(at, `two variables are called ${first}`);
  return {
    kind: 'comprehension',
    at,
    range: target,
    variable: first,
    variable2: second,
    accumulator: ACCUMULATOR,
    ...parts,
  };
}

const quantifier =
  (parts: (at: number, predicate: Expr) => Fold): Macro =>
  (macro) =>
    fold(macro, parts(macro.at, argument(macro.args, 2)));

/** `range.transform(k, v, value)`, or with a filter before the value. */
const transform =
  (init: (at: number) => Expr, step: (at: number, key: Expr, value: Expr) => Expr): Macro =>
  (macro) => {
    const { at, args } = macro;
    const filter = args.length === 4 ? args[2] : undefined;
    const next = step(at, argument(args, 0), argument(args, args.length - 1));
    return fold(macro, gather(at, init(at), next, filter));
  };

const emptyMap = (at: number): Expr => ({ kind: 'map', at, entries: [] });
const inserted = (at: number, ...what: readonly Expr[]): Expr =>
  call(at, 'cel.@mapInsert', ident(at, ACCUMULATOR), ...what);

const transformList = transform(
  (at) => list(at),
  (at, _key, value) => appended(at, value),
);
const transformMap = transform(emptyMap, (at, key, value) => inserted(at, key, value));
const transformMapEntry = transform(emptyMap, (at, _key, entry) => inserted(at, entry));

/** Macros with a variable for the index or key and one for the value; since 1.33. */
export const TWO_VARIABLE_MACROS: MacroSet = new Map([
  ['all.3', quantifier(all)],
  ['exists.3', quantifier(exists)],
  ['existsOne.3', quantifier(existsOne)],
  ['exists_one.3', quantifier(existsOne)],
  ['transformList.3', transformList],
  ['transformList.4', transformList],
  ['transformMap.3', transformMap],
  ['transformMap.4', transformMap],
  ['transformMapEntry.3', transformMapEntry],
  ['transformMapEntry.4', transformMapEntry],
]);
