import { PolicyCompiler, Program, type CelProblem, type PolicyScope, type Returns } from '../../../../cel';
import type { CheckedField } from '../../checked-field';

/**
 * The compiler of the expressions of one policy, or of the conditions of one webhook.
 *
 * @source k8s.io/kubernetes pkg/apis/admissionregistration/validation/validation.go createCompiler 1.36
 */
export function compilerFor(field: CheckedField, scope: PolicyScope = {}): PolicyCompiler {
  return new PolicyCompiler(field.kubernetes, scope);
}

/**
 * Asks for an expression that compiles and gives what it must.
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
 * Asks for the expression of a variable, and makes the variable known to what is compiled after it.
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
