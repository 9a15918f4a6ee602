import type { Rule } from '../../rule';
import { targetMissing } from '../missing';

export const gatewayClassMissing: Rule = {
  name: 'wiring/gateway-class-missing',
  severity: 'error',
  about: 'Finds Gateways of a class that is not in the set. Where no class is known, none is missed.',
  why: 'No controller looks at the Gateway, so that none of its routes work.',
  run: targetMissing('gateway-class'),
};
