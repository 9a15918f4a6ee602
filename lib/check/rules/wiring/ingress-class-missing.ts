import type { Rule } from '../../rule';
import { targetMissing } from '../missing';

export const ingressClassMissing: Rule = {
  name: 'wiring/ingress-class-missing',
  severity: 'error',
  about:
    'Finds Ingresses of a class that is neither in the set nor the one that the profile of the cluster names. Where no class is known, none is missed.',
  why: 'No controller looks at the Ingress, so that nobody reaches what is behind it.',
  run: targetMissing('ingress-class'),
};
