import { isPlainRecord, ownValue, type PlainRecord } from './data';
import { child as pathOfChild } from './path';

const NOTHING: PlainRecord = {};

/**
 * A read-only cursor over an object that may hold anything: a value, and the path that the API server gives it. A field
 * below a field that is not set is not set either, so that chains need no checks:
 * `Field.root(service).list('spec', 'ports')`.
 *
 * A subclass overrides `below`, and every field that it returns is of its own type.
 */
export class Field {
  declare readonly value: unknown;
  /** The name of the field, the key of the entry, or the index of the item; empty for a whole object. */
  declare readonly name: string;
  /** Whether it is an item of a list or an entry that was read by `key`, and not a field of a struct. */
  declare readonly isEntry: boolean;
  declare private readonly parent: Field | undefined;
  /** What a subclass passes on to every field below. It is here so that a subclass adds no field of its own: see `below`. */
  declare protected readonly context: unknown;

  protected constructor(
    value: unknown,
    name: string,
    parent: Field | undefined,
    isEntry: boolean,
    context?: unknown,
  ) {
    this.value = value;
    this.name = name;
    this.isEntry = isEntry;
    this.parent = parent;
    this.context = context;
  }

  /** A whole object. */
  static root(value: unknown): Field {
    return new Field(value, '', undefined, false);
  }

  /** The path as the API server writes it. Composed when it is read, since few fields are ever reported. */
  get path(): string {
    if (this.parent === undefined) return this.name;
    const above = this.parent.path;
    return this.isEntry ? `${above}[${this.name}]` : this.pathBelow(above);
  }

  /** Whether there is a value. A null counts as none, as it does for the decoder of the API server. */
  get isSet(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  /** The value, if it is a string; otherwise the empty string. */
  get text(): string {
    return typeof this.value === 'string' ? this.value : '';
  }

  /** The value, if it is a number, rounded if it is a bigint; otherwise zero. */
  get number(): number {
    return typeof this.value === 'number' || typeof this.value === 'bigint' ? Number(this.value) : 0;
  }

  /** The value, if it is an integer, rounded if it is a bigint; otherwise zero. */
  get integer(): number {
    return Number.isInteger(this.number) ? this.number : 0;
  }

  get isTrue(): boolean {
    return this.value === true;
  }

  /** The number of items of a list, or of entries of a map. */
  get size(): number {
    const { value } = this;
    if (Array.isArray(value)) return value.length;
    return typeof value === 'object' && value !== null ? Object.keys(value).length : 0;
  }

  /** The value, if it is a map; otherwise an empty map. */
  get record(): PlainRecord {
    return isPlainRecord(this.value) ? this.value : NOTHING;
  }

  /** The entries of the map that have a string, such as labels and annotations. */
  get labels(): Readonly<Record<string, string>> {
    const { record } = this;
    if (isOfStrings(record)) return record;
    return Object.fromEntries(
      Object.entries(record).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
  }

  /** The items of the list. */
  get items(): this[] {
    if (!Array.isArray(this.value)) return [];
    return this.value.map((item: unknown, index) => this.below(item, String(index), this, true));
  }

  /** The entries of the map, each with its key as the name. */
  get entries(): this[] {
    const { value } = this;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
    return Object.keys(value).map((key) => this.key(key));
  }

  /** The items of a list of strings. An item of another type is the empty string. */
  get texts(): string[] {
    return this.items.map(({ text }) => text);
  }

  /** The field `name` of the struct. */
  child(name: string): this {
    return this.below(ownValue(this.value, name), name, this, false);
  }

  /** The field below these names: `at('metadata', 'labels')`. */
  at(...names: readonly string[]): this {
    return within(this, names);
  }

  /** The entry `key` of the map, whose path has the key in brackets. */
  key(key: string): this {
    return this.below(ownValue(this.value, key), key, this, true);
  }

  /** The items of the list below these names: `list('spec', 'rules')`. */
  list(...names: readonly string[]): this[] {
    return within(this, names).items;
  }

  /** The field `name` of the same struct; `undefined` for an item of a list. */
  beside(name: string): Field | undefined {
    const parent = this.parent;
    return parent === undefined || Array.isArray(parent.value) ? undefined : parent.child(name);
  }

  /** The same field with another value, such as its default. */
  holding(value: unknown): this {
    return this.below(value, this.name, this.parent, this.isEntry);
  }

  /** A new field of the same type as this one. */
  protected below(value: unknown, name: string, parent: Field | undefined, isEntry: boolean): this {
    return new Field(value, name, parent, isEntry) as this;
  }

  /** The path of this field below the path of its parent. A name that is not an identifier can only be a key. */
  protected pathBelow(above: string): string {
    return pathOfChild(above, this.name);
  }
}

/** A loop, since all rules read all fields through here. */
function within<F extends Field>(field: F, names: readonly string[]): F {
  let found = field;
  for (const name of names) found = found.child(name);
  return found;
}

function isOfStrings(record: PlainRecord): record is Record<string, string> {
  for (const key in record) if (typeof record[key] !== 'string') return false;
  return true;
}
