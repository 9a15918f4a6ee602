import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'policy/duplicate-env',
  'warning',
  [
    'Pod shop/web',
    'spec.containers[0].env[1].name',
    'container "web" sets environment variable LEVEL again; the last value wins',
    'Remove one of them.',
  ],
  ({ failing, passing, found }) => [
    [
      'three times',
      failing('value: debug }', 'value: debug }\n        - { name: LEVEL, value: warn }'),
      [found('spec.containers[0].env[1].name'), found('spec.containers[0].env[2].name')],
    ],
    ['another name', failing('LEVEL, value: debug', 'LOG, value: debug'), []],
    ['no names', failing('name: LEVEL, ', ''), []],
    [
      'the same name in two containers',
      passing(
        '      env:',
        '    - name: other\n      image: acme/web:1.4.2\n      env:\n        - { name: LEVEL, value: info }\n    - name: third\n      image: acme/web:1.4.2\n      env:',
      ),
      [],
    ],
    [
      'the name of the container',
      failing('- name: web', '- name: api'),
      [found(undefined, 'container "api" sets environment variable LEVEL again; the last value wins')],
    ],
  ],
);
