import type { Rule } from '../../rule';
import { targetMissing } from '../missing';

export const claimMissing: Rule = {
  name: 'wiring/claim-missing',
  severity: 'error',
  about: 'Finds volumes of a PersistentVolumeClaim that is not there.',
  why: 'The pods wait for the claim, and never start.',
  run: targetMissing('claim'),
};
