import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'policy/resource-requests',
  'warning',
  [
    'Pod shop/web',
    'spec.containers[0].resources.requests',
    'container "web" has no memory request',
    'Set requests.memory, and limits.memory.',
  ],
  ({ failing, passing, found }) => [
    [
      'no resources',
      failing('      resources:\n        requests: { cpu: 100m }\n', ''),
      [
        found(
          undefined,
          'container "web" has no cpu and memory request',
          'Set requests.cpu and requests.memory, and limits.memory.',
        ),
      ],
    ],
    [
      'no CPU',
      failing('cpu: 100m', 'memory: 64Mi'),
      [found(undefined, 'container "web" has no cpu request', 'Set requests.cpu, and limits.memory.')],
    ],
    ['a limit is a request', failing('requests: { cpu: 100m }', 'limits: { cpu: 100m, memory: 64Mi }'), []],
    ['a request of the pod', failing('spec:', 'spec:\n  resources: { requests: { memory: 1Gi } }'), []],
    [
      'init containers',
      passing('  containers:', '  initContainers: [{ name: init, image: acme/web:1.4.2 }]\n  containers:'),
      [],
    ],
    [
      'sidecars',
      passing(
        '  containers:',
        '  initContainers: [{ name: side, image: acme/web:1.4.2, restartPolicy: Always }]\n  containers:',
      ),
      [
        found(
          'spec.initContainers[0].resources.requests',
          'container "side" has no cpu and memory request',
          'Set requests.cpu and requests.memory, and limits.memory.',
        ),
      ],
    ],
    [
      'a default of a LimitRange',
      failing(),
      [],
      {
        assume:
          'apiVersion: v1\nkind: LimitRange\nmetadata: { name: a, namespace: shop }\nspec: { limits: [{ type: Container, defaultRequest: { memory: 1Gi } }] }\n',
      },
    ],
    [
      'a LimitRange of another namespace',
      failing(),
      [found()],
      {
        assume:
          'apiVersion: v1\nkind: LimitRange\nmetadata: { name: a, namespace: other }\nspec: { limits: [{ type: Container, defaultRequest: { memory: 1Gi } }] }\n',
      },
    ],
    [
      'a minimum of a LimitRange is its default request',
      failing(),
      [],
      {
        assume:
          'apiVersion: v1\nkind: LimitRange\nmetadata: { name: a, namespace: shop }\nspec: { limits: [{ type: Container, min: { memory: 1Mi } }] }\n',
      },
    ],
    [
      'a LimitRange for pods',
      failing(),
      [found()],
      {
        assume:
          'apiVersion: v1\nkind: LimitRange\nmetadata: { name: a, namespace: shop }\nspec: { limits: [{ type: Pod, max: { memory: 1Gi } }] }\n',
      },
    ],
    ['null is not set', failing('cpu: 100m', 'cpu: 100m, memory: null'), [found()]],
  ],
);
