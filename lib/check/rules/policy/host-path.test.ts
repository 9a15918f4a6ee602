import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('policy/host-path', 'warning', [
  'Pod shop/web',
  'spec.volumes[0].hostPath',
  'mounts host path "/srv/data"',
  'Use another volume type, such as emptyDir or persistentVolumeClaim.',
]);
