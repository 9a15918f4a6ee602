import type { Rule } from '../../rule';
import { targetMissing } from '../missing';

export const routeBackendMissing: Rule = {
  name: 'wiring/route-backend-missing',
  severity: 'error',
  about: 'Finds routes of the Gateway API that lead to a Service which is not there.',
  why: 'Whoever asks for it gets the status 500.',
  run: targetMissing('route-backend'),
};
