import type { Rule } from '../../rule';
import { container } from './support/example';
import { podSecurityRule } from '../pod-security/policy-rule';

export const capabilities: Rule = {
  name: 'policy/capabilities',
  severity: 'warning',
  about: 'Finds capabilities of Linux beyond those that every container has, such as SYS_ADMIN.',
  why: 'Most of them are a way out of the container: SYS_ADMIN mounts disks, NET_ADMIN reads the traffic of others.',
  example: {
    failing: container('securityContext:\n  capabilities:\n    add: [SYS_ADMIN]'),
    passing: container('securityContext:\n  capabilities:\n    drop: [ALL]\n    add: [NET_BIND_SERVICE]'),
  },
  run: podSecurityRule('baseline', ({ check }) => check === 'capabilities_baseline'),
};
