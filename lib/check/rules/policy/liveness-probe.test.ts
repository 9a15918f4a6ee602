import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('policy/liveness-probe', 'info', [
  'Deployment shop/web',
  'spec.template.spec.containers[0].livenessProbe',
  'container "web" has no livenessProbe',
  'Add a livenessProbe that depends only on the container itself.',
]);
