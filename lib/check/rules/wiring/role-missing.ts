import type { Rule } from '../../rule';
import { targetMissing } from '../missing';

export const roleMissing: Rule = {
  name: 'wiring/role-missing',
  severity: 'error',
  about: 'Finds bindings of a Role or ClusterRole that is neither in the set nor one that every cluster has.',
  why: 'The binding grants nothing until somebody makes a role of that name, whatever that will allow.',
  run: targetMissing('role'),
};
