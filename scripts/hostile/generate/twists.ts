import { isPlainRecord, type PlainRecord } from '../../../lib/manifest/data';

/** As classes of users are. */
class Size {
  readonly width = 1;
}

class Nameless {
  readonly width = 1;
}
Object.defineProperty(Nameless, 'name', { get: thrower });

/** Values that only a program can pass, by name. */
const MAKERS = {
  getter: () => Object.defineProperty({}, 'a', { enumerable: true, get: thrower }),
  odd: () => Object.defineProperty({}, 'a', { enumerable: true, get: odd }),
  proxy: () => new Proxy({}, { get: thrower, ownKeys: thrower, getPrototypeOf: thrower }),
  revoked: () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  },
  instance: () => new Size(),
  map: () => new Map([['a', 1]]),
  date: () => new Date(NaN),
  bigint: () => 1n,
  symbol: () => Symbol('a'),
  function: () => () => 1,
  undefined: () => undefined,
  nan: () => Number.NaN,
  infinity: () => Infinity,
  string: () => new String('a'),
  bare: () => Object.assign(Object.create(null) as object, { a: 1 }),
  json: () => ({ toJSON: thrower, toString: thrower, valueOf: thrower }),
  primitive: () => ({ [Symbol.toPrimitive]: thrower }),
  constructor: () => Object.defineProperty(new Size(), 'constructor', { get: thrower }),
  sparse: () => new Array<unknown>(3),
  bytes: () => Buffer.from('a'),
  cycle: (root: unknown) => root,
  name: () => new Nameless(),
} as const;

function thrower(): never {
  throw new RangeError('from outside');
}

/** What is thrown need not be an error, nor have a text. */
function odd(): never {
  throw Object.create(null);
}

export type TwistKind = keyof typeof MAKERS;

export interface Twist {
  readonly kind: TwistKind;
  /** Which of the places in the object gets it. */
  readonly at: number;
}

export const TWISTS = Object.keys(MAKERS) as TwistKind[];

/** A copy of `value` with a twist at one of its places. */
export function twisted(value: unknown, { kind, at }: Twist): unknown {
  const copy = structuredClone(value);
  const places: (readonly [PlainRecord, string])[] = [];
  const collect = (container: unknown): void => {
    if (!Array.isArray(container) && !isPlainRecord(container)) return;
    for (const key of Object.keys(container)) {
      places.push([container as PlainRecord, key]);
      collect((container as PlainRecord)[key]);
    }
  };
  collect(copy);
  const twist: unknown = MAKERS[kind](copy);
  const place = places[at % Math.max(1, places.length)];
  if (place === undefined) return twist;
  const [container, key] = place;
  container[key] = twist;
  return copy;
}
