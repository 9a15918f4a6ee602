import type { Rule } from '../../rule';
import { targetMissing } from '../missing';

export const configMapMissing: Rule = {
  name: 'wiring/config-map-missing',
  severity: 'error',
  about: 'Finds variables and volumes that read a ConfigMap which is not there.',
  why: 'The kubelet does not start a container whose ConfigMap it cannot find.',
  run: targetMissing('config-map'),
};
