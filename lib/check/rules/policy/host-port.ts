import type { Rule } from '../../rule';
import { podSecurityRule } from '../pod-security/policy-rule';

export const hostPort: Rule = {
  name: 'policy/host-port',
  severity: 'warning',
  about: 'Finds containers that use a port of their node.',
  why: 'Only one such pod fits on a node, so a rollout waits for a free node; and the port is open to everybody who reaches the node.',
  run: podSecurityRule('baseline', ({ check }) => check === 'hostPorts'),
};
