import { compare, equal } from '../values/equality';
import type { ListValue, MapValue } from '../values/collections';
import type { Value } from '../values/value';
import { CelError } from '../values/value';
import type { FunctionSet, Overload } from './overload';
import { functions, overload } from './overload';

const UNORDERED = new CelError('no such overload');
const NOT_A_NUMBER = new CelError('NaN values cannot be ordered');

/** The pairs of types that can be ordered, with the names of their overloads. */
const ORDERED: readonly (readonly [id: string, parameters: string])[] = [
  ['bool', 'bool, bool'],
  ['int64', 'int, int'],
  ['uint64', 'uint, uint'],
  ['double', 'double, double'],
  ['string', 'string, string'],
  ['bytes', 'bytes, bytes'],
  ['timestamp', 'timestamp, timestamp'],
  ['duration', 'duration, duration'],
];

/** Pairs of numbers of different types; since 1.29. */
const ACROSS: readonly (readonly [id: string, parameters: string])[] = [
  ['int64_double', 'int, double'],
  ['int64_uint64', 'int, uint'],
  ['uint64_double', 'uint, double'],
  ['uint64_int64', 'uint, int'],
  ['double_int64', 'double, int'],
  ['double_uint64', 'double, uint'],
];

const SIGNS: readonly (readonly [sign: string, id: string, holds: (order: number) => boolean])[] = [
  ['_<_', 'less', (order) => order < 0],
  ['_<=_', 'less_equals', (order) => order <= 0],
  ['_>_', 'greater', (order) => order > 0],
  ['_>=_', 'greater_equals', (order) => order >= 0],
];

function orders(pairs: typeof ORDERED): FunctionSet {
  const table: Record<string, Overload[]> = {};
  for (const [sign, prefix, holds] of SIGNS) {
    table[sign] = pairs.map(([id, parameters]) =>
      overload<[Value, Value]>(`${prefix}_${id}`, `(${parameters}): bool`, (a, b) => {
        const order = compare(a, b);
        if (order === undefined) return UNORDERED;
        return Number.isNaN(order) ? NOT_A_NUMBER : holds(order);
      }),
    );
  }
  return functions(table);
}

export const ORDERS = orders(ORDERED);
export const ORDERS_ACROSS_NUMBERS = orders(ACROSS);

function isIn(value: Value, list: ListValue): boolean {
  for (const item of list) if (equal(value, item)) return true;
  return false;
}

/** Equality, membership, and the loop condition of quantifiers. */
export const EQUALITY = functions({
  '_==_': [overload<[Value, Value]>('equals', '(A, A): bool', equal)],
  '_!=_': [overload<[Value, Value]>('not_equals', '(A, A): bool', (a, b) => !equal(a, b))],
  '@in': [
    overload<[Value, ListValue]>('in_list', '(A, list<A>): bool', isIn),
    overload<[Value, MapValue]>('in_map', '(A, map<A, B>): bool', (key, map) => map.has(key)),
  ],
  '!_': [overload<[boolean]>('logical_not', '(bool): bool', (a) => !a)],
});
