import type { Rule } from '../../rule';
import { targetMissing } from '../missing';

export const tlsSecretMissing: Rule = {
  name: 'wiring/tls-secret-missing',
  severity: 'error',
  about: 'Finds certificates of an Ingress or Gateway whose Secret is not there, and which nobody issues.',
  why: 'The controller serves a certificate of its own instead, which no browser trusts.',
  run: targetMissing('tls-secret'),
};
