import type { Rule } from '../../rule';
import { podSecurityRule } from '../pod-security/policy-rule';

/** The checks that have a rule of their own. */
const OWN = ['privileged', 'capabilities_baseline', 'hostNamespaces', 'hostPorts', 'hostPathVolumes'];

export const podSecurityBaseline: Rule = {
  name: 'policy/pod-security-baseline',
  severity: 'warning',
  about:
    'Finds what the level baseline of the Pod Security Standards forbids, where no other rule does: profiles of seccomp, AppArmor and SELinux, sysctls, procMount, hosts of probes, Windows host processes.',
  why: 'Nothing but an agent of the cluster itself needs any of it, and each is a known way out of a container.',
  run: podSecurityRule('baseline', ({ check }) => !OWN.includes(check)),
};
