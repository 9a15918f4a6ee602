import type { Rule } from '../../rule';
import { targetMissing } from '../missing';

export const governingServiceMissing: Rule = {
  name: 'wiring/governing-service-missing',
  severity: 'error',
  about: 'Finds StatefulSets whose serviceName names no Service.',
  why: 'The pods get no names of their own, by which they and their clients find each other.',
  run: targetMissing('governing-service'),
};
