import { isPlainRecord } from '../../manifest/data';
import { compareLike, missCount, own } from './compare';
import type { Look } from './look';
import { Matcher } from './matcher';
import type { Pattern } from './pattern';
import { show } from './show';

/** Matchers of lists: see `match`. */

/** Items of a list, each compared with a pattern on demand. */
class Attempts {
  readonly #look: Look;
  readonly #patterns: readonly Pattern[];
  readonly #items: readonly unknown[];
  readonly #made = new Map<number, Look>();

  constructor(look: Look, patterns: readonly Pattern[], items: readonly unknown[]) {
    this.#look = look;
    this.#patterns = patterns;
    this.#items = items;
  }

  of(pattern: number, item: number): Look {
    const key = pattern * this.#items.length + item;
    const made = this.#made.get(key);
    if (made !== undefined) return made;
    const attempt = this.#look.attempt((look) => {
      look.below(item, () => compareLike(this.#patterns[pattern], this.#items[item], look));
    });
    this.#made.set(key, attempt);
    return attempt;
  }

  /** The message for a pattern that no item matches: the mismatches of the closest one, if any is similar. */
  tellNearest(pattern: number): void {
    const near = this.#items
      .map((_, item) => this.of(pattern, item))
      .filter(({ mismatches, checks }) => mismatches.length > 0 && mismatches.length * 2 <= checks)
      .sort((a, b) => a.mismatches.length - b.mismatches.length);
    const [nearest] = near;
    if (nearest === undefined) this.#look.miss(`an item like ${show(this.#patterns[pattern])}`);
    else this.#look.take(nearest);
  }
}

export class ArrayWith extends Matcher {
  readonly #patterns: readonly Pattern[];

  constructor(patterns: readonly Pattern[]) {
    super(...patterns);
    this.#patterns = patterns;
  }

  override get partsAreItems(): boolean {
    return true;
  }

  describe(): string {
    return `a list with ${this.#patterns.map(show).join(' and ')}`;
  }

  compare(actual: unknown, look: Look): void {
    if (!Array.isArray(actual)) return missList(this, look);
    look.saw(false);
    const attempts = new Attempts(look, this.#patterns, actual);
    const taken = new Map<number, number>();
    const unmet = [...this.#patterns.keys()].filter(
      (pattern) => !assign(pattern, attempts, actual.length, taken, new Set()),
    );
    for (const [item, pattern] of taken) look.take(attempts.of(pattern, item));
    for (const pattern of unmet) attempts.tellNearest(pattern);
  }
}

/** Finds an item for `pattern`, reassigning others if that helps (Kuhn's algorithm). */
function assign(
  pattern: number,
  attempts: Attempts,
  items: number,
  taken: Map<number, number>,
  tried: Set<number>,
): boolean {
  for (let item = 0; item < items; item++) {
    if (tried.has(item) || !attempts.of(pattern, item).matches) continue;
    tried.add(item);
    const holder = taken.get(item);
    if (holder === undefined || assign(holder, attempts, items, taken, tried)) {
      taken.set(item, pattern);
      return true;
    }
  }
  return false;
}

export class InAnyOrder extends ArrayWith {
  readonly #whole: readonly Pattern[];

  constructor(patterns: readonly Pattern[]) {
    super(patterns);
    this.#whole = patterns;
  }

  override describe(): string {
    return `${show(this.#whole)} in any order`;
  }

  override compare(actual: unknown, look: Look): void {
    super.compare(actual, look);
    if (Array.isArray(actual) && actual.length !== this.#whole.length)
      missCount(this.#whole.length, actual.length, look);
  }
}

export class InOrder extends Matcher {
  readonly #patterns: readonly Pattern[];

  constructor(patterns: readonly Pattern[]) {
    super(...patterns);
    this.#patterns = patterns;
  }

  override get partsAreItems(): boolean {
    return true;
  }

  describe(): string {
    return `a list with ${this.#patterns.map(show).join(', then ')}`;
  }

  compare(actual: unknown, look: Look): void {
    if (!Array.isArray(actual)) return missList(this, look);
    look.saw(false);
    const attempts = new Attempts(look, this.#patterns, actual);
    let item = 0;
    for (const pattern of this.#patterns.keys()) {
      while (item < actual.length && !attempts.of(pattern, item).matches) item++;
      if (item === actual.length)
        return look.miss(`an item like ${show(this.#patterns[pattern])}${this.after(pattern)}`);
      look.take(attempts.of(pattern, item++));
    }
  }

  private after(pattern: number): string {
    return pattern === 0 ? '' : ` after ${show(this.#patterns[pattern - 1])}`;
  }
}

/** The fields that identify the items of a list: a name, or any others. */
export type Key = string | Readonly<Record<string, string | number>>;

export class Keyed extends Matcher {
  readonly #key: Readonly<Record<string, string | number>>;
  readonly #pattern: Pattern;

  constructor(key: Key, pattern: Pattern) {
    super(pattern, typeof key === 'string' ? { name: key } : key);
    this.#key = typeof key === 'string' ? { name: key } : key;
    this.#pattern = pattern;
  }

  override get partsAreItems(): boolean {
    return true;
  }

  describe(): string {
    return `a list with an item ${show(this.#key)}`;
  }

  compare(actual: unknown, look: Look): void {
    if (!Array.isArray(actual)) return missList(this, look);
    look.saw(false);
    const fields = Object.entries(this.#key);
    const index = actual.findIndex(
      (item) => isPlainRecord(item) && fields.every(([field, value]) => own(item, field) === value),
    );
    if (index < 0) return look.miss(`an item with ${show(this.#key)}${this.others(actual)}`);
    look.below(index, () => {
      compareLike(this.#key, actual[index], look);
      compareLike(this.#pattern, actual[index], look);
    });
  }

  private others(items: readonly unknown[]): string {
    const [field = ''] = Object.keys(this.#key);
    const values = items.map((item) => (isPlainRecord(item) ? own(item, field) : undefined));
    return values.length === 0 ? '' : `, and there is ${values.map(show).join(', ')}`;
  }
}

function missList(matcher: Matcher, look: Look): void {
  look.saw(false);
  look.miss(matcher.describe());
}
