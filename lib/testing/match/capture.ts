import { SeaworthyError } from '../../errors';
import { compareLike } from './compare';
import type { Look } from './look';
import { Matcher } from './matcher';
import type { Pattern } from './pattern';
import { show } from './show';

/** Captures the value in its position each time the whole expectation around it matches. */
export class Capture<T = unknown> extends Matcher {
  readonly #pattern: Pattern;
  readonly #values: T[] = [];

  constructor(pattern: Pattern) {
    super(pattern);
    this.#pattern = pattern;
  }

  describe(): string {
    return `${show(this.#pattern)}, to be captured`;
  }

  compare(actual: unknown, look: Look): void {
    compareLike(this.#pattern, actual, look);
    look.captured.push(() => this.#values.push(actual as T));
  }

  /** Every value, in the order in which they were found. */
  get values(): readonly T[] {
    return this.#values;
  }

  /**
   * The value that was found last.
   *
   * @throws SeaworthyError CAPTURE_EMPTY if no expectation with this capture has matched yet
   */
  get value(): T {
    if (this.#values.length === 0) {
      const message = 'the capture has no value: no expectation with it has matched';
      const hint = 'Read it after an assertion that holds, such as hasResource.';
      throw new SeaworthyError({ code: 'CAPTURE_EMPTY', message, hint });
    }
    return this.#values[this.#values.length - 1] as T;
  }
}
