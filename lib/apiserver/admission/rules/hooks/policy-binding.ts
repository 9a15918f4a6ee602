import { dnsSubdomain } from '../../../../kube/names';
import type { CheckedField } from '../../checked-field';
import type { KindRule } from '../kind-rule';
import { matchResources, mutableRequests } from './match-resources';
import { paramRef } from './params';

const GROUP = 'admissionregistration.k8s.io';
const ACTIONS = ['Deny', 'Warn', 'Audit'];

/** @source k8s.io/kubernetes pkg/apis/admissionregistration/validation/validation.go validateValidatingAdmissionPolicyBindingSpec 1.36 */
export const validatingAdmissionPolicyBinding: KindRule = {
  kind: `${GROUP}/ValidatingAdmissionPolicyBinding`,
  about: 'The policy, its parameters, the requests that it is for, and what happens to those that fail.',
  check(object) {
    binding(object.child('spec'));
    validationActions(object.child('spec').child('validationActions'));
  },
};

/** @source k8s.io/kubernetes pkg/apis/admissionregistration/validation/validation.go validateMutatingAdmissionPolicyBindingSpec 1.36 */
export const mutatingAdmissionPolicyBinding: KindRule = {
  kind: `${GROUP}/MutatingAdmissionPolicyBinding`,
  about: 'The policy, its parameters, and the requests that it is for.',
  check(object) {
    binding(object.child('spec'));
    mutableRequests(object.child('spec').child('matchResources'));
  },
};

function binding(spec: CheckedField): void {
  const policy = spec.child('policyName');
  if (policy.needs()) policy.must(dnsSubdomain);
  paramRef(spec.child('paramRef'));
  const matched = spec.child('matchResources');
  // Misspelled by the server until 1.31.
  matchResources(matched.since('1.32') ? matched : spec.child('matchResouces').holding(matched.value));
}

/** @source k8s.io/kubernetes pkg/apis/admissionregistration/validation/validation.go validateValidationActions 1.36 */
function validationActions(list: CheckedField): void {
  list.needs('must have at least one action');
  const seen = new Set<string>();
  for (const action of list.items) {
    action.mustBeOneOf(ACTIONS);
    if (seen.has(action.text)) action.duplicate();
    seen.add(action.text);
  }
  if (seen.has('Deny') && seen.has('Warn')) list.invalid('must not have both Deny and Warn');
}
