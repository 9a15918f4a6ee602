import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('policy/same-probes', 'warning', [
  'Pod shop/web',
  'spec.containers[0].livenessProbe',
  'livenessProbe of container "web" repeats its readinessProbe and fails as soon',
  'Give the livenessProbe a higher failureThreshold, or another check.',
]);
