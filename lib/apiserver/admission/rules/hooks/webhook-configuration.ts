import { dnsSubdomain } from '../../../../kube/names';
import type { CheckedField } from '../../checked-field';
import type { KindRule } from '../kind-rule';
import { labelSelector } from '../selectors';
import { matchConditions, matchRule } from './match-rules';
import { reviewVersions, webhookClient } from './webhook-client';

const LONGEST_TIMEOUT = 30;

/** @source k8s.io/kubernetes pkg/apis/admissionregistration/validation/validation.go validateValidatingWebhookConfiguration 1.36 */
export const validatingWebhookConfiguration: KindRule = {
  kind: 'admissionregistration.k8s.io/ValidatingWebhookConfiguration',
  about: 'Webhooks: where they are, what they are asked about, and what happens when they fail.',
  check: webhooks,
};

/** @source k8s.io/kubernetes pkg/apis/admissionregistration/validation/validation.go validateMutatingWebhookConfiguration 1.36 */
export const mutatingWebhookConfiguration: KindRule = {
  kind: 'admissionregistration.k8s.io/MutatingWebhookConfiguration',
  about: 'Webhooks: where they are, what they are asked about, and when they are asked again.',
  check: webhooks,
};

/** @source k8s.io/kubernetes pkg/apis/admissionregistration/validation/validation.go validateValidatingWebhook, validateMutatingWebhook 1.36 */
function webhooks(object: CheckedField): void {
  const seen = new Set<string>();
  for (const webhook of object.child('webhooks').items) {
    const name = webhook.child('name');
    check(webhook);
    if (name.text !== '' && seen.has(name.text)) name.duplicate();
    seen.add(name.text);
  }
}

function check(webhook: CheckedField): void {
  const [name, sideEffects, reinvocation] = ['name', 'sideEffects', 'reinvocationPolicy'].map((field) =>
    webhook.child(field),
  ) as [CheckedField, CheckedField, CheckedField];
  if (name.needs()) name.must(fullName);
  for (const rule of webhook.child('rules').items) matchRule(rule);
  webhook.child('failurePolicy').mustBeOneOf(['Fail', 'Ignore']);
  webhook.child('matchPolicy').mustBeOneOf(['Exact', 'Equivalent']);
  if (sideEffects.isSet) sideEffects.mustBeOneOf(['None', 'NoneOnDryRun']);
  else sideEffects.required('must be None or NoneOnDryRun');
  webhook.child('timeoutSeconds').mustBeWithin(1, LONGEST_TIMEOUT);
  for (const field of ['namespaceSelector', 'objectSelector']) labelSelector(webhook.child(field));
  if (reinvocation.isSet) reinvocation.mustBeOneOf(['Never', 'IfNeeded']);
  webhookClient(webhook.child('clientConfig'));
  matchConditions(webhook.child('matchConditions'));
  reviewVersions(webhook.child('admissionReviewVersions'));
}

/** @source k8s.io/apimachinery pkg/util/validation/validation.go IsFullyQualifiedName 1.36 */
function fullName(name: string): string | undefined {
  const problem = dnsSubdomain(name);
  if (problem !== undefined || name.split('.').length >= 3) return problem;
  return 'must be a domain of at least three parts';
}
