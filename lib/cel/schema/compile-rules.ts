import type { KubernetesRelease } from '../../kube/schema';
import { optionalOf } from '../check/type';
import type { Type } from '../check/type';
import { environment } from '../environment';
import type { Environment } from '../environment';
import type { CelProblem } from '../problem';
import { Program, compile } from '../program';
import { structsOf } from './declaration';
import type { Declaration } from './declaration';
import { rulesOf } from './schema';
import type { Rule, Schema } from './schema';

/** A rule with its compiled expressions; a blank or invalid expression has no program. */
export interface CompiledRule {
  readonly rule: Rule;
  readonly program: Program | undefined;
  readonly problems: readonly CelProblem[];
  readonly message: Program | undefined;
  readonly messageProblems: readonly CelProblem[];
  /** Whether it uses the old value: such a rule is skipped where there is none. */
  readonly usesOldSelf: boolean;
}

const NONE = { problems: [], messageProblems: [], message: undefined, usesOldSelf: false };

/** Compiles the rules of one schema, but not of nested schemas. */
export function compileRulesOf(
  schema: Schema,
  declaration: Declaration,
  kubernetes: KubernetesRelease,
): CompiledRule[] {
  const rules = rulesOf(schema);
  if (rules.length === 0) return [];
  const environments = new Map<boolean, Environment>();
  const environmentOf = (isOptional: boolean): Environment => {
    const known = environments.get(isOptional);
    if (known !== undefined) return known;
    const oldSelf = isOptional ? optionalOf(declaration.type) : declaration.type;
    const variables = new Map<string, Type>([
      ['self', declaration.type],
      ['oldSelf', oldSelf],
    ]);
    const made = environment(kubernetes, variables, structsOf(declaration, kubernetes));
    environments.set(isOptional, made);
    return made;
  };
  return rules.map((rule) => compileRule(rule, environmentOf(rule.optionalOldSelf === true)));
}

function compileRule(rule: Rule, env: Environment): CompiledRule {
  if (rule.rule.trim() === '') return { ...NONE, rule, program: undefined };
  const program = compileAs('bool', rule.rule, env);
  if (!(program instanceof Program)) return { ...NONE, rule, program: undefined, problems: program };
  const compiled = { ...NONE, rule, program, usesOldSelf: program.uses('oldSelf') };
  if (rule.messageExpression === '') return compiled;
  const message = compileAs('string', rule.messageExpression, env);
  return message instanceof Program ? { ...compiled, message } : { ...compiled, messageProblems: message };
}

/** Compiles an expression that must return a given type. */
export function compileAs(
  kind: 'bool' | 'string',
  text: string,
  env: Environment,
): Program | readonly CelProblem[] {
  const program = compile(text, env);
  if (!(program instanceof Program) || program.type?.kind === kind) return program;
  return [{ message: `must evaluate to a ${kind}`, line: 1, column: 1 }];
}
