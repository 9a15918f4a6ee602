import { labelKey, labelValue } from '../../../../kube/labels';
import type { CheckedField } from '../../checked-field';
import type { KindRule } from '../kind-rule';

// Reviews are queries: the server answers them and stores nothing.

const GROUP = 'authorization.k8s.io';

/** @source k8s.io/kubernetes pkg/registry/authentication/tokenreview/storage.go REST.Create 1.36 */
export const tokenReview: KindRule = {
  kind: 'authentication.k8s.io/TokenReview',
  about: 'That there is a token.',
  check: (object) => void object.child('spec').child('token').needs(),
};

/** @source k8s.io/kubernetes pkg/registry/authorization/selfsubjectrulesreview/rest.go REST.Create 1.36 */
export const selfSubjectRulesReview: KindRule = {
  kind: `${GROUP}/SelfSubjectRulesReview`,
  about: 'That there is a namespace.',
  check: (object) => void object.child('spec').child('namespace').needs(),
};

/** @source k8s.io/kubernetes pkg/apis/authorization/validation/validation.go ValidateSubjectAccessReview 1.36 */
export const subjectAccessReview: KindRule = {
  kind: `${GROUP}/SubjectAccessReview`,
  about: 'Who asks for what; no metadata.',
  check(object) {
    subject(object.child('spec'));
    question(object.child('spec'));
    noMetadata(object.child('metadata'), []);
  },
};

/** @source k8s.io/kubernetes pkg/apis/authorization/validation/validation.go ValidateSelfSubjectAccessReview 1.36 */
export const selfSubjectAccessReview: KindRule = {
  kind: `${GROUP}/SelfSubjectAccessReview`,
  about: 'What is asked for; no metadata.',
  check(object) {
    question(object.child('spec'));
    noMetadata(object.child('metadata'), []);
  },
};

/**
 * @source k8s.io/kubernetes pkg/apis/authorization/validation/validation.go ValidateLocalSubjectAccessReview 1.36
 * @source k8s.io/kubernetes pkg/registry/authorization/localsubjectaccessreview/rest.go REST.Create 1.36
 */
export const localSubjectAccessReview: KindRule = {
  kind: `${GROUP}/LocalSubjectAccessReview`,
  about: 'Who asks for what in the namespace of the review; no other metadata.',
  check(object) {
    const [spec, namespace] = [object.child('spec'), object.child('metadata').child('namespace')];
    subject(spec);
    question(spec);
    noMetadata(object.child('metadata'), ['namespace']);
    const [resource, url] = [spec.child('resourceAttributes'), spec.child('nonResourceAttributes')];
    const asked = resource.child('namespace');
    // Without a namespace, the client uses its default one, which can be any.
    if (resource.isSet && namespace.isSet && asked.text !== namespace.text)
      asked.invalid(`must be the namespace of the review, ${namespace.text}`);
    if (url.isSet) url.invalid('must not be set: URLs have no namespace');
  },
};

/** @source k8s.io/kubernetes pkg/apis/authorization/validation/validation.go ValidateSubjectAccessReviewSpec 1.36 */
function subject(spec: CheckedField): void {
  if (spec.child('user').text === '' && spec.child('groups').size === 0)
    spec.child('user').invalid('at least one of user or group must be specified');
}

/** @source k8s.io/kubernetes pkg/apis/authorization/validation/validation.go ValidateSelfSubjectAccessReviewSpec, validateResourceAttributes 1.36 */
function question(spec: CheckedField): void {
  const [resource, url] = [spec.child('resourceAttributes'), spec.child('nonResourceAttributes')];
  const at = (field: CheckedField): CheckedField => (spec.since('1.37') ? spec : field);
  if (resource.isSet && url.isSet)
    at(url).invalid('must not have both resourceAttributes and nonResourceAttributes');
  if (!resource.isSet && !url.isSet)
    at(resource).invalid('exactly one of nonResourceAttributes or resourceAttributes must be specified');
  selector(resource.child('fieldSelector'), fieldKey);
  selector(resource.child('labelSelector'), labelRequirement);
}

function fieldKey(requirement: CheckedField): void {
  requirement.child('key').needs();
}

function labelRequirement(requirement: CheckedField): void {
  requirement.child('key').must(labelKey);
  for (const value of requirement.child('values').items) value.must(labelValue);
}

/**
 * Unknown operators are accepted: a newer client may support them.
 *
 * @source k8s.io/kubernetes pkg/apis/authorization/validation/validation.go validateFieldSelectorAttributes, validateLabelSelectorAttributes 1.36
 */
function selector(field: CheckedField, rule: (requirement: CheckedField) => void): void {
  if (!field.isSet) return;
  const [raw, requirements] = [field.child('rawSelector'), field.child('requirements')];
  if (raw.text !== '' && requirements.size > 0) raw.invalid('must not be set together with requirements');
  if (raw.text === '' && requirements.size === 0)
    requirements.required('must be set unless rawSelector is set');
  for (const requirement of requirements.items) {
    const [operator, values] = [requirement.child('operator').text, requirement.child('values')];
    if ((operator === 'In' || operator === 'NotIn') && values.size === 0)
      values.required(`must be set when the operator is ${operator}`);
    if ((operator === 'Exists' || operator === 'DoesNotExist') && values.size > 0)
      values.forbidden(`must not be set when the operator is ${operator}`);
    rule(requirement);
  }
}

/** Fields that the server sets; it removes the values of a user. */
const OF_THE_SERVER = [
  'managedFields',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'selfLink',
  'uid',
];

function noMetadata(metadata: CheckedField, allowed: readonly string[]): void {
  const isFilled = (field: CheckedField): boolean => typeof field.value !== 'object' || field.size > 0;
  const others = metadata.entries.filter(({ name }) => ![...allowed, ...OF_THE_SERVER].includes(name));
  if (others.some(isFilled)) metadata.invalid('must be empty');
}
