import type { Rule } from '../../rule';
import { podSecurityRule } from '../pod-security/policy-rule';

export const podSecurityRestricted: Rule = {
  name: 'policy/pod-security-restricted',
  severity: 'warning',
  strict: true,
  about:
    'Finds what the level restricted of the Pod Security Standards forbids beyond baseline: root, rights that can grow, default capabilities, no seccomp profile, volumes of the network.',
  why: 'Applications need none of it, and without it a break-in stays in its container.',
  run: podSecurityRule('restricted', () => true),
};
