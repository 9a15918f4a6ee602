import type { Rule } from '../../rule';
import { partMissing } from '../missing';

export const keyMissing: Rule = {
  name: 'wiring/key-missing',
  severity: 'error',
  about: 'Finds variables and files that read a key which their ConfigMap or Secret does not have.',
  why: 'The kubelet does not start a container when a key that it needs is missing; a file that is mounted by itself becomes an empty folder.',
  run: partMissing('key', 'key'),
};
