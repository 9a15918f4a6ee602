import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('wiring/monitor-selects-nothing', 'error', [
  'ServiceMonitor web',
  'spec.selector',
  'selector app=web matches no Services',
  'The closest match is Service web with no labels.',
]);
