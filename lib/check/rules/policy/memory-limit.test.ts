import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'policy/memory-limit',
  'warning',
  [
    'Pod shop/web',
    'spec.containers[0].resources.limits.memory',
    'container "web" has no memory limit',
    'Set limits.memory.',
  ],
  ({ failing, passing, found }) => [
    ['no request is for policy/resource-requests', failing('memory: 64Mi', 'ephemeral-storage: 1Gi'), []],
    [
      'init containers, without a request',
      passing('  containers:', '  initContainers: [{ name: init, image: acme/web:1.4.2 }]\n  containers:'),
      [found('spec.initContainers[0].resources.limits.memory', 'container "init" has no memory limit')],
    ],
    [
      'sidecars without a request',
      passing(
        '  containers:',
        '  initContainers: [{ name: side, image: acme/web:1.4.2, restartPolicy: Always }]\n  containers:',
      ),
      [],
    ],
    [
      'ephemeral containers cannot have limits',
      passing(
        '  containers:',
        '  ephemeralContainers: [{ name: debug, image: acme/web:1.4.2, resources: { requests: { memory: 1Mi } } }]\n  containers:',
      ),
      [],
    ],
    ['a limit on CPU', failing('memory: 64Mi }', 'memory: 64Mi }\n        limits: { cpu: 1 }'), [found()]],
    ['a limit of the pod', failing('spec:', 'spec:\n  resources: { limits: { memory: 1Gi } }'), []],
    [
      'a default of a LimitRange',
      failing(),
      [],
      {
        assume:
          'apiVersion: v1\nkind: LimitRange\nmetadata: { name: a, namespace: shop }\nspec: { limits: [{ type: Container, default: { memory: 1Gi } }] }\n',
      },
    ],
    [
      'a maximum of a LimitRange is its default',
      failing(),
      [],
      {
        assume:
          'apiVersion: v1\nkind: LimitRange\nmetadata: { name: a, namespace: shop }\nspec: { limits: [{ type: Container, max: { memory: 1Gi } }] }\n',
      },
    ],
  ],
);
