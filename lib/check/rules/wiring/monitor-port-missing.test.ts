import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('wiring/monitor-port-missing', 'error', [
  'PodMonitor web',
  'spec.podMetricsEndpoints[0].port',
  'no container of Pod web has port "metrics"',
  'They have http (8080/TCP).',
]);
