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

/** The cost limit of one evaluation (`PerCallLimit` of the API server). */
export const PER_CALL_LIMIT = 1_000_000;

/** The total cost limit of all expressions for one request (`RuntimeCELCostBudget`). */
export const REQUEST_BUDGET = 10_000_000;

/** The remaining budget of the expressions for one request; each evaluation reduces it. */
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

/** The values of variables: by name, or from a function where they are expensive to compute. */
export type Variables = ReadonlyMap<string, Result> | ((name: string) => Result | undefined);

/** A compiled expression. It can be evaluated many times. */
export class Program {
  readonly text: string;
  readonly checked: Checked;
  readonly #plan: Plan;

  constructor(text: string, checked: Checked, plan: Plan) {
    this.text = text;
    this.checked = checked;
    this.#plan = plan;
  }

  /** The type of its result. */
  get type(): Type | undefined {
    return this.checked.types.get(this.checked.root);
  }

  /** Whether the expression uses a variable. */
  uses(variable: string): boolean {
    for (const name of this.checked.names.values()) if (name === variable) return true;
    return false;
  }

  /** The value of the expression, or an error. Never throws. */
  evaluate(variables: Variables, { budget }: EvaluateOptions = {}): Result {
    const lookUp = typeof variables === 'function' ? variables : (name: string) => variables.get(name);
    const frame = new Frame(lookUp, Math.min(PER_CALL_LIMIT, budget?.left ?? PER_CALL_LIMIT));
    try {
      return this.#plan(frame);
    } catch (error) {
      if (error instanceof BudgetExceeded) return new CelError(error.message);
      // Only limits of the JavaScript engine can throw here: the stack, or the length of a string.
      return new CelError(
        `it cannot be evaluated: ${error instanceof Error ? error.message : String(error)}`,
      );
    } finally {
      budget?.take(frame.spent);
    }
  }
}

const noStructs: MakeStruct = (name) => new CelError(`there is no type "${name}" to make objects of`);

/** Compiles an expression, or returns a list of its problems. Never throws. */
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
    const planner = new Planner(checked, actualCost(environment.kubernetes), makeStruct);
    const plan = planner.plan(root);
    if (planner.problems.length === 0) return new Program(text, checked, plan);
    return planner.problems.map(({ at, message }) => problemAt(text, at, message));
  } catch (error) {
    if (error instanceof CelSyntaxError) return [problemAt(text, error.at, error.message)];
    const why = error instanceof CelTooComplexError ? error.message : 'it is too deep to be read';
    return [problemAt(text, 0, why)];
  }
}

/** Whether a result is a value and not an error. */
export function isValue(result: Result): result is Value {
  return !(result instanceof CelError);
}
