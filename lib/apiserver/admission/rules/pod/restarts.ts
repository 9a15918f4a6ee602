import type { CheckedField } from '../../checked-field';
import type { PodContext } from './context';

const POLICIES = ['Always', 'Never', 'OnFailure'];

/**
 * `restartPolicy` and `restartPolicyRules` of a container. Before 1.35, where ContainerRestartRules (KEP-5307) became
 * on by default, only sidecars had their own policy.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateContainerRestartPolicy, validateInitContainers 1.36
 */
export function restartPolicy(container: CheckedField, sort: 'container' | 'initContainer'): void {
  const [policy, rules] = [container.child('restartPolicy'), container.child('restartPolicyRules')];
  if (!policy.isSet && rules.size === 0) return;
  if (!policy.isOn('ContainerRestartRules')) {
    if (!policy.isSet) return;
    if (sort === 'initContainer') policy.mustBeOneOf(['Always']);
    else policy.forbidden('must not be set before Kubernetes 1.35, except on sidecars');
    return;
  }
  if (!policy.isSet) {
    if (rules.size > 0) policy.required('must be set when there are restartPolicyRules');
    else return;
  } else if (
    sort === 'initContainer' &&
    policy.text === 'Always' &&
    !policy.isOn('RestartAllContainersOnContainerExits')
  ) {
    if (rules.size > 0) rules.forbidden('must not be set on sidecars before Kubernetes 1.36');
    return;
  } else {
    policy.mustBeOneOf(POLICIES);
  }
  if (sort === 'initContainer' && !policy.isSet) return;
  if (rules.size > 20) rules.tooMany(20);
  for (const rule of rules.items) restartRule(rule);
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateContainerRestartPolicy 1.36 */
function restartRule(rule: CheckedField): void {
  rule
    .child('action')
    .mustBeOneOf(
      rule.isOn('RestartAllContainersOnContainerExits') ? ['Restart', 'RestartAllContainers'] : ['Restart'],
    );
  const exitCodes = rule.child('exitCodes');
  if (!exitCodes.isSet) return exitCodes.required();
  exitCodes.child('operator').mustBeOneOf(['In', 'NotIn']);
  if (exitCodes.child('values').size > 255) exitCodes.child('values').tooMany(255);
}

/**
 * `resizePolicy` of a container. The server reports the list, not the invalid item.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateResizePolicy 1.36
 */
export function resizePolicy(list: CheckedField, { spec }: PodContext): void {
  const seen = new Set<string>();
  for (const policy of list.items) {
    const [resource, restart] = [policy.child('resourceName').text, policy.child('restartPolicy').text];
    if (seen.has(resource)) policy.duplicate();
    seen.add(resource);
    if (resource === '') list.required('resourceName must be set');
    else list.holding(resource).mustBeOneOf(['cpu', 'memory']);
    if (restart === '') list.required('restartPolicy must be set');
    else list.holding(restart).mustBeOneOf(['NotRequired', 'RestartContainer']);
    if (spec.child('restartPolicy').text === 'Never' && restart !== 'NotRequired') {
      list.invalid('restartPolicy must be NotRequired in a pod that restarts Never');
    }
  }
}
