import type { Rule } from '../../rule';
import { targetMissing } from '../missing';

export const gatewayMissing: Rule = {
  name: 'wiring/gateway-missing',
  severity: 'error',
  about:
    'Finds routes of a Gateway that is neither in the set nor the one that the profile of the cluster names. Where no Gateway is known, none is missed.',
  why: 'The route hangs on nothing, so that nobody reaches what is behind it.',
  run: targetMissing('gateway', 'mesh-gateway'),
};
