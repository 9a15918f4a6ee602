import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'policy/empty-dir-limit',
  'info',
  [
    'Pod shop/web',
    'spec.volumes[0].emptyDir.sizeLimit',
    'volume "data" has no size limit and may fill the disk of the node',
    'Set sizeLimit, or limits.ephemeral-storage on a container.',
  ],
  ({ failing, found }) => [
    [
      'each volume',
      failing('emptyDir: {}', 'emptyDir: {}\n    - name: cache\n      emptyDir: { sizeLimit: null }'),
      [
        found(),
        found(
          'spec.volumes[1].emptyDir.sizeLimit',
          'volume "cache" has no size limit and may fill the disk of the node',
        ),
      ],
    ],
    ['a volume in memory', failing('emptyDir: {}', 'emptyDir: { medium: Memory }'), []],
    ['huge pages', failing('emptyDir: {}', 'emptyDir: { medium: HugePages }'), [found()]],
    ['another volume type', failing('emptyDir: {}', 'configMap: { name: a }'), []],
    [
      'a limit on one of several containers',
      failing(
        '      volumeMounts:',
        '      resources: { limits: { ephemeral-storage: 1Gi } }\n    - name: other\n      image: acme/web:1.4.2\n      volumeMounts:',
      ),
      [],
    ],
    [
      'a request is no limit',
      failing(
        '      volumeMounts:',
        '      resources: { requests: { ephemeral-storage: 1Gi } }\n      volumeMounts:',
      ),
      [found()],
    ],
    [
      'a LimitRange with a default',
      `${failing()}---
apiVersion: v1
kind: LimitRange
metadata: { name: a, namespace: shop }
spec: { limits: [{ type: Container, default: { ephemeral-storage: 1Gi } }] }
`,
      [],
    ],
  ],
);
