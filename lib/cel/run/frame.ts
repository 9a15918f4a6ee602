import type { Result, Value } from '../values/value';

/** The cost of a call in the API server, from its arguments, and from its result where it takes one. */
export type Cost = (args: readonly Value[], result: Result) => number;

/** The cost of a function, by name and overload. */
export type CallCost = (name: string, id: string) => Cost;

/** Stops an evaluation that exceeds its cost limit. */
export class BudgetExceeded extends Error {
  constructor() {
    super('the expression costs more than the API server lets it');
    this.name = 'BudgetExceeded';
  }
}

/** One evaluation: the values of variables, those of macros by number, and the cost so far. */
export class Frame {
  readonly slots: (Result | undefined)[] = [];
  readonly #variables: (name: string) => Result | undefined;
  readonly #limit: number;
  #spent = 0;

  constructor(variables: (name: string) => Result | undefined, limit: number) {
    this.#variables = variables;
    this.#limit = limit;
  }

  get spent(): number {
    return this.#spent;
  }

  variable(name: string): Result | undefined {
    return this.#variables(name);
  }

  /**
   * Spends `cost` only if it exceeds the limit.
   *
   * @throws BudgetExceeded if it does
   */
  afford(cost: number): void {
    if (this.#spent + cost > this.#limit) this.spend(cost);
  }

  /** @throws BudgetExceeded when the limit is exceeded */
  spend(cost: number): void {
    this.#spent += cost;
    if (this.#spent > this.#limit) throw new BudgetExceeded();
  }
}
