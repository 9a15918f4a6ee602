import type { Rule } from '../../rule';
import { podSecurityRule } from '../pod-security/policy-rule';

export const privileged: Rule = {
  name: 'policy/privileged',
  severity: 'warning',
  about: 'Finds containers with all the rights of their node.',
  why: 'Whoever breaks into such a container has the node, and with it every pod that runs there.',
  run: podSecurityRule('baseline', ({ check }) => check === 'privileged'),
};
