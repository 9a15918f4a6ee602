import type { Rule } from '../../rule';
import { podSecurityRule } from '../pod-security/policy-rule';

export const privileged: Rule = {
  name: 'policy/privileged',
  severity: 'warning',
  about: 'Finds privileged containers.',
  why: 'An attacker in such a container controls the node and every pod on it.',
  run: podSecurityRule('baseline', ({ check }) => check === 'privileged'),
};
