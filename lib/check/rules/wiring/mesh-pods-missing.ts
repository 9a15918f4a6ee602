import type { Rule } from '../../rule';
import { selectsNothing } from '../selects-nothing';

export const meshPodsMissing: Rule = {
  name: 'wiring/mesh-pods-missing',
  severity: 'error',
  about: 'Finds subsets and policies of Istio that select no pod.',
  why: 'A subset without pods answers with the status 503; a policy without pods protects nothing.',
  run: selectsNothing(['subset-pods', 'mesh-pods']),
};
