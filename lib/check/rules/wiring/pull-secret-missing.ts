import type { Rule } from '../../rule';
import { targetMissing } from '../missing';

export const pullSecretMissing: Rule = {
  name: 'wiring/pull-secret-missing',
  severity: 'error',
  about: 'Finds imagePullSecrets that are not there.',
  why: 'The kubelet pulls without the login, and a private image cannot be pulled.',
  run: targetMissing('pull-secret'),
};
