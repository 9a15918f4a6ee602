import type { Rule } from '../../rule';
import { container } from './support/example';
import { podSecurityRule } from '../pod-security/policy-rule';

export const hostPort: Rule = {
  name: 'policy/host-port',
  severity: 'warning',
  about: 'Finds containers that take a port of their node.',
  why: 'Only one such pod fits on a node, so a rollout waits for a free one; and whoever reaches the node reaches it.',
  example: {
    failing: container('ports:\n  - containerPort: 8080\n    hostPort: 8080'),
    passing: container('ports:\n  - containerPort: 8080'),
  },
  run: podSecurityRule('baseline', ({ check }) => check === 'hostPorts'),
};
