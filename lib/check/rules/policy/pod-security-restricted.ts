import type { Rule } from '../../rule';
import { container } from './support/example';
import { podSecurityRule } from '../pod-security/policy-rule';

export const podSecurityRestricted: Rule = {
  name: 'policy/pod-security-restricted',
  severity: 'warning',
  strict: true,
  about:
    'Finds what the level restricted of the Pod Security Standards forbids beyond baseline: root, rights that can grow, default capabilities, no seccomp profile, volumes of the network.',
  why: 'Applications need none of it, and without it a break-in stays in its container.',
  example: {
    failing: container(`securityContext:
  allowPrivilegeEscalation: false
  capabilities:
    drop: [ALL]
  seccompProfile:
    type: RuntimeDefault`),
    passing: container(`securityContext:
  runAsNonRoot: true
  allowPrivilegeEscalation: false
  capabilities:
    drop: [ALL]
  seccompProfile:
    type: RuntimeDefault`),
  },
  run: podSecurityRule('restricted', () => true),
};
