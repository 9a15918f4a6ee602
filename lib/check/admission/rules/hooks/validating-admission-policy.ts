import { qualifiedName } from '../../../../kube/names';
import type { Field } from '../../field';
import { show } from '../../field';
import type { KindRule } from '../kind-rule';
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

/** That the expressions compile is not checked yet: it takes CEL and the types of what the policy matches. */
export const validatingAdmissionPolicy: KindRule = {
  kind: 'admissionregistration.k8s.io/ValidatingAdmissionPolicy',
  about: 'What the policy matches, its validations, variables and audit annotations.',
  check(object) {
    const spec = object.child('spec');
    spec.child('failurePolicy').mustBeOneOf(['Fail', 'Ignore']);
    if (spec.child('paramKind').isSet) paramKind(spec.child('paramKind'));
    matchConstraints(spec.child('matchConstraints'));
    matchConditions(spec.child('matchConditions'));
    for (const each of spec.child('variables').items) variable(each);

    const [validations, annotations] = [spec.child('validations'), spec.child('auditAnnotations')];
    if (validations.size === 0 && annotations.size === 0) {
      for (const list of [validations, annotations])
        list.required('must have an item, here or in the other list');
    }
    for (const each of validations.items) validation(each);
    auditAnnotations(annotations, object.child('metadata').child('name').text);
  },
};

/** A variable, which later expressions can use. */
export function variable(field: Field): void {
  const [name, expression] = [field.child('name'), field.child('expression')];
  if (name.text.trim() === '') name.required();
  else if (!CEL_IDENTIFIER.test(name.text) || CEL_WORDS.has(name.text))
    name.invalid('must be an identifier of CEL');
  if (expression.text.trim() === '') expression.required();
}

function validation(field: Field): void {
  const [expression, message, messageExpression, reason] = [
    'expression',
    'message',
    'messageExpression',
    'reason',
  ].map((name) => field.child(name)) as [Field, Field, Field, Field];
  if (expression.text.trim() === '') expression.required();
  if (messageExpression.text !== '' && messageExpression.text.trim() === '')
    messageExpression.invalid('must not be blank');
  if (message.text !== '' && message.text.trim() === '') message.invalid('must not be blank');
  else if (/[\n\r]/.test(message.text.trim())) message.invalid('must not have line breaks');
  if (reason.isSet) reason.mustBeOneOf(REASONS);
}

function auditAnnotations(list: Field, policy: string): void {
  if (list.size > MOST_ANNOTATIONS) list.invalid(`must have at most ${MOST_ANNOTATIONS}`);
  const seen = new Set<string>();
  for (const annotation of list.items) {
    const [key, value] = [annotation.child('key'), annotation.child('valueExpression')];
    const problem = qualifiedName(`${policy}/${key.text}`);
    if (problem !== undefined) key.invalid(`${show(key.text)} ${problem}`);
    if (value.text.trim() === '') value.required();
    else if (value.text.trim().length > LONGEST_VALUE_EXPRESSION) {
      value.required(`must be at most ${LONGEST_VALUE_EXPRESSION} bytes long`);
    }
    if (seen.has(key.text)) key.duplicate();
    seen.add(key.text);
  }
}
