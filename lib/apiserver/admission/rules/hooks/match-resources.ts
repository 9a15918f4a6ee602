import type { CheckedField } from '../../checked-field';
import { labelSelector } from '../selectors';
import { namedRule } from './match-rules';

/** The operations that a mutating policy can match: all except DELETE. */
const MUTATING = ['*', 'CONNECT', 'CREATE', 'UPDATE'];

/**
 * The requests that a policy matches: without a rule, there is no type to check the policy against.
 *
 * @source k8s.io/kubernetes pkg/apis/admissionregistration/validation/validation.go validateValidatingAdmissionPolicySpec, validateMutatingAdmissionPolicySpec 1.36
 */
export function matchConstraints(field: CheckedField): void {
  if (!field.isSet) return field.required();
  matchResources(field);
  field.child('resourceRules').needs();
}

/**
 * The requests that a policy or a binding matches.
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
 * Requests that can be mutated. The server does not report which rule is invalid.
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
