import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'policy/network-policy',
  'warning',
  [
    'Deployment shop/web',
    '',
    'no NetworkPolicy selects its pods',
    'Add one that allows only the intended clients.',
  ],
  ({ failing, passing, found }) => [
    ['pods on the network of their node', failing('    spec:', '    spec:\n      hostNetwork: true'), []],
    [
      'a policy of another namespace',
      passing('namespace: shop\nspec:\n  podSelector', 'namespace: other\nspec:\n  podSelector'),
      [found()],
    ],
    [
      'a policy for other pods',
      passing(
        'podSelector:\n    matchLabels:\n      app: web',
        'podSelector:\n    matchLabels:\n      app: api',
      ),
      [found()],
    ],
    [
      'a policy for all pods',
      passing('podSelector:\n    matchLabels:\n      app: web', 'podSelector: {}'),
      [],
    ],
    [
      'a policy in the cluster',
      failing(),
      [],
      {
        assume:
          'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: a, namespace: shop }\nspec: { podSelector: {} }\n',
      },
    ],
  ],
);
