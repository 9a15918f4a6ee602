import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'policy/host-path',
  'warning',
  [
    'Pod shop/web',
    'spec.volumes[0].hostPath',
    'mounts host path "/srv/data"',
    'Use another volume type, such as emptyDir or persistentVolumeClaim.',
  ],
  ({ failing, found }) => [
    [
      'the socket of a runtime is for policy/container-socket',
      failing('/srv/data', '/var/run/docker.sock'),
      [],
    ],
    [
      'each volume',
      failing(
        'hostPath: { path: /srv/data }',
        'hostPath: { path: /srv/data }\n    - name: log\n      hostPath: { path: /var/log }',
      ),
      [found(), found('spec.volumes[1].hostPath', 'mounts host path "/var/log"')],
    ],
  ],
);
