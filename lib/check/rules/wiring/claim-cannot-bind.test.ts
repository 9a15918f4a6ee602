import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('wiring/claim-cannot-bind', 'error', [
  'PersistentVolumeClaim data',
  'spec.resources.requests.storage',
  'PersistentVolume disk-1 has only 1Gi',
  'Change the claim or the volume.',
]);
