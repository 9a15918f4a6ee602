import type { Look } from './look';

/** An expectation that is more than a value: allowed anywhere in a pattern. */
export abstract class Matcher {
  /** The patterns inside it, which are validated before the first comparison. */
  readonly parts: readonly unknown[];

  /** Whether they are for the items of a list, and not for the value itself. */
  get partsAreItems(): boolean {
    return false;
  }

  constructor(...parts: unknown[]) {
    this.parts = parts;
  }

  /** What it expects, to follow the word "expected". */
  abstract describe(): string;

  /** Compares `actual` (`undefined` if not set), and reports mismatches to `look`. */
  abstract compare(actual: unknown, look: Look): void;
}
