import { readFieldPath } from '../../../../cel';
import type { CheckedField } from '../../checked-field';

const REASONS = ['FieldValueRequired', 'FieldValueForbidden', 'FieldValueInvalid', 'FieldValueDuplicate'];
const LINE_BREAK = /[\n\r]/;

/**
 * The fields of the rules (`x-kubernetes-validations`) of a schema, except their expressions.
 *
 * @source k8s.io/apiextensions-apiserver pkg/apis/apiextensions/validation/validation.go ValidateCustomResourceDefinitionOpenAPISchema 1.36
 */
export function ruleFields(schema: CheckedField): void {
  for (const rule of schema.child('x-kubernetes-validations').items) ruleField(rule, schema);
}

function ruleField(field: CheckedField, schema: CheckedField): void {
  const [rule, message, messageExpression, reason, path] = [
    'rule',
    'message',
    'messageExpression',
    'reason',
    'fieldPath',
  ].map((name) => field.child(name)) as [
    CheckedField,
    CheckedField,
    CheckedField,
    CheckedField,
    CheckedField,
  ];
  const said = message.text.trim();
  if (rule.text.trim() === '') rule.required();
  else if (message.text !== '' && said === '') message.invalid('must not be blank');
  else if (LINE_BREAK.test(said)) message.invalid('must not have line breaks');
  else if (LINE_BREAK.test(rule.text.trim()) && said === '')
    message.required('must be set for a rule with line breaks');
  if (messageExpression.text !== '' && messageExpression.text.trim() === '')
    messageExpression.required('must not be blank');
  if (reason.isSet) reason.mustBeOneOf(REASONS);
  if (path.text !== '') fieldPath(path, schema);
}

function fieldPath(path: CheckedField, schema: CheckedField): void {
  if (path.text.trim() === '') path.invalid('must not be blank');
  if (LINE_BREAK.test(path.text)) path.invalid('must not have line breaks');
  const read = readFieldPath(path.text, schema.value as Readonly<Record<string, unknown>>);
  if (typeof read === 'string') path.invalid(read);
}
