import { atLeast } from '../../kube/at-least';
import type { Check } from '../../kube/names';
import type { KubernetesRelease } from '../../kube/schema';
import { Field } from '../../manifest/field';
import { errorBody, maxBytes, maxItems, supportedValues } from './error-body';
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

  /** Asks for a value that is neither absent nor empty; returns whether it is. */
  needs(detail = '', hint?: string): boolean {
    const { value } = this;
    if (value !== undefined && value !== '' && !(typeof value === 'object' && this.size === 0)) return true;
    this.required(detail, hint);
    return false;
  }

  /** Holds the text to a check; returns whether it passes. */
  must(check: Check): boolean {
    const problem = check(this.text);
    if (problem === undefined) return true;
    this.holding(this.value ?? '').invalid(problem);
    return false;
  }

  /** Asks for one of a closed list of values; returns whether it is. */
  mustBeOneOf(values: readonly string[]): boolean {
    if (values.includes(this.text)) return true;
    this.notSupported(values);
    return false;
  }

  /** Asks for a number of at least `least`; returns whether it is. */
  mustBeAtLeast(least: number): boolean {
    if (this.number >= least) return true;
    const bound = least === 1 ? 'greater than 0' : `greater than or equal to ${least}`;
    this.holding(this.number).invalid(`must be ${bound}`);
    return false;
  }

  /**
   * Asks for a number from `least` to `most`; returns whether it is.
   *
   * @source k8s.io/apimachinery pkg/util/validation/validation.go InclusiveRangeError 1.36
   */
  mustBeWithin(least: number, most: number): boolean {
    if (this.number >= least && this.number <= most) return true;
    this.holding(this.number).invalid(`must be between ${least} and ${most}, inclusive`);
    return false;
  }

  /** How many errors have been reported so far, in the whole object. */
  get errorCount(): number {
    return this.context.errors.length;
  }

  required(detail = '', hint?: string): void {
    this.report('required', detail, hint);
  }

  invalid(detail: string, hint?: string): void {
    this.report('invalid', detail, hint);
  }

  notSupported(values: readonly string[]): void {
    this.holding(this.value ?? '').report('not-supported', supportedValues(values));
  }

  duplicate(detail = '', hint?: string): void {
    this.report('duplicate', detail, hint);
  }

  forbidden(detail: string, hint?: string): void {
    this.report('forbidden', detail, hint);
  }

  notFound(hint: string): void {
    this.holding(this.value ?? '').report('not-found', '', hint);
  }

  /** @param most in bytes */
  tooLong(most: number): void {
    this.report('too-long', maxBytes(most));
  }

  tooMany(most: number): void {
    this.holding(this.size).report('too-many', maxItems(most));
  }

  /** Reports what is wrong, in the words of the API server: the reason, the value, the detail. */
  report(reason: Reason, detail: string, hint?: string): void {
    this.say(reason, errorBody(reason, this.value, detail), hint);
  }

  /** Reports what has its own words, such as an error of another schema. */
  say(reason: Reason, message: string, hint?: string): void {
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
