import type { Rule } from '../../rule';
import { targetMissing } from '../missing';

export const hookServiceMissing: Rule = {
  name: 'wiring/hook-service-missing',
  severity: 'error',
  about: 'Finds webhooks, aggregated APIs and conversions of custom resources whose Service is not there.',
  why: 'The API server refuses every request that it would have to ask about.',
  run: targetMissing('hook-service'),
};
