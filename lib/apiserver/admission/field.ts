import { oneOf } from '../../errors';
import { atLeast } from '../../kube/at-least';
import type { Check } from '../../kube/names';
import type { KubernetesRelease } from '../../kube/schema';
import type { Reason, Review } from './review';

/**
 * A place in a decoded object: its value, and the path that the API server calls it by. A place without a value can
 * be asked for what is below it, and has none, so that rules read as the fields do: `pod.child('spec').child('volumes')`.
 *
 * What a rule finds is said here too, in one word for each of the server's reasons; it goes to the review.
 */
export class Field {
  readonly value: unknown;
  /** The field name or map key; the number of an item as text. */
  readonly name: string;
  readonly #review: Review;
  readonly #parent: Field | undefined;
  readonly #bracketed: boolean;

  private constructor(
    value: unknown,
    review: Review,
    name: string,
    parent: Field | undefined,
    bracketed: boolean,
  ) {
    this.value = value;
    this.name = name;
    this.#review = review;
    this.#parent = parent;
    this.#bracketed = bracketed;
  }

  /** The whole of a decoded object. */
  static root(value: unknown, review: Review): Field {
    return new Field(value, review, '', undefined, false);
  }

  /** The path is put together only when somebody asks, since few fields are ever complained about. */
  get path(): string {
    const above = this.#parent === undefined ? '' : this.#parent.path;
    if (this.#bracketed) return `${above}[${this.name}]`;
    return above === '' ? this.name : `${above}.${this.name}`;
  }

  /** Whether it is an entry of a map or an item, and not a field. */
  get isEntry(): boolean {
    return this.#bracketed;
  }

  get isSet(): boolean {
    return this.value !== undefined;
  }

  /** Whether there is anything here, in an object as its author wrote it: decoding takes a null for nothing. */
  get isThere(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  /** The string that is here, or the empty one. */
  get text(): string {
    return typeof this.value === 'string' ? this.value : '';
  }

  /** The number that is here, or zero. */
  get number(): number {
    return typeof this.value === 'number' ? this.value : 0;
  }

  get isTrue(): boolean {
    return this.value === true;
  }

  /** How many items or entries there are. */
  get size(): number {
    if (Array.isArray(this.value)) return this.value.length;
    return typeof this.value === 'object' && this.value !== null ? Object.keys(this.value).length : 0;
  }

  /** The field `name` of the struct that is here. */
  child(name: string): Field {
    return new Field(this.#own(name), this.#review, name, this, false);
  }

  /** The entry `key` of the map that is here. */
  key(key: string): Field {
    return new Field(this.#own(key), this.#review, key, this, true);
  }

  /** The same place, holding something else: what the server makes of the value before it looks at it. */
  holding(value: unknown): Field {
    return new Field(value, this.#review, this.name, this.#parent, this.#bracketed);
  }

  /** The items of the list that is here. */
  get items(): Field[] {
    if (!Array.isArray(this.value)) return [];
    return this.value.map((item, index) => new Field(item, this.#review, String(index), this, true));
  }

  /** The entries of the map that is here. */
  get entries(): Field[] {
    if (typeof this.value !== 'object' || this.value === null) return [];
    return Object.keys(this.value).map((key) => this.key(key));
  }

  /** The strings of the list that is here. */
  get texts(): string[] {
    return this.items.map((item) => item.text);
  }

  /** Whether the release in question is `release` or a later one. */
  since(release: KubernetesRelease): boolean {
    return atLeast(this.#review.kubernetes, release);
  }

  get kubernetes(): KubernetesRelease {
    return this.#review.kubernetes;
  }

  /** Asks for a value that is neither absent nor empty; says whether it is there. */
  needs(message = 'must be set', hint?: string): boolean {
    const { value } = this;
    if (value !== undefined && value !== '' && !(typeof value === 'object' && this.size === 0)) return true;
    this.required(message, hint);
    return false;
  }

  /** Holds the text to a check; says whether it passes. */
  must(check: Check): boolean {
    const problem = check(this.text);
    if (problem === undefined) return true;
    this.invalid(`${show(this.value)} ${problem}`);
    return false;
  }

  /** Asks for one of a closed list of values; says whether it is. */
  mustBeOneOf(values: readonly string[]): boolean {
    if (values.includes(this.text)) return true;
    this.notSupported(values);
    return false;
  }

  /** Asks for a number of at least `least`; says whether it is. */
  mustBeAtLeast(least: number): boolean {
    if (this.number >= least) return true;
    this.invalid(`must be at least ${least}, and is ${this.number}`);
    return false;
  }

  /** Asks for a number from `least` to `most`; says whether it is. */
  mustBeWithin(least: number, most: number): boolean {
    if (this.number >= least && this.number <= most) return true;
    this.invalid(`must be from ${least} to ${most}, and is ${this.number}`);
    return false;
  }

  /** How much has been complained about so far, in the whole object. */
  get errorCount(): number {
    return this.#review.errors.length;
  }

  required(message = 'must be set', hint?: string): void {
    this.report('required', message, hint);
  }

  invalid(message: string, hint?: string): void {
    this.report('invalid', message, hint);
  }

  notSupported(values: readonly string[]): void {
    const found = this.isSet ? `and is ${show(this.value)}` : 'and is not set';
    this.report('not-supported', `must be ${oneOf(values)}, ${found}`);
  }

  duplicate(): void {
    this.report('duplicate', `${show(this.value)} is there more than once`, 'Keep one of them.');
  }

  forbidden(message: string, hint?: string): void {
    this.report('forbidden', message, hint);
  }

  notFound(message: string, hint?: string): void {
    this.report('not-found', message, hint);
  }

  tooLong(max: number): void {
    this.report('too-long', `must be at most ${max} bytes long`);
  }

  tooMany(max: number): void {
    this.report('too-many', `must have at most ${max} items, and has ${this.size}`);
  }

  report(reason: Reason, message: string, hint?: string): void {
    const { errors } = this.#review;
    errors.push({ reason, path: this.path, message, ...(hint !== undefined && { hint }) });
  }

  /** Maps come from users, who may call a key `constructor`. */
  #own(name: string): unknown {
    const { value } = this;
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    return (value as Readonly<Record<string, unknown>>)[name];
  }
}

/** `value` as a message quotes it, cut where it is long. */
export function show(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : String(JSON.stringify(value) ?? 'nothing');
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
