import type { Rule } from '../../rule';
import { selectsNothing } from '../selects-nothing';

export const serviceSelectsNothing: Rule = {
  name: 'wiring/service-selects-nothing',
  severity: 'error',
  about: 'Finds Services whose selector matches no pod.',
  why: 'The Service has no addresses, and nobody who calls it gets an answer.',
  run: selectsNothing(['service-pods']),
};
