import type { Rule } from '../../rule';
import { selectsNothing } from '../selects-nothing';

export const budgetSelectsNothing: Rule = {
  name: 'wiring/budget-selects-nothing',
  severity: 'error',
  about: 'Finds PodDisruptionBudgets whose selector matches no pod.',
  why: 'The pods that were meant are evicted all at once when nodes are drained.',
  run: selectsNothing(['budget-pods']),
};
