import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'policy/secret-manifest',
  'warning',
  [
    'Secret shop/database',
    'stringData',
    'contains secret values',
    'Let an ExternalSecret or a SealedSecret create it in the cluster.',
  ],
  ({ failing, found }) => [
    [
      'encoded values',
      failing('stringData:\n  password: correct-horse-7', 'data:\n  password: YQ=='),
      [found('data')],
    ],
    ['both', failing('stringData:', 'data: { a: YQ== }\nstringData:'), [found('data')]],
    ['empty maps', failing('stringData:\n  password: correct-horse-7', 'data: {}\nstringData: {}'), []],
    ['another kind', failing('kind: Secret', 'kind: Other'), []],
  ],
);
