import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'policy/read-only-root',
  'warning',
  [
    'Pod shop/web',
    'spec.containers[0].securityContext.readOnlyRootFilesystem',
    'container "web" can write to its root file system',
    'Set readOnlyRootFilesystem: true, and mount an emptyDir for writable paths.',
  ],
  ({ failing, passing, found }) => [
    ['false', passing('readOnlyRootFilesystem: true', 'readOnlyRootFilesystem: false'), [found()]],
    ['Windows', failing('spec:', 'spec:\n  os: { name: windows }'), []],
    ['Linux', failing('spec:', 'spec:\n  os: { name: linux }'), [found()]],
    [
      'init containers',
      passing('  containers:', '  initContainers: [{ name: init, image: acme/web:1.4.2 }]\n  containers:'),
      [
        found(
          'spec.initContainers[0].securityContext.readOnlyRootFilesystem',
          'container "init" can write to its root file system',
        ),
      ],
    ],
  ],
);
