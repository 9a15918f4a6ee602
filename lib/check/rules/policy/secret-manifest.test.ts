import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('policy/secret-manifest', 'warning', [
  'Secret shop/database',
  'stringData',
  'contains secret values',
  'Let an ExternalSecret or a SealedSecret create it in the cluster.',
]);
