import { isPlainRecord, type PlainRecord } from '../manifest/data';
import { child, item } from '../manifest/path';

const NOTHING: PlainRecord = {};

/**
 * A place in an object that may hold anything: its value, and the path that the API server calls it by. What is below
 * a place without a value is a place without a value, so that whoever looks for references reads as the fields do.
 */
export class Place {
  readonly value: unknown;
  readonly #above: Place | undefined;
  readonly #step: string | number;

  private constructor(value: unknown, above: Place | undefined, step: string | number) {
    this.value = value;
    this.#above = above;
    this.#step = step;
  }

  /** The whole of an object. */
  static root(value: unknown): Place {
    return new Place(value, undefined, '');
  }

  /** Put together only when somebody asks: most fields are never spoken of. */
  get path(): string {
    if (this.#above === undefined) return '';
    const above = this.#above.path;
    return typeof this.#step === 'number' ? item(above, this.#step) : child(above, this.#step);
  }

  /** The same place with another value in it, such as a default. */
  holding(value: unknown): Place {
    return new Place(value, this.#above, this.#step);
  }

  get isSet(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  /** The string that is here, or the empty one. */
  get text(): string {
    return typeof this.value === 'string' ? this.value : '';
  }

  /** The map that is here, or an empty one. */
  get record(): PlainRecord {
    return isPlainRecord(this.value) ? this.value : NOTHING;
  }

  /** The map of strings that is here, without what is no string. */
  get labels(): Readonly<Record<string, string>> {
    return this.record as Readonly<Record<string, string>>;
  }

  /** The items of the list that is here. */
  get items(): Place[] {
    if (!Array.isArray(this.value)) return [];
    return this.value.map((value: unknown, index) => new Place(value, this, index));
  }

  /** The entries of the map that is here, each with its key. */
  get entries(): [key: string, place: Place][] {
    return Object.entries(this.record).map(([key, value]) => [key, new Place(value, this, key)]);
  }

  /** The field or entry `name` of the map that is here, or what is below it: `at('spec', 'template')`. */
  at(...names: string[]): Place {
    let place: Place = this; // eslint-disable-line @typescript-eslint/no-this-alias -- the way down begins here
    for (const name of names) {
      const { record } = place;
      place = new Place(Object.hasOwn(record, name) ? record[name] : undefined, place, name);
    }
    return place;
  }

  /** The field `name` next to this one. */
  beside(name: string): Place | undefined {
    return typeof this.#step === 'number' ? undefined : this.#above?.at(name);
  }

  /** All items of the list `name`. */
  list(...names: string[]): Place[] {
    return this.at(...names).items;
  }
}
