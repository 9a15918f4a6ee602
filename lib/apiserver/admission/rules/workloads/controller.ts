import { matches } from '../../../../kube/labels';
import type { Labels, LabelSelector } from '../../../../kube/labels';
import { labelKey, labelValue } from '../../../../kube/labels';
import type { CheckedField } from '../../checked-field';
import { readOnlyDisks } from '../pod/persistent-disks';
import { podTemplate } from '../pod/pod-spec';
import { isEmptySelector, labelSelector } from '../selectors';

/**
 * `selector` and `template` of a Deployment or ReplicaSet, whose selector must select the pods of its template.
 *
 * @source k8s.io/kubernetes pkg/apis/apps/validation/validation.go ValidateDeploymentSpec, ValidateReplicaSetSpec, ValidatePodTemplateSpecForReplicaSet 1.36
 */
export function selectorAndTemplate(spec: CheckedField): void {
  const [selector, template] = [spec.child('selector'), spec.child('template')];
  requiredSelector(selector);
  if (!isReadable(selector)) {
    selector.invalid('invalid label selector');
    return;
  }
  mustSelect(selector, template);
  podTemplate(template);
  if (spec.child('replicas').number > 1) readOnlyDisks(template);
  alwaysRunning(template);
}

/** Requires a selector that is set and not empty. */
export function requiredSelector(selector: CheckedField): void {
  if (!selector.isSet) return selector.required();
  labelSelector(selector);
  if (isEmptySelector(selector)) selector.invalid('empty selector is invalid: it would select all pods');
}

/** The selector must select the template's labels: an empty one selects everything, an absent one nothing. */
export function mustSelect(selector: CheckedField, template: CheckedField): void {
  const labels = template.child('metadata').child('labels');
  if (selects(selector, labels)) return;
  labels.invalid('`selector` does not match template `labels`');
}

export function selects(selector: CheckedField, labels: CheckedField): boolean {
  return matches(selector.value as LabelSelector | undefined, (labels.value ?? {}) as Labels);
}

/**
 * Only the pods of a Job can end.
 *
 * @source k8s.io/kubernetes pkg/apis/apps/validation/validation.go ValidatePodTemplateSpecForReplicaSet 1.36
 */
export function alwaysRunning(template: CheckedField): void {
  const spec = template.child('spec');
  spec.child('restartPolicy').mustBeOneOf(['Always']);
  const deadline = spec.child('activeDeadlineSeconds');
  if (deadline.isSet) deadline.forbidden('must not be set: these pods run on');
}

/**
 * Whether the server can convert a selector to evaluate it; if not, it stops here.
 *
 * @source k8s.io/apimachinery pkg/apis/meta/v1/helpers.go LabelSelectorAsSelector 1.36
 */
export function isReadable(selector: CheckedField): boolean {
  const pairs = selector.child('matchLabels').entries;
  if (pairs.some(({ name, text }) => labelKey(name) !== undefined || labelValue(text) !== undefined))
    return false;
  return selector.child('matchExpressions').items.every((requirement) => {
    const [key, operator, values] = [
      requirement.child('key').text,
      requirement.child('operator').text,
      requirement.child('values').texts,
    ];
    if (labelKey(key) !== undefined || values.some((value) => labelValue(value) !== undefined)) return false;
    if (operator === 'In' || operator === 'NotIn') return values.length > 0;
    return (operator === 'Exists' || operator === 'DoesNotExist') && values.length === 0;
  });
}
