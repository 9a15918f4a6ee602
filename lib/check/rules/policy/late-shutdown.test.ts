import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'policy/late-shutdown',
  'warning',
  [
    'Pod shop/web',
    'spec.containers[0].lifecycle.preStop',
    'preStop of container "web" sleeps 30s of the 30s grace period',
    'Raise terminationGracePeriodSeconds, or sleep less.',
  ],
  ({ failing, found }) => [
    ['a second less', failing('sleep 30', 'sleep 29'), []],
    ['the default grace period', failing('  terminationGracePeriodSeconds: 30\n', ''), [found()]],
    ['a longer grace period', failing('Seconds: 30', 'Seconds: 31'), []],
    [
      'a shorter grace period',
      failing('Seconds: 30', 'Seconds: 5'),
      [found(undefined, 'preStop of container "web" sleeps 30s of the 5s grace period')],
    ],
    [
      'the sleep action',
      failing('exec: { command: [/bin/sh, -c, sleep 30] }', 'sleep: { seconds: 45 }'),
      [found(undefined, 'preStop of container "web" sleeps 45s of the 30s grace period')],
    ],
    [
      'a short sleep action',
      failing('exec: { command: [/bin/sh, -c, sleep 30] }', 'sleep: { seconds: 5 }'),
      [],
    ],
    [
      'sleep among other commands',
      failing('sleep 30', '"nginx -s quit; sleep 40 && true"'),
      [found(undefined, 'preStop of container "web" sleeps 40s of the 30s grace period')],
    ],
    ['sleep with its path', failing('/bin/sh, -c, sleep 30', "/bin/sleep, '30'"), [found()]],
    ['a word that ends in sleep', failing('sleep 30', 'nosleep 30'), []],
    ['a time that does not end there', failing('sleep 30', 'sleep 30m'), []],
    ['no hook', failing('preStop', 'postStart'), []],
    ['null is not set', failing('Seconds: 30', 'Seconds: null'), [found()]],
  ],
);
