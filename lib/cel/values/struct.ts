import { MapValue } from './collections';
import type { Result, Value } from './value';

/** A message with its fields. */
export class StructValue extends MapValue {
  readonly #typeName: string;
  readonly #fields: ReadonlyMap<string, Value>;

  constructor(typeName: string, fields: ReadonlyMap<string, Value>) {
    super();
    this.#typeName = typeName;
    this.#fields = fields;
  }

  get size(): number {
    return this.#fields.size;
  }

  override get typeName(): string {
    return this.#typeName;
  }

  override get(key: Value): Value | undefined {
    return typeof key === 'string' ? this.#fields.get(key) : undefined;
  }

  override keys(): Iterable<Value> {
    return this.#fields.keys();
  }
}

/** Values that are computed once, on first access: the variables of a policy. */
export class LazyStruct extends MapValue {
  readonly #names: readonly string[];
  readonly #find: (name: string) => Result;
  readonly #found = new Map<string, Result>();

  constructor(names: readonly string[], find: (name: string) => Result) {
    super();
    this.#names = names;
    this.#find = find;
  }

  get size(): number {
    return this.#names.length;
  }

  override get(key: Value): Result | undefined {
    if (typeof key !== 'string' || !this.#names.includes(key)) return undefined;
    const known = this.#found.get(key);
    if (known !== undefined) return known;
    const value = this.#find(key);
    this.#found.set(key, value);
    return value;
  }

  override keys(): Iterable<Value> {
    return this.#names;
  }
}
