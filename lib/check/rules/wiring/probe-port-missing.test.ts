import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('wiring/probe-port-missing', 'error', [
  'Pod web',
  'spec.containers[0].readinessProbe.httpGet.port',
  'container "web" has no port named "htpp"',
  'Did you mean "http"?',
]);
