import { parseIntOrPercent } from '../../../../kube/int-or-string';
import type { IntOrString } from '../../../../kube/int-or-string';
import { parseInt64 } from '../../../../kube/parse-int';
import type { CheckedField } from '../../checked-field';

/**
 * A count or a percentage, not negative.
 *
 * @source k8s.io/kubernetes pkg/apis/apps/validation/validation.go ValidatePositiveIntOrPercent 1.36
 */
export function countOrPercent(field: CheckedField): void {
  const { value } = field;
  if (typeof value === 'string') {
    if (!/^[0-9]+%$/.test(value))
      field.invalid("a valid percent string must be a numeric string followed by an ending '%'");
  } else if (field.number < 0) field.invalid('must be greater than or equal to 0');
}

/**
 * A percentage of at most 100%.
 *
 * @source k8s.io/kubernetes pkg/apis/apps/validation/validation.go IsNotMoreThan100Percent 1.36
 */
export function atMostAll(field: CheckedField): void {
  const parsed = parseIntOrPercent(field.value as IntOrString);
  if (parsed?.percent === true && parsed.value > 100) field.invalid('must be at most 100%');
}

/** The number of a count or a percentage, also from a string; any other string counts as zero. */
export function amountOf(field: CheckedField): number {
  if (typeof field.value === 'number') return field.value;
  return parseIntOrPercent(field.text)?.value ?? Number(parseInt64(field.text) ?? 0);
}

/**
 * `rollingUpdate` of a Deployment. Absent as a whole, it is 25% of each.
 *
 * @source k8s.io/kubernetes pkg/apis/apps/validation/validation.go ValidateRollingUpdateDeployment 1.36
 */
export function deploymentRollout(rollout: CheckedField): void {
  if (!rollout.isSet) return;
  const [unavailable, surge] = [rollout.child('maxUnavailable'), rollout.child('maxSurge')];
  countOrPercent(unavailable);
  countOrPercent(surge);
  if (amountOf(unavailable) === 0 && amountOf(surge) === 0) {
    unavailable.invalid('must not be 0 when maxSurge is 0: no pod could ever be replaced');
  }
  atMostAll(unavailable);
}

/**
 * `rollingUpdate` of a DaemonSet: one of the two. Absent as a whole, it is one unavailable pod.
 *
 * @source k8s.io/kubernetes pkg/apis/apps/validation/validation.go ValidateRollingUpdateDaemonSet 1.36
 */
export function daemonSetRollout(rollout: CheckedField): void {
  if (!rollout.isSet) return;
  const [unavailable, surge] = [rollout.child('maxUnavailable'), rollout.child('maxSurge')];
  for (const field of [unavailable, surge]) countOrPercent(field);
  for (const field of [unavailable, surge]) atMostAll(field);
  const [some, more] = [amountOf(unavailable) !== 0, amountOf(surge) !== 0];
  if (some && more) surge.invalid('must not be set when maxUnavailable is not 0');
  if (!some && !more) unavailable.required('must not be 0 when maxSurge is 0: no pod could ever be replaced');
}

/**
 * `rollingUpdate` of a StatefulSet.
 *
 * @source k8s.io/kubernetes pkg/apis/apps/validation/validation.go ValidateStatefulSetSpec, validateRollingUpdateStatefulSet 1.36
 */
export function statefulSetRollout(rollout: CheckedField): void {
  rollout.child('partition').mustBeAtLeast(0);
  const unavailable = rollout.child('maxUnavailable');
  if (!unavailable.isSet) return;
  countOrPercent(unavailable);
  if (amountOf(unavailable) === 0) unavailable.invalid('must not be 0');
  atMostAll(unavailable);
}
