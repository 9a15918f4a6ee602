import { hasAny, type Plain } from './plain';

/** A policy is about what comes in, and about what goes out where it has a rule for that. */
export function networkPolicySpec(spec: Plain): void {
  if (hasAny(spec, 'policyTypes')) return;
  spec['policyTypes'] = hasAny(spec, 'egress') ? ['Ingress', 'Egress'] : ['Ingress'];
}
