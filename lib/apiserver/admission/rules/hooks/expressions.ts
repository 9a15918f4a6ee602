import { PolicyCompiler, Program, type CelProblem, type PolicyScope, type Returns } from '../../../../cel';
import type { CheckedField } from '../../checked-field';

/**
 * The compiler for the expressions of one policy or the match conditions of one webhook.
 *
 * @source k8s.io/kubernetes pkg/apis/admissionregistration/validation/validation.go createCompiler 1.36
 */
export function compilerFor(field: CheckedField, scope: PolicyScope = {}): PolicyCompiler {
  return new PolicyCompiler(field.kubernetes, scope);
}

/**
 * Requires an expression that compiles and returns the right type.
 *
 * @source k8s.io/kubernetes pkg/apis/admissionregistration/validation/validation.go validateCELCondition, validateValidationExpression, validateMatchConditionsExpression, validateMessageExpression 1.36
 */
export function expression(
  field: CheckedField,
  compiler: PolicyCompiler,
  returns: Returns,
  purpose: { readonly hasAuthorizer?: boolean; readonly isPatch?: boolean } = {},
): void {
  reportProblems(field, compiler.compile(field.text, returns, purpose));
}

/**
 * Requires a valid expression of a variable, and declares the variable for later expressions.
 *
 * @source k8s.io/kubernetes pkg/apis/admissionregistration/validation/validation.go validateVariable 1.36
 */
export function variableExpression(field: CheckedField, compiler: PolicyCompiler, name: string): void {
  reportProblems(field, compiler.declare(name, field.text));
}

function reportProblems(field: CheckedField, compiled: Program | readonly CelProblem[]): void {
  if (compiled instanceof Program) return;
  for (const { message, line, column } of compiled)
    field.invalid(`compilation failed at line ${line}, column ${column}: ${message}`);
}
