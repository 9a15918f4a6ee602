import type { Look } from './look';

/** An expectation that is more than a value: it stands wherever a value may stand in a pattern. */
export abstract class Matcher {
  /** The patterns that this one is made of, which are checked before the first comparison. */
  readonly parts: readonly unknown[];

  constructor(...parts: unknown[]) {
    this.parts = parts;
  }

  /** What it expects, to stand after the word "expected". */
  abstract describe(): string;

  /** Compares `actual`, which is `undefined` where there is nothing, and tells `look` what is not as expected. */
  abstract compare(actual: unknown, look: Look): void;
}
