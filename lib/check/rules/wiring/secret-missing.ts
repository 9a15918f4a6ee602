import type { Rule } from '../../rule';
import { targetMissing } from '../missing';

export const secretMissing: Rule = {
  name: 'wiring/secret-missing',
  severity: 'error',
  about:
    'Finds variables, volumes and logins that read a Secret which is not there, and which no controller makes.',
  why: 'The kubelet does not start a container whose Secret it cannot find.',
  run: targetMissing('secret'),
};
