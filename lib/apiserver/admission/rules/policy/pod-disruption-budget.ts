import type { KindRule } from '../kind-rule';
import { labelSelector } from '../selectors';
import { atMostAll, countOrPercent } from '../workloads/rollout';

/** @source k8s.io/kubernetes pkg/apis/policy/validation/validation.go ValidatePodDisruptionBudget, ValidatePodDisruptionBudgetSpec 1.36 */
export const podDisruptionBudget: KindRule = {
  kind: 'policy/PodDisruptionBudget',
  about: 'How many pods may be missing, and which.',
  check(object) {
    const spec = object.child('spec');
    const bounds = [spec.child('minAvailable'), spec.child('maxUnavailable')].filter((bound) => bound.isSet);
    if (bounds.length > 1) spec.invalid('must have minAvailable or maxUnavailable, not both');
    for (const bound of bounds) {
      countOrPercent(bound);
      atMostAll(bound);
    }
    labelSelector(spec.child('selector'));
    const policy = spec.child('unhealthyPodEvictionPolicy');
    if (policy.isSet) policy.mustBeOneOf(['AlwaysAllow', 'IfHealthyBudget']);
  },
};
