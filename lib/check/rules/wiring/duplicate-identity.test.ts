import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'wiring/duplicate-identity',
  'error',
  ['ConfigMap settings', 'metadata.name', 'ConfigMap settings is defined twice'],
  ({ failing, found }) => [
    ['objects with generateName', failing('name: settings', 'generateName: settings-'), []],
    [
      'another namespace',
      failing(
        'metadata: { name: settings }\ndata: { LEVEL: debug }',
        'metadata: { name: settings, namespace: shop }\ndata: { LEVEL: debug }',
      ),
      [],
    ],
    [
      'another kind',
      failing(
        'kind: ConfigMap\nmetadata: { name: settings }\ndata: { LEVEL: debug }',
        'kind: Secret\nmetadata: { name: settings }',
      ),
      [],
    ],
    [
      'three of a kind',
      `${failing()}---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\n`,
      [found(), found()],
    ],
  ],
);
