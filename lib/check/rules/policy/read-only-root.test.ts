import { ruleTest } from '../../../../test/check/rule-test';

ruleTest('policy/read-only-root', 'warning', [
  'Pod shop/web',
  'spec.containers[0].securityContext.readOnlyRootFilesystem',
  'container "web" can write to its root file system',
  'Set readOnlyRootFilesystem: true, and mount an emptyDir for writable paths.',
]);
