import type { Rule } from '../../rule';
import { selectsNothing } from '../selects-nothing';

export const preferenceSelectsNothing: Rule = {
  name: 'wiring/preference-selects-nothing',
  severity: 'warning',
  about: 'Finds preferred affinities whose selector matches no pod.',
  why: 'The preference has no effect: pods are placed as if it were not there.',
  run: selectsNothing(['preference']),
};
