import { hasAny, type Plain } from './plain';

/**
 * A policy applies to ingress, and to egress if it has egress rules.
 *
 * @source k8s.io/kubernetes pkg/apis/networking/v1/defaults.go SetDefaults_NetworkPolicy 1.36
 */
export function networkPolicySpec(spec: Plain): void {
  if (hasAny(spec, 'policyTypes')) return;
  spec['policyTypes'] = hasAny(spec, 'egress') ? ['Ingress', 'Egress'] : ['Ingress'];
}
