import { CelError } from '../values/value';
import { functions, overload } from './overload';

/** Never called: the planner implements these operators and needs only their types. */
const never = (): CelError => new CelError('no such overload');

const typeOnly = (id: string, signature: string): ReturnType<typeof overload> =>
  overload(id, signature, never);

/** Operators that control which of their arguments are evaluated, or how. */
export const OPERATORS = functions({
  '_&&_': [typeOnly('logical_and', '(bool, bool): bool')],
  '_||_': [typeOnly('logical_or', '(bool, bool): bool')],
  '_?_:_': [typeOnly('conditional', '(bool, A, A): A')],
  '@not_strictly_false': [typeOnly('not_strictly_false', '(bool): bool')],
  '_[_]': [typeOnly('index_list', '(list<A>, int): A'), typeOnly('index_map', '(map<A, B>, A): B')],
});

/** Indexing of optional values; since 1.29. */
export const OPTIONAL_OPERATORS = functions({
  '_[_]': [
    typeOnly('optional_list_index_int', '(optional<list<V>>, int): optional<V>'),
    typeOnly('optional_map_index_value', '(optional<map<K, V>>, K): optional<V>'),
  ],
  '_[?_]': [
    typeOnly('list_optindex_optional_int', '(list<V>, int): optional<V>'),
    typeOnly('optional_list_optindex_optional_int', '(optional<list<V>>, int): optional<V>'),
    typeOnly('map_optindex_optional_value', '(map<K, V>, K): optional<V>'),
    typeOnly('optional_map_optindex_optional_value', '(optional<map<K, V>>, K): optional<V>'),
  ],
});
