import { oneOf } from '../../errors';
import { atLeast } from '../../kube/at-least';
import type { Check } from '../../kube/names';
import type { KubernetesRelease } from '../../kube/schema';
import { Field } from '../../manifest/field';
import type { Reason, Review } from './review';

/**
 * A field of a decoded object that is validated: it reports what is wrong with it to the review, by one method for each
 * reason that the API server has.
 */
export class CheckedField extends Field {
  declare protected readonly context: Review;

  private constructor(
    value: unknown,
    name: string,
    parent: Field | undefined,
    isEntry: boolean,
    review: Review,
  ) {
    super(value, name, parent, isEntry, review);
  }

  /** A whole decoded object. */
  static of(value: unknown, review: Review): CheckedField {
    return new CheckedField(value, '', undefined, false, review);
  }

  /** Whether there is a value, even a null: decoding drops a null, except where a custom resource may have one. */
  get isPresent(): boolean {
    return this.value !== undefined;
  }

  /** Whether the release in question is `release` or a later one. */
  since(release: KubernetesRelease): boolean {
    return atLeast(this.context.kubernetes, release);
  }

  get kubernetes(): KubernetesRelease {
    return this.context.kubernetes;
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
    return this.context.errors.length;
  }

  required(message = 'must be set', hint?: string): void {
    this.report('required', message, hint);
  }

  invalid(message: string, hint?: string): void {
    this.report('invalid', message, hint);
  }

  notSupported(values: readonly string[]): void {
    const found = this.isPresent ? `and is ${show(this.value)}` : 'and is not set';
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
    const { errors } = this.context;
    errors.push({ reason, path: this.path, message, ...(hint !== undefined && { hint }) });
  }

  protected override below(value: unknown, name: string, parent: Field | undefined, isEntry: boolean): this {
    return new CheckedField(value, name, parent, isEntry, this.context) as this;
  }

  /** The names of a schema follow a dot, also those with a dash in them. */
  protected override pathBelow(above: string): string {
    return above === '' ? this.name : `${above}.${this.name}`;
  }
}

/** `value` as a message quotes it, cut where it is long. */
export function show(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : String(JSON.stringify(value) ?? 'nothing');
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
