import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('wiring/selectors-overlap', 'error', [
  'Deployment web',
  'spec.selector',
  'selector app=web also matches the pods of Deployment worker',
  'Give each workload its own label in selector and template.',
]);
