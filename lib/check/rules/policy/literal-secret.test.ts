import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'policy/literal-secret',
  'warning',
  [
    'Pod shop/web',
    'spec.containers[0].env[0].value',
    'contains a secret in plain text',
    'Move it to a Secret, and reference its key.',
  ],
  ({ failing, found }) => [
    [
      'an argument after its flag',
      failing(
        'env:\n        - name: DATABASE_PASSWORD\n          value: correct-horse-7',
        'args: [--verbose, --password, correct-horse-7]',
      ),
      [found('spec.containers[0].args[2]')],
    ],
    [
      'an argument with its flag, in the command',
      failing(
        'env:\n        - name: DATABASE_PASSWORD\n          value: correct-horse-7',
        'command: [--password=correct-horse-7]',
      ),
      [found('spec.containers[0].command[0]')],
    ],
    [
      'a ConfigMap',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: shop }\ndata: { LEVEL: info, PASSWORD: correct-horse-7 }\n',
      [found('data[PASSWORD]', undefined, undefined, 'ConfigMap shop/a')],
    ],
    [
      'a token by its shape',
      failing(
        'DATABASE_PASSWORD\n          value: correct-horse-7',
        `A\n          value: ${'ghp_'}${'a1B2'.repeat(9)}`,
      ),
      [found(undefined, 'contains a GitHub token')],
    ],
    ['a variable of another name', failing('DATABASE_PASSWORD', 'GREETING'), []],
    ['a placeholder', failing('correct-horse-7', '$(PASSWORD)'), []],
    ['an empty value', failing('correct-horse-7', "''"), []],
  ],
);
