import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('policy/stale-config', 'warning', [
  'Deployment shop/web',
  'spec.template.spec.containers[0].envFrom[0].configMapRef.name',
  'reads ConfigMap "settings" as environment variables, so its changes do not reach running pods',
  'Add its checksum to an annotation of the pod template, or to its name and make it immutable.',
]);
