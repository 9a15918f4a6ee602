import type { Rule } from '../../rule';
import { selectsNothing } from '../selects-nothing';

export const networkPolicySelectsNothing: Rule = {
  name: 'wiring/network-policy-selects-nothing',
  severity: 'error',
  about: 'Finds NetworkPolicies whose podSelector matches no pod.',
  why: 'The pods that were meant are open to everybody.',
  run: selectsNothing(['policy-pods']),
};
