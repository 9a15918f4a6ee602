import type { Rule } from '../../rule';
import { targetMissing } from '../missing';

export const ingressBackendMissing: Rule = {
  name: 'wiring/ingress-backend-missing',
  severity: 'error',
  about: 'Finds Ingresses that lead to a Service which is not there.',
  why: 'Whoever asks for that path gets an error of the controller.',
  run: targetMissing('ingress-backend'),
};
