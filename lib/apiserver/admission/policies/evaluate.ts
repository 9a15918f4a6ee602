import { Budget, CelError, REQUEST_BUDGET, type Result } from '../../../cel';
import { type Activation, UNKNOWN } from './expressions';
import { LazyMap } from './lazy-map';
import type { Policy } from './policy';

/** The verdict of a policy on a request: the reasons for rejecting it. */
export interface Verdict {
  readonly refusals: readonly string[];
  /** Why it could not be evaluated, if that rejects the request under every action of the binding. */
  readonly failures: readonly string[];
  /** Whether a part was not decided because only the cluster can. */
  readonly isOpen: boolean;
}

/**
 * The total cost limit of match conditions (`RuntimeCELCostBudgetMatchConditions` of k8s.io/apiserver `pkg/apis/cel`).
 *
 * @source k8s.io/apiserver pkg/apis/cel/config.go RuntimeCELCostBudgetMatchConditions 1.36
 */
const CONDITION_BUDGET = REQUEST_BUDGET / 4;
/** Maximum length in bytes of a message from an expression. */
const LONGEST_MESSAGE = 5 * 1024;

const PASS: Verdict = { refusals: [], failures: [], isOpen: false };
const OPEN: Verdict = { ...PASS, isOpen: true };

/**
 * Evaluates a policy for a request.
 *
 *
 * @param values of the shared variables: `object`, `request`, `params`
 * @source k8s.io/apiserver pkg/admission/plugin/policy/validating/validator.go validator.Validate 1.36
 */
export function ask(policy: Policy, values: ReadonlyMap<string, Result>): Verdict {
  const budget = new Budget();
  const activation = { variables: withVariables(policy, values, budget), budget };
  const before = conditions(policy, { ...activation, budget: new Budget(CONDITION_BUDGET) });
  return before ?? validations(policy, activation);
}

/** `variables.name`, evaluated on first access. */
function withVariables(
  policy: Policy,
  values: ReadonlyMap<string, Result>,
  budget: Budget,
): ReadonlyMap<string, Result> {
  const all = new Map(values);
  const find = [...policy.variables].map(
    ([name, expression]) => [name, () => expression.evaluate({ variables: all, budget })] as const,
  );
  return all.set('variables', new LazyMap(new Map(find)));
}

/** The verdict, if the match conditions decide it. One false condition decides, even if others are errors. */
function conditions(policy: Policy, activation: Activation): Verdict | undefined {
  const results = policy.conditions.map((condition) => condition.evaluate(activation));
  if (results.includes(false)) return PASS;
  if (results.includes(UNKNOWN)) return OPEN;
  const errors = results.filter((result) => result instanceof CelError);
  if (errors.length === 0) return undefined;
  if (policy.ignoresFailures) return PASS;
  return { ...PASS, refusals: [errors.map(({ message }) => message).join('; ')] };
}

function validations(policy: Policy, activation: Activation): Verdict {
  const refusals: string[] = [];
  const results = policy.validations.map(({ expression }) => expression.evaluate(activation));
  for (const [index, validation] of policy.validations.entries()) {
    const result = results[index];
    if (result === true || result === UNKNOWN) continue;
    if (!(result instanceof CelError)) refusals.push(messageOf(validation, activation));
    else if (!policy.ignoresFailures)
      refusals.push(`"${validation.expression.text}" fails: ${result.message}`);
  }
  const annotations = policy.annotations.map((annotation) => annotation.evaluate(activation));
  const failures = policy.ignoresFailures ? [] : annotations.filter((result) => result instanceof CelError);
  return {
    refusals,
    failures: failures.filter((failure) => failure !== UNKNOWN).map(({ message }) => message),
    isOpen: results.includes(UNKNOWN) || annotations.includes(UNKNOWN),
  };
}

/** The message from an expression, else the fixed message, else the failed expression. */
function messageOf(
  { expression, message, messageExpression }: Policy['validations'][number],
  activation: Activation,
): string {
  const made = messageExpression?.evaluate(activation);
  const text = typeof made === 'string' ? made.trim() : '';
  if (text !== '' && !text.includes('\n') && Buffer.byteLength(text) <= LONGEST_MESSAGE) return text;
  return message === '' ? `"${expression.text.trim()}" is false` : message;
}
