import { ruleTest } from '../../../../test/check/rule-test';

const DEPLOYMENT = 'selects pods of Deployment api, as does PodDisruptionBudget';
const budget = (name: string, selector = '{}', namespace = '') =>
  `---\napiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: { name: ${name}${namespace} }\nspec: { minAvailable: 1, selector: ${selector} }\n`;

ruleTest(
  'wiring/disruption-budgets-overlap',
  'error',
  [
    'PodDisruptionBudget backend',
    'spec.selector',
    `${DEPLOYMENT} api, so that none of them can be evicted`,
    'Keep one budget for each pod, or give their selectors different labels.',
  ],
  ({ failing, passing, found }) => [
    ['two budgets with one selector', failing('{ tier: backend } }', '{ app: api } }'), [found()]],
    [
      'a budget for all pods',
      passing() + budget('all'),
      [found(undefined, undefined, undefined, 'PodDisruptionBudget all')],
    ],
    ['other pods', failing('{ tier: backend } }', '{ tier: frontend } }'), []],
    ['another namespace', passing() + budget('all', '{}', ', namespace: shop'), []],
    ['a budget without a selector, which is for no pod', passing() + budget('none', 'null'), []],
    ['one budget that is in the set twice', passing() + budget('api', '{ matchLabels: { app: api } }'), []],
    [
      'one that the cluster has already',
      passing(),
      [
        found(
          undefined,
          `${DEPLOYMENT} all, so that none of them can be evicted`,
          undefined,
          'PodDisruptionBudget api',
        ),
      ],
      { assume: budget('all').slice(4) },
    ],
    [
      'each of three',
      failing() + budget('all'),
      [found(undefined, undefined, undefined, 'PodDisruptionBudget all'), found()].reverse(),
    ],
  ],
);
