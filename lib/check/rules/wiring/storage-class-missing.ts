import type { Rule } from '../../rule';
import { targetMissing } from '../missing';

export const storageClassMissing: Rule = {
  name: 'wiring/storage-class-missing',
  severity: 'error',
  about:
    'Finds claims of a storage class that is neither in the set nor among those that the profile of the cluster names. Where no class is known, none is missed.',
  why: 'Nobody provisions a volume for the claim, and the pods that mount it stay pending.',
  run: targetMissing('storage-class'),
};
