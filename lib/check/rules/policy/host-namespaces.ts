import type { Rule } from '../../rule';
import { podSecurityRule } from '../pod-security/policy-rule';

export const hostNamespaces: Rule = {
  name: 'policy/host-namespaces',
  severity: 'warning',
  about: 'Finds pods that share the network, process or IPC namespace of their node.',
  why: 'Such a pod sees the processes and traffic of other pods on the node, and no NetworkPolicy applies to it.',
  run: podSecurityRule('baseline', ({ check }) => check === 'hostNamespaces'),
};
