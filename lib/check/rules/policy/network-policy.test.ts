import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('policy/network-policy', 'warning', [
  'Deployment shop/web',
  '',
  'no NetworkPolicy selects its pods',
  'Add one that allows only the intended clients.',
]);
