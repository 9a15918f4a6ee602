import type { Rule } from '../../rule';
import { podSecurityRule } from '../pod-security/policy-rule';

export const capabilities: Rule = {
  name: 'policy/capabilities',
  severity: 'warning',
  about: 'Finds Linux capabilities beyond the default ones of a container, such as SYS_ADMIN.',
  why: 'Most of them allow a container escape: SYS_ADMIN mounts file systems, NET_ADMIN reads the traffic of other pods.',
  run: podSecurityRule('baseline', ({ check }) => check === 'capabilities_baseline'),
};
