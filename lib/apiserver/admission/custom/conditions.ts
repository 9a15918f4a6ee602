import type { CheckedField } from '../checked-field';
import type { Review, FieldError } from '../review';
import type { CustomSchema } from './schema';

/** Checks a value against a schema, and returns the number of checks. */
export type CheckSchema = (field: CheckedField, schema: CustomSchema) => number;

/** The result of a branch: the number of checks that the value passed, and its errors. */
interface Outcome {
  readonly count: number;
  readonly violations: readonly FieldError[];
}

/**
 * `allOf`, `anyOf`, `oneOf` and `not`. The server reports their own errors without a field; here they are reported for
 * the field whose schema contains them.
 *
 * @source k8s.io/kube-openapi pkg/validation/validate/schema_props.go schemaPropsValidator.Validate 1.36
 */
export class Conditions {
  readonly #review: Review;
  readonly #check: CheckSchema;

  constructor(review: Review, check: CheckSchema) {
    this.#review = review;
    this.#check = check;
  }

  check(field: CheckedField, { allOf, anyOf, oneOf, not }: CustomSchema): number {
    let count = 2;
    if (anyOf.length > 0) count += this.#anyOf(field, anyOf);
    if (oneOf.length > 0) count += this.#oneOf(field, oneOf);
    if (allOf.length > 0) count += this.#allOf(field, allOf);
    if (not !== undefined && this.#try(field, not).violations.length === 0)
      field.invalid('must not match the schema under not');
    return count;
  }

  #anyOf(field: CheckedField, branches: readonly CustomSchema[]): number {
    let best: Outcome | undefined;
    for (const branch of branches) {
      const outcome = this.#try(field, branch);
      if (outcome.violations.length === 0) return outcome.count;
      if (best === undefined || outcome.count > best.count) best = outcome;
    }
    field.invalid('must match at least one of the schemas under anyOf');
    return this.#adopt(best);
  }

  #oneOf(field: CheckedField, branches: readonly CustomSchema[]): number {
    let best: Outcome | undefined;
    const taken: Outcome[] = [];
    for (const branch of branches) {
      const outcome = this.#try(field, branch);
      if (outcome.violations.length === 0) taken.push(outcome);
      else if (best === undefined || outcome.count > best.count) best = outcome;
    }
    const [first, ...more] = taken;
    if (first !== undefined && more.length === 0) return first.count;
    const matches = first === undefined ? 'none' : `${taken.length} of them`;
    field.invalid(`must match exactly one of the schemas under oneOf, and matches ${matches}`);
    return first === undefined ? this.#adopt(best) : 0;
  }

  #allOf(field: CheckedField, branches: readonly CustomSchema[]): number {
    let count = 0;
    const before = field.errorCount;
    for (const branch of branches) count += this.#check(field, branch);
    if (field.errorCount > before) field.invalid('must match all of the schemas under allOf');
    return count;
  }

  /** Checks a branch without reporting its errors yet. */
  #try(field: CheckedField, branch: CustomSchema): Outcome {
    const before = this.#review.errors.length;
    const count = this.#check(field, branch);
    return { count, violations: this.#review.errors.splice(before) };
  }

  /** Reports the errors of the failed branch that came closest. */
  #adopt(outcome: Outcome | undefined): number {
    this.#review.errors.push(...(outcome?.violations ?? []));
    return outcome?.count ?? 0;
  }
}
