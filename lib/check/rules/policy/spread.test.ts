import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('policy/spread', 'info', [
  'Deployment shop/web',
  'spec.template.spec.topologySpreadConstraints',
  'all of its 2 pods may run on one node',
  'Add a topologySpreadConstraint with whenUnsatisfiable: ScheduleAnyway.',
]);
