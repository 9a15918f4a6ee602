import type { Rule } from '../../rule';
import { targetMissing } from '../missing';

export const secretStoreMissing: Rule = {
  name: 'wiring/secret-store-missing',
  severity: 'error',
  about: 'Finds ExternalSecrets of a SecretStore that is not there.',
  why: 'The Secret is never made, and the pods that need it do not start.',
  run: targetMissing('secret-store'),
};
