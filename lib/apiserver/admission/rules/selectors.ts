import { oneOf } from '../../../errors';
import { labelKey, labelValue } from '../../../kube/labels';
import { dnsSubdomain } from '../../../kube/names';
import type { CheckedField } from '../checked-field';
import { labels } from './meta';

/**
 * A `metav1.LabelSelector`, as the API server validates it for new objects.
 *
 * @source k8s.io/apimachinery pkg/apis/meta/v1/validation/validation.go ValidateLabelSelector, ValidateLabelSelectorRequirement 1.36
 */
export function labelSelector(selector: CheckedField): void {
  labels(selector.child('matchLabels'));
  for (const requirement of selector.child('matchExpressions').items) {
    operatorAndValues(requirement, ['In', 'NotIn'], ['Exists', 'DoesNotExist']);
    requirement.child('key').must(labelKey);
    for (const value of requirement.child('values').items) value.must(labelValue);
  }
}

/** Whether a selector has neither labels nor expressions, and so selects everything. */
export function isEmptySelector(selector: CheckedField): boolean {
  return selector.child('matchLabels').size + selector.child('matchExpressions').size === 0;
}

/**
 * A `NodeSelector`: at least one term. `strictValues` is off for a preference.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateNodeSelector 1.36
 */
export function nodeSelector(selector: CheckedField): void {
  const terms = selector.child('nodeSelectorTerms');
  if (!terms.needs('must have at least one node selector term')) return;
  for (const term of terms.items) nodeSelectorTerm(term, true);
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateNodeSelectorTerm 1.36 */
export function nodeSelectorTerm(term: CheckedField, strictValues: boolean): void {
  for (const requirement of term.child('matchExpressions').items) {
    nodeRequirement(requirement);
    requirement.child('key').must(labelKey);
    if (!strictValues || !term.since('1.32')) continue;
    for (const value of requirement.child('values').items) value.must(labelValue);
  }
  for (const requirement of term.child('matchFields').items) nodeFieldRequirement(requirement);
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateNodeSelectorRequirement 1.36 */
function nodeRequirement(requirement: CheckedField): void {
  const [operator, values] = [requirement.child('operator').text, requirement.child('values')];
  if (operator !== 'Gt' && operator !== 'Lt') {
    operatorAndValues(requirement, ['In', 'NotIn'], ['Exists', 'DoesNotExist']);
  } else if (values.size !== 1) {
    values.required(`must be one value when the operator is ${operator}`);
  }
}

/**
 * Nodes can also be selected by name, one at a time.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateNodeFieldSelectorRequirement 1.36
 */
function nodeFieldRequirement(requirement: CheckedField): void {
  const [key, operator, values] = ['key', 'operator', 'values'].map((name) => requirement.child(name)) as [
    CheckedField,
    CheckedField,
    CheckedField,
  ];
  if (!['In', 'NotIn'].includes(operator.text)) operator.invalid('must be In or NotIn');
  else if (values.size !== 1) values.required('must be one value');
  if (key.text !== 'metadata.name')
    key.invalid('must be metadata.name, the only field of a node to select by');
  else for (const value of values.items) value.must(dnsSubdomain);
}

function operatorAndValues(
  requirement: CheckedField,
  withValues: readonly string[],
  without: readonly string[],
): void {
  const [operator, values] = [requirement.child('operator'), requirement.child('values')];
  if (withValues.includes(operator.text)) {
    if (values.size === 0) values.required("must be specified when `operator` is 'In' or 'NotIn'");
  } else if (without.includes(operator.text)) {
    if (values.size > 0) values.forbidden(`must not be set when the operator is ${operator.text}`);
  } else {
    operator
      .holding(operator.text)
      .invalid('not a valid selector operator', `Use ${oneOf([...withValues, ...without])}.`);
  }
}
