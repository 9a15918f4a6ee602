/**
 * CEL as in the API server: checks, evaluates and estimates the cost of expressions.
 *
 * One expression with its variables:
 * ```ts
 * const program = compile('self > 3', environment('1.36', new Map([['self', INT]])));
 * if (program instanceof Program) program.evaluate(new Map([['self', 5n]]));   // true, or a CelError
 * else program;                                                                // what is wrong: CelProblem[]
 * ```
 * The rules (`x-kubernetes-validations`) of a custom resource, compiled once for a schema:
 * ```ts
 * const rules = RuleSet.of(openAPIV3Schema, '1.36');
 * rules.evaluate(object);   // [{ path: 'spec.replicas', message: '…', reason: 'FieldValueInvalid' }]
 * ```
 * The expressions of a policy, whose variables are visible to later expressions:
 * ```ts
 * const policy = new PolicyCompiler('1.36', { hasParams: true, hasVariables: true });
 * const replicas = policy.declare('replicas', 'object.spec.replicas');
 * const program = policy.compile('variables.replicas < params.most', 'bool');
 * program.evaluate(new Map([['object', valueOf(object)], ['params', valueOf(params)],
 *   ['variables', new LazyStruct(['replicas'], (name) => …)]]));
 * ```
 * `valueOf` converts data. One `Budget` for all expressions about a request enforces the API server's limit.
 */
export { environment } from './environment';
export type { Environment } from './environment';
export { Budget, compile, isValue, PER_CALL_LIMIT, Program, REQUEST_BUDGET } from './program';
export type { CelProblem } from './problem';
export { PolicyCompiler } from './policies';
export type { PolicyScope, Returns } from './policies';
export { compileRulesOf } from './schema/compile-rules';
export type { CompiledRule } from './schema/compile-rules';
export { declare } from './schema/declaration';
export type { Declaration } from './schema/declaration';
export { escapeName } from './schema/escaping';
export { readFieldPath } from './schema/field-path';
export { DEFINITION_LIMIT, RULE_LIMIT, mostBelow, mostValues, worstCost } from './schema/rule-costs';
export { RuleSet } from './schema/rules';
export type { RuleOptions, Violation } from './schema/rules';
export { valueOf } from './values/data';
export { LazyStruct } from './values/struct';
export { CelError } from './values/value';
export type { Result, Value } from './values/value';
export { BOOL, BYTES, DOUBLE, DYN, INT, STRING } from './check/type';
