import type { Rule } from '../../rule';
import { targetMissing } from '../missing';

export const objectMissing: Rule = {
  name: 'wiring/object-missing',
  severity: 'error',
  about:
    'Finds references to other objects that are not there: device claims, objects that an autoscaler measures, admission policies, logins of KEDA, sources of Flux.',
  why: 'What refers to them does nothing, or waits for ever.',
  run: targetMissing('other'),
};
