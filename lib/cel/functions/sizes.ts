import type { ListValue, MapValue } from '../values/collections';
import type { Overload } from './overload';
import { functions, overload } from './overload';
import { characterCount } from './text';

const sized = (id: string, type: string, count: (value: never) => number): [Overload, Overload] => [
  overload<[never]>(`size_${id}`, `(${type}): int`, (value) => BigInt(count(value))),
  overload<[never]>(`${id}_size`, `${type}.(): int`, (value) => BigInt(count(value))),
];

export const SIZES = functions({
  size: [
    ...sized('bytes', 'bytes', (value: Uint8Array) => value.length),
    ...sized('list', 'list<A>', (value: ListValue) => value.size),
    ...sized('map', 'map<A, B>', (value: MapValue) => value.size),
    ...sized('string', 'string', characterCount),
  ],
});
