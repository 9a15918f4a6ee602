import { CelError, type Result, type Value } from '../../../cel';
import { MapValue } from '../../../cel/values/collections';

/** A map whose values are computed on first access and then cached. */
export class LazyMap extends MapValue {
  readonly #find: ReadonlyMap<string, () => Result>;
  readonly #found = new Map<string, Result>();

  constructor(find: ReadonlyMap<string, () => Result>) {
    super();
    this.#find = find;
  }

  get size(): number {
    return this.#find.size;
  }

  override get(key: Value): Result | undefined {
    const find = typeof key === 'string' ? this.#find.get(key) : undefined;
    if (typeof key !== 'string' || find === undefined) return undefined;
    let value = this.#found.get(key);
    if (value === undefined) {
      // A value that depends on itself finds this error.
      this.#found.set(key, new CelError(`${key} depends on itself`));
      this.#found.set(key, (value = find()));
    }
    return value;
  }

  override keys(): Iterable<Value> {
    return this.#find.keys();
  }
}
