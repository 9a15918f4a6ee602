import type { Rule } from '../../rule';
import { targetMissing } from '../missing';

export const volumeMissing: Rule = {
  name: 'wiring/volume-missing',
  severity: 'error',
  about: 'Finds claims for a PersistentVolume by name that is not there.',
  why: 'The claim stays pending, and so do the pods that mount it.',
  run: targetMissing('volume'),
};
