import type { Rule } from '../../rule';
import { selectsNothing } from '../selects-nothing';

export const affinitySelectsNothing: Rule = {
  name: 'wiring/affinity-selects-nothing',
  severity: 'error',
  about: 'Finds required affinities and topology spread constraints whose selector matches no pod.',
  why: 'Pods are not spread, not kept apart, or, where they have to be near to others, never placed.',
  run: selectsNothing(['affinity', 'spread']),
};
