import type { CheckedField } from '../../checked-field';
import { labelSelector } from '../selectors';
import { namedRule } from './match-rules';

/** What a policy that mutates can be about: not what is deleted. */
const MUTATING = ['*', 'CONNECT', 'CREATE', 'UPDATE'];

/**
 * What a policy is about: without a rule there is nothing to type-check it by.
 *
 * @source k8s.io/kubernetes pkg/apis/admissionregistration/validation/validation.go validateValidatingAdmissionPolicySpec, validateMutatingAdmissionPolicySpec 1.36
 */
export function matchConstraints(field: CheckedField): void {
  if (!field.isSet) return field.required();
  matchResources(field);
  field.child('resourceRules').needs();
}

/**
 * Which requests a policy or a binding is about.
 *
 * @source k8s.io/kubernetes pkg/apis/admissionregistration/validation/validation.go validateMatchResources 1.36
 */
export function matchResources(field: CheckedField): void {
  if (!field.isSet) return;
  field.child('matchPolicy').mustBeOneOf(['Exact', 'Equivalent']);
  for (const name of ['namespaceSelector', 'objectSelector']) labelSelector(field.child(name));
  const [rules, excluded] = [field.child('resourceRules'), field.child('excludeResourceRules')];
  for (const rule of [...rules.items, ...excluded.items]) namedRule(rule);
}

/**
 * Requests that can be mutated. The server does not say which rule asks for more.
 *
 * @source k8s.io/kubernetes pkg/apis/admissionregistration/validation/validation.go validateMutatingAdmissionPolicySpec 1.36
 */
export function mutableRequests(field: CheckedField): void {
  const rules = field.child('resourceRules');
  for (const operation of rules.items.flatMap((rule) => rule.child('operations').items)) {
    if (MUTATING.includes(operation.text)) continue;
    rules.child('operations').holding(operation.value).notSupported(MUTATING);
  }
}
