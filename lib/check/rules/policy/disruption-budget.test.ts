import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'policy/disruption-budget',
  'warning',
  ['Deployment shop/web', '', 'no PodDisruptionBudget selects its 2 pods', 'Add one with maxUnavailable: 1.'],
  ({ failing, passing, found }) => [
    [
      'the number of pods',
      failing('replicas: 2', 'replicas: 3'),
      [found(undefined, 'no PodDisruptionBudget selects its 3 pods')],
    ],
    ['a single pod', failing('replicas: 2', 'replicas: 1'), []],
    ['no replicas', failing('  replicas: 2\n', ''), []],
    ['no Service', failing('kind: Service', 'kind: Other'), []],
    [
      'a budget of another namespace',
      passing('namespace: shop\nspec:\n  maxUnavailable', 'namespace: other\nspec:\n  maxUnavailable'),
      [found()],
    ],
    [
      'a budget of other pods',
      passing(
        'maxUnavailable: 1\n  selector:\n    matchLabels:\n      app: web',
        'maxUnavailable: 1\n  selector:\n    matchLabels:\n      app: api',
      ),
      [found()],
    ],
    [
      'a budget without selector',
      passing('maxUnavailable: 1\n  selector:\n    matchLabels:\n      app: web', 'maxUnavailable: 1'),
      [found()],
    ],
    [
      'a budget in the cluster',
      failing(),
      [],
      {
        assume:
          'apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: { name: web, namespace: shop }\nspec: { selector: { matchLabels: { app: web } } }\n',
      },
    ],
  ],
);
