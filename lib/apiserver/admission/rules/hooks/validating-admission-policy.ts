import type { PolicyCompiler } from '../../../../cel';
import { qualifiedName } from '../../../../kube/names';
import type { CheckedField } from '../../checked-field';
import type { KindRule } from '../kind-rule';
import { compilerFor, expression, variableExpression } from './expressions';
import { matchConditions } from './match-rules';
import { matchConstraints } from './match-resources';
import { paramKind } from './params';

const REASONS = ['Forbidden', 'Invalid', 'RequestEntityTooLarge'];
const MOST_ANNOTATIONS = 20;
const LONGEST_VALUE_EXPRESSION = 5 * 1024;
const CEL_IDENTIFIER = /^[_a-zA-Z][_a-zA-Z0-9]*$/;
const CEL_WORDS = new Set(
  `true false null in as break const continue else for function if import let loop package namespace return var void
  while`.split(/\s+/),
);

/** @source k8s.io/kubernetes pkg/apis/admissionregistration/validation/validation.go validateValidatingAdmissionPolicySpec 1.36 */
export const validatingAdmissionPolicy: KindRule = {
  kind: 'admissionregistration.k8s.io/ValidatingAdmissionPolicy',
  about: 'What the policy matches, its validations, variables and audit annotations.',
  check(object) {
    const spec = object.child('spec');
    const [hasParams, hasVariables] = [spec.child('paramKind').isSet, spec.child('variables').size > 0];
    const compiler = compilerFor(spec, { hasParams, hasVariables });
    spec.child('failurePolicy').mustBeOneOf(['Fail', 'Ignore']);
    if (hasParams) paramKind(spec.child('paramKind'));
    matchConstraints(spec.child('matchConstraints'));
    matchConditions(spec.child('matchConditions'), hasParams);
    for (const each of spec.child('variables').items) variable(each, compiler);

    const [validations, annotations] = [spec.child('validations'), spec.child('auditAnnotations')];
    if (validations.size === 0 && annotations.size === 0) {
      for (const list of [validations, annotations])
        list.required('validations or auditAnnotations must contain at least one item');
    }
    for (const each of validations.items) validation(each, compiler);
    auditAnnotations(annotations, object.child('metadata').child('name').text, compiler);
  },
};

/**
 * A variable for later expressions.
 *
 * @source k8s.io/kubernetes pkg/apis/admissionregistration/validation/validation.go validateVariable 1.36
 */
export function variable(field: CheckedField, compiler: PolicyCompiler): void {
  const [name, value] = [field.child('name'), field.child('expression')];
  if (name.text.trim() === '') name.required();
  else if (!CEL_IDENTIFIER.test(name.text) || CEL_WORDS.has(name.text))
    name.invalid('must be an identifier of CEL');
  if (value.text.trim() === '') value.required();
  else variableExpression(value, compiler, name.text);
}

/** @source k8s.io/kubernetes pkg/apis/admissionregistration/validation/validation.go validateValidation 1.36 */
function validation(field: CheckedField, compiler: PolicyCompiler): void {
  const [condition, message, messageExpression, reason] = [
    'expression',
    'message',
    'messageExpression',
    'reason',
  ].map((name) => field.child(name)) as [CheckedField, CheckedField, CheckedField, CheckedField];
  if (condition.text.trim() === '') condition.required();
  else expression(condition, compiler, 'bool');
  if (messageExpression.text.trim() !== '')
    expression(messageExpression, compiler, 'string', { hasAuthorizer: false });
  else if (messageExpression.text !== '') messageExpression.invalid('must not be blank');
  if (message.text !== '' && message.text.trim() === '') message.invalid('must not be blank');
  else if (/[\n\r]/.test(message.text.trim())) message.invalid('must not have line breaks');
  if (reason.isSet) reason.mustBeOneOf(REASONS);
}

/** @source k8s.io/kubernetes pkg/apis/admissionregistration/validation/validation.go validateAuditAnnotation 1.36 */
function auditAnnotations(list: CheckedField, policy: string, compiler: PolicyCompiler): void {
  if (list.size > MOST_ANNOTATIONS) list.invalid(`must have at most ${MOST_ANNOTATIONS}`);
  const seen = new Set<string>();
  for (const annotation of list.items) {
    const [key, value] = [annotation.child('key'), annotation.child('valueExpression')];
    const problem = qualifiedName(`${policy}/${key.text}`);
    if (problem !== undefined) key.invalid(problem);
    if (value.text.trim() === '') value.required();
    else if (Buffer.byteLength(value.text.trim()) > LONGEST_VALUE_EXPRESSION) {
      value.required(`must be at most ${LONGEST_VALUE_EXPRESSION} bytes long`);
    } else expression(value, compiler, 'string or null');
    if (seen.has(key.text)) key.duplicate();
    seen.add(key.text);
  }
}
