/** Steps from an object's root: map keys as strings, list indexes as numbers. */
export type Steps = readonly (string | number)[];

/** A path in an object that does not match. */
export interface Mismatch {
  readonly steps: Steps;
  /** What was expected, to follow the word "expected". */
  readonly expected: string;
}

/** The result of comparing one object with one expectation. */
export interface Comparison {
  readonly mismatches: readonly Mismatch[];
  /** How many values were compared. */
  readonly checks: number;
}

/** A comparison in progress: its position in the object, and what it has found. */
export class Look {
  readonly mismatches: Mismatch[] = [];
  checks = 0;
  /** The values for captures if the whole comparison succeeds. */
  readonly captured: (() => void)[] = [];
  readonly #steps: (string | number)[];
  readonly #saw: ((steps: Steps, all: boolean) => void) | undefined;

  /** @param saw receives each path that was compared, and whether with everything below it */
  constructor(saw?: (steps: Steps, all: boolean) => void, steps: Steps = []) {
    this.#saw = saw;
    this.#steps = [...steps];
  }

  get matches(): boolean {
    return this.mismatches.length === 0;
  }

  /** Sets the values of captures after the whole has matched. */
  capture(): void {
    for (const capture of this.captured) capture();
  }

  /** Continues at `step`. */
  below(step: string | number, compare: () => void): void {
    this.#steps.push(step);
    compare();
    this.#steps.pop();
  }

  /** The value here was compared: `all` of it, or only whether it is set. */
  saw(all = true): void {
    this.checks++;
    this.#saw?.(this.#steps, all);
  }

  miss(expected: string): void {
    this.mismatches.push({ steps: [...this.#steps], expected });
  }

  /** A comparison from here that may fail without consequence. */
  attempt(compare: (look: Look) => void): Look {
    const look = new Look(undefined, this.#steps);
    compare(look);
    return look;
  }

  /** Takes over what an attempt found. */
  take({ mismatches, checks, captured }: Look): void {
    this.mismatches.push(...mismatches);
    this.checks += checks;
    this.captured.push(...captured);
  }
}
