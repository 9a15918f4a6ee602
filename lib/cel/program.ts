import { check } from './check/checker';
import type { Checked } from './check/checker';
import { checkElements } from './check/elements';
import type { Type } from './check/type';
import { CelTooComplexError } from './check/unify';
import { checkLiterals } from './check/literals';
import { actualCost } from './cost/actual';
import type { Environment } from './environment';
import { CelSyntaxError, problemAt } from './problem';
import type { CelProblem } from './problem';
import { BudgetExceeded, Frame } from './run/frame';
import { Planner } from './run/plan';
import type { MakeStruct } from './run/literals';
import type { Plan } from './run/plan';
import { parse } from './syntax/parser';
import { CelError } from './values/value';
import type { Result, Value } from './values/value';

/** What one call of an expression may cost (`PerCallLimit` of the API server). */
export const PER_CALL_LIMIT = 1_000_000;

/** What all expressions together may cost that one request has to pass (`RuntimeCELCostBudget`). */
export const REQUEST_BUDGET = 10_000_000;

/** What is left for the expressions that look at one request; each evaluation takes from it. */
export class Budget {
  #left: number;

  constructor(limit = REQUEST_BUDGET) {
    this.#left = limit;
  }

  get left(): number {
    return this.#left;
  }

  take(cost: number): void {
    this.#left = Math.max(0, this.#left - cost);
  }
}

export interface EvaluateOptions {
  /** @default nothing but the limit of one call */
  readonly budget?: Budget;
}

/** The values of variables: by name, or by a function where they are costly to find. */
export type Variables = ReadonlyMap<string, Result> | ((name: string) => Result | undefined);

/** An expression that has been compiled. It can be evaluated as often as need be. */
export class Program {
  readonly text: string;
  readonly checked: Checked;
  readonly #plan: Plan;

  constructor(text: string, checked: Checked, plan: Plan) {
    this.text = text;
    this.checked = checked;
    this.#plan = plan;
  }

  /** The type of its value. */
  get type(): Type | undefined {
    return this.checked.types.get(this.checked.root);
  }

  /** Whether the expression speaks of a variable. */
  uses(variable: string): boolean {
    for (const name of this.checked.names.values()) if (name === variable) return true;
    return false;
  }

  /** The value of the expression, or why it has none. Nothing makes this throw. */
  evaluate(variables: Variables, { budget }: EvaluateOptions = {}): Result {
    const lookUp = typeof variables === 'function' ? variables : (name: string) => variables.get(name);
    const frame = new Frame(lookUp, Math.min(PER_CALL_LIMIT, budget?.left ?? PER_CALL_LIMIT));
    try {
      return this.#plan(frame);
    } catch (error) {
      if (error instanceof BudgetExceeded) return new CelError(error.message);
      // What is left to throw is the engine's own end: the stack, or a string too long for it.
      return new CelError(
        `it cannot be evaluated: ${error instanceof Error ? error.message : String(error)}`,
      );
    } finally {
      budget?.take(frame.spent);
    }
  }
}

const noStructs: MakeStruct = (name) => new CelError(`there is no type "${name}" to make objects of`);

/** Compiles an expression; what is wrong with it comes back as a list. Nothing makes this throw. */
export function compile(
  text: string,
  environment: Environment,
  makeStruct: MakeStruct = noStructs,
): Program | readonly CelProblem[] {
  try {
    const root = parse(text, environment.syntax);
    const checked = check(root, environment, text);
    if (!('root' in checked)) return checked;
    const wrong = checkElements(checked, text);
    if (environment.checksLiterals) wrong.push(...checkLiterals(checked, text));
    if (wrong.length > 0) return wrong;
    const planner = new Planner(checked, actualCost, makeStruct);
    const plan = planner.plan(root);
    if (planner.problems.length === 0) return new Program(text, checked, plan);
    return planner.problems.map(({ at, message }) => problemAt(text, at, message));
  } catch (error) {
    if (error instanceof CelSyntaxError) return [problemAt(text, error.at, error.message)];
    const why = error instanceof CelTooComplexError ? error.message : 'it is too deep to be read';
    return [problemAt(text, 0, why)];
  }
}

/** Whether a value is a value, and not the reason why there is none. */
export function isValue(result: Result): result is Value {
  return !(result instanceof CelError);
}
