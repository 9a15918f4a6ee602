import { objectsOf } from '../../../graph/objects';
import type { Rule } from '../../rule';

/** Source: SetDefaults_NetworkPolicy of networking/v1: without policyTypes, a policy is for ingress, whatever it says of it. */
export const networkPolicyTypes: Rule = {
  name: 'policy/network-policy-types',
  severity: 'warning',
  about: 'Finds NetworkPolicies without policyTypes and ingress.',
  why: 'They deny all ingress to the pods that they select, and those that limit only egress are rarely meant to.',
  run(cluster, report) {
    for (const { manifest, root } of objectsOf(cluster, 'networking.k8s.io/NetworkPolicy')) {
      const spec = root.child('spec');
      const types = spec.child('policyTypes');
      if (types.size > 0 || spec.child('ingress').isSet) continue;
      const hint =
        spec.child('egress').size > 0
          ? 'Set policyTypes: [Egress] to leave ingress open, or [Ingress, Egress] to deny it.'
          : 'Set policyTypes: [Ingress] to deny it, or remove the policy.';
      report(manifest, types.path, 'has no policyTypes, so it denies all ingress', hint);
    }
  },
};
