import type { Rule } from '../../rule';
import { pod } from './support/example';
import { podSecurityRule } from '../pod-security/policy-rule';

const WEB = 'containers:\n  - name: web\n    image: acme/web:1.4.2';

export const hostNamespaces: Rule = {
  name: 'policy/host-namespaces',
  severity: 'warning',
  about: 'Finds pods on the network, among the processes or in the shared memory of their node.',
  why: 'Such a pod sees what other pods on the node do, and no NetworkPolicy holds it.',
  example: { failing: pod(`hostPID: true\n${WEB}`), passing: pod(WEB) },
  run: podSecurityRule('baseline', ({ check }) => check === 'hostNamespaces'),
};
