import { SeaworthyError } from '../../errors';
import { equalQuantities, parseQuantity } from '../../kube/quantity';
import { compareExactly, compareLike } from './compare';
import type { Look } from './look';
import { Matcher } from './matcher';
import type { Pattern } from './pattern';
import { show } from './show';

/** Matchers of one value each: see `match`. */

export class Like extends Matcher {
  readonly #pattern: Pattern;

  constructor(pattern: Pattern) {
    super(pattern);
    this.#pattern = pattern;
  }

  describe(): string {
    return show(this.#pattern);
  }

  compare(actual: unknown, look: Look): void {
    compareLike(this.#pattern, actual, look);
  }
}

export class Exactly extends Matcher {
  readonly #pattern: Pattern;

  constructor(pattern: Pattern) {
    super(pattern);
    this.#pattern = pattern;
  }

  describe(): string {
    return `exactly ${show(this.#pattern)}`;
  }

  compare(actual: unknown, look: Look): void {
    compareExactly(this.#pattern, actual, look);
  }
}

export class Absent extends Matcher {
  describe(): string {
    return 'nothing';
  }

  compare(actual: unknown, look: Look): void {
    look.saw();
    if (actual !== undefined) look.miss(this.describe());
  }
}

export class Any extends Matcher {
  describe(): string {
    return 'any value';
  }

  compare(actual: unknown, look: Look): void {
    look.saw(false);
    if (actual === undefined) look.miss(this.describe());
  }
}

export class Not extends Matcher {
  readonly #pattern: Pattern;

  constructor(pattern: Pattern) {
    super(pattern);
    this.#pattern = pattern;
  }

  describe(): string {
    return `anything but ${show(this.#pattern)}`;
  }

  compare(actual: unknown, look: Look): void {
    look.saw();
    if (look.attempt((attempt) => compareLike(this.#pattern, actual, attempt)).matches)
      look.miss(this.describe());
  }
}

export class TextPattern extends Matcher {
  readonly #pattern: RegExp;

  constructor(pattern: RegExp | string) {
    super();
    // A sticky or global expression would remember where it stopped.
    const flags = pattern instanceof RegExp ? pattern.flags.replace(/[gy]/g, '') : '';
    this.#pattern = compiled(pattern instanceof RegExp ? pattern.source : pattern, flags);
  }

  describe(): string {
    return `text that matches ${String(this.#pattern)}`;
  }

  compare(actual: unknown, look: Look): void {
    look.saw();
    if (typeof actual !== 'string' || !this.#pattern.test(actual)) look.miss(this.describe());
  }
}

function compiled(source: string, flags: string): RegExp {
  try {
    return new RegExp(source, flags);
  } catch (error) {
    const message = `match.pattern cannot read ${show(source)}: ${(error as Error).message}`;
    throw new SeaworthyError({
      code: 'INVALID_MATCHER',
      message,
      hint: 'Escape special characters that are meant literally.',
    });
  }
}

export class SameQuantity extends Matcher {
  readonly #text: string | number;

  constructor(text: string | number) {
    super();
    this.#text = text;
    if (parseQuantity(text) !== undefined) return;
    const message = `${show(text)} is not a quantity`;
    throw new SeaworthyError({
      code: 'INVALID_MATCHER',
      message,
      hint: 'Write one such as 250m, 0.25 or 1Gi.',
    });
  }

  describe(): string {
    return `a quantity equal to ${this.#text}`;
  }

  compare(actual: unknown, look: Look): void {
    look.saw();
    const found =
      typeof actual === 'string' || typeof actual === 'number' ? parseQuantity(actual) : undefined;
    const expected = parseQuantity(this.#text);
    if (found === undefined || expected === undefined || !equalQuantities(found, expected))
      look.miss(this.describe());
  }
}
