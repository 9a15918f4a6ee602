import type { Rule } from '../../rule';
import { podSecurityRule } from '../pod-security/policy-rule';

export const capabilities: Rule = {
  name: 'policy/capabilities',
  severity: 'warning',
  about: 'Finds capabilities of Linux beyond those that every container has, such as SYS_ADMIN.',
  why: 'Most of them are a way out of the container: SYS_ADMIN mounts disks, NET_ADMIN reads the traffic of others.',
  run: podSecurityRule('baseline', ({ check }) => check === 'capabilities_baseline'),
};
