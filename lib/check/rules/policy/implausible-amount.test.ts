import { ruleTest } from '../../../../test/check/rule-test';

const claim = (storage: string) =>
  `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: data }\nspec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: ${storage} } } }\n`;

ruleTest(
  'policy/implausible-amount',
  'warning',
  [
    'Pod shop/web',
    'spec.containers[0].resources.requests[memory]',
    '128 is less than 1Mi of memory',
    'Write the unit: 128Mi or 128Gi.',
  ],
  ({ passing, found }) => [
    [
      'thousandths of a byte',
      passing('memory: 128Mi }, limits', 'memory: 100m }, limits'),
      [found(undefined, '100m is less than 1Mi of memory', 'Write the unit: 100Mi or 100Gi.')],
    ],
    [
      'whole CPUs for thousandths',
      passing('cpu: 100m', 'cpu: 100'),
      [
        found(
          'spec.containers[0].resources.requests[cpu]',
          '100 is 100 whole CPUs',
          'Write 100m for thousandths of a CPU.',
        ),
      ],
    ],
    [
      'more memory than nodes have',
      passing('limits: { memory: 128Mi', 'limits: { memory: 2048Gi'),
      [
        found(
          'spec.containers[0].resources.limits[memory]',
          '2048Gi is 1000Gi of memory or more',
          'Check the unit: Mi is 1,048,576 bytes, Gi 1,024 times as much.',
        ),
      ],
    ],
    [
      'a claim',
      claim("'5'"),
      [
        found(
          'spec.resources.requests[storage]',
          '5 is less than 1Mi of storage',
          'Write the unit: 5Mi or 5Gi.',
          'PersistentVolumeClaim data',
        ),
      ],
    ],
    ['much storage', claim('20Ti'), []],
    ['none', passing('cpu: 100m', "cpu: '0'"), []],
    ['large nodes', passing('cpu: 100m', 'cpu: 64', 'memory: 128Mi', 'memory: 512Gi'), []],
    ['another resource', passing('cpu: 100m', 'cpu: 100m, example.com/dongle: 1'), []],
  ],
);
