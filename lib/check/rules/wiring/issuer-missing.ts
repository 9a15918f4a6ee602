import type { Rule } from '../../rule';
import { targetMissing } from '../missing';

export const issuerMissing: Rule = {
  name: 'wiring/issuer-missing',
  severity: 'error',
  about: 'Finds certificates of cert-manager from an issuer that is not there.',
  why: 'The certificate is never issued.',
  run: targetMissing('issuer'),
};
