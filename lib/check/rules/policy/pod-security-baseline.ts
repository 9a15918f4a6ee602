import type { Rule } from '../../rule';
import { podSecurityRule } from '../pod-security/policy-rule';

/** The checks that have a separate rule. */
const OWN = ['privileged', 'capabilities_baseline', 'hostNamespaces', 'hostPorts', 'hostPathVolumes'];

export const podSecurityBaseline: Rule = {
  name: 'policy/pod-security-baseline',
  severity: 'warning',
  about:
    'Finds violations of the Pod Security Standard baseline that no other rule finds: seccomp, AppArmor and SELinux profiles, sysctls, procMount, probe hosts, Windows host processes.',
  why: 'Only system agents need them, and each is a known container escape.',
  run: podSecurityRule('baseline', ({ check }) => !OWN.includes(check)),
};
