import type { Rule } from '../../rule';
import { podSecurityRule } from '../pod-security/policy-rule';

export const podSecurityRestricted: Rule = {
  name: 'policy/pod-security-restricted',
  severity: 'warning',
  strict: true,
  about:
    'Finds violations of the Pod Security Standard restricted beyond baseline: root, privilege escalation, default capabilities, missing seccomp profiles, volume types.',
  why: 'Applications need none of these, and without them an attacker stays inside the container.',
  run: podSecurityRule('restricted', () => true),
};
