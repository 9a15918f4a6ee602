import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('policy/container-socket', 'warning', [
  'Pod shop/web',
  'spec.volumes[0].hostPath',
  'mounts host path "/var/run/docker.sock"',
  'Use another volume type, such as emptyDir or persistentVolumeClaim.',
]);
