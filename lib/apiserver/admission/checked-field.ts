import { bounded } from '../../kube/bounded';
import { atLeast } from '../../kube/at-least';
import { defaultGates, type FeatureGates } from '../../kube/feature-gates';
import type { Gate } from '../../kube/gates';
import type { Check } from '../../kube/names';
import type { KubernetesRelease } from '../../kube/schema';
import { Field } from '../../manifest/field';
import { errorBody, maxBytes, maxItems, supportedValues } from './error-body';
import type { Reason, Review } from './review';

/**
 * A field of a decoded object under validation. It has one method for each reason of the API server, which reports an
 * error to the review.
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

  /** Whether there is a value, even a null: decoding drops nulls, except where a custom resource allows one. */
  get isPresent(): boolean {
    return this.value !== undefined;
  }

  /** Whether the release of the API server is `release` or later. */
  since(release: KubernetesRelease): boolean {
    return atLeast(this.context.kubernetes, release);
  }

  get kubernetes(): KubernetesRelease {
    return this.context.kubernetes;
  }

  /**
   * The feature gates of the API server.
   *
   * @internal
   */
  get gates(): FeatureGates {
    const { gates, kubernetes } = this.context;
    return gates ?? defaultGates(kubernetes);
  }

  /**
   * Whether the API server has a feature switched on.
   *
   * @internal
   */
  isOn(gate: Gate): boolean {
    return this.gates.isOn(gate);
  }

  /** Requires a value that is not empty; returns whether there is one. */
  needs(detail = '', hint?: string): boolean {
    const { value } = this;
    if (value !== undefined && value !== '' && !(typeof value === 'object' && this.size === 0)) return true;
    this.required(detail, hint);
    return false;
  }

  /** Applies a check to the text; returns whether it passes. */
  must(check: Check): boolean {
    const problem = check(this.text);
    if (problem === undefined) return true;
    this.holding(this.value ?? '').invalid(problem);
    return false;
  }

  /** Requires one of a fixed list of values; returns whether it is one. */
  mustBeOneOf(values: readonly string[]): boolean {
    if (values.includes(this.text)) return true;
    this.notSupported(values);
    return false;
  }

  /** Requires a number of at least `least`; returns whether it is one. */
  mustBeAtLeast(least: number): boolean {
    if (this.number >= least) return true;
    const bound = least === 1 ? 'greater than 0' : `greater than or equal to ${least}`;
    this.holding(this.number).invalid(`must be ${bound}`);
    return false;
  }

  /**
   * Requires a number from `least` to `most`; returns whether it is one.
   *
   * @source k8s.io/apimachinery pkg/util/validation/validation.go InclusiveRangeError 1.36
   */
  mustBeWithin(least: number, most: number): boolean {
    if (this.number >= least && this.number <= most) return true;
    this.holding(this.number).invalid(`must be between ${least} and ${most}, inclusive`);
    return false;
  }

  /** The number of errors reported so far for the whole object. */
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

  /** Reports an error in the words of the API server: the reason, the value, the detail. */
  report(reason: Reason, detail: string, hint?: string): void {
    this.say(reason, errorBody(reason, this.value, detail), hint);
  }

  /** Reports an error with its own message, such as an error from another schema. */
  say(reason: Reason, message: string, hint?: string): void {
    const { errors } = this.context;
    errors.push({
      reason,
      path: this.path,
      message: bounded(message),
      ...(hint !== undefined && { hint: bounded(hint) }),
    });
  }

  protected override below(value: unknown, name: string, parent: Field | undefined, isEntry: boolean): this {
    return new CheckedField(value, name, parent, isEntry, this.context) as this;
  }

  /** The names in a schema follow a dot, even those with a dash. */
  protected override pathBelow(above: string): string {
    return above === '' ? this.name : `${above}.${this.name}`;
  }
}
