import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('policy/readiness-probe', 'warning', [
  'Deployment shop/web',
  'spec.template.spec.containers[0].readinessProbe',
  'container "web" has no readinessProbe and gets requests from Service "web" before it is ready',
  'Add a readinessProbe that checks the container itself.',
]);
