import type { Rule } from '../../rule';
import { targetMissing } from '../missing';

export const serviceAccountMissing: Rule = {
  name: 'wiring/service-account-missing',
  severity: 'error',
  about: 'Finds pods of a ServiceAccount that is not there.',
  why: 'The API server refuses to create the pods, and the workload stays without any.',
  run: targetMissing('service-account'),
};
