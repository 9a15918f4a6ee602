import type { Rule } from '../../rule';
import { podSecurityRule } from '../pod-security/policy-rule';

export const hostNamespaces: Rule = {
  name: 'policy/host-namespaces',
  severity: 'warning',
  about: 'Finds pods on the network, among the processes or in the shared memory of their node.',
  why: 'Such a pod sees what other pods on the node do, and no NetworkPolicy holds it.',
  run: podSecurityRule('baseline', ({ check }) => check === 'hostNamespaces'),
};
