import { CelError, compile, DYN, environment, Program } from '../../../cel';
import type { Environment, Result, Budget } from '../../../cel';
import type { KubernetesRelease } from '../../../kube/schema';

/** The variables of policy expressions, all dynamically typed. */
const VARIABLES = ['object', 'oldObject', 'request', 'params', 'namespaceObject', 'variables'];

/**
 * The error for facts that only the cluster knows: the user, their permissions, and namespaces that are not in the set.
 */
export const UNKNOWN = new CelError('it depends on what is only known in the cluster');

/** Values of variables, and the remaining cost budget. */
export interface Activation {
  readonly variables: ReadonlyMap<string, Result>;
  readonly budget: Budget;
}

/** A compiled expression of a policy. */
export interface Expression {
  readonly text: string;
  /** Its value, or an error. */
  readonly evaluate: (activation: Activation) => Result;
}

const environments = new Map<KubernetesRelease, Environment>();

function environmentOf(kubernetes: KubernetesRelease): Environment {
  let known = environments.get(kubernetes);
  if (known === undefined) {
    known = environment(kubernetes, new Map(VARIABLES.map((name) => [name, DYN])));
    environments.set(kubernetes, known);
  }
  return known;
}

export function expression(text: string, kubernetes: KubernetesRelease): Expression {
  if (/\bauthorizer\b/.test(text)) return { text, evaluate: () => UNKNOWN };
  const program = compile(text, environmentOf(kubernetes));
  if (program instanceof Program)
    return { text, evaluate: ({ variables, budget }) => program.evaluate(variables, { budget }) };
  const problem = new CelError(program.map(({ message }) => message).join('; '));
  return { text, evaluate: () => problem };
}
