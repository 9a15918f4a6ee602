import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'policy/privileged',
  'warning',
  [
    'Pod shop/web',
    'spec.containers[0].securityContext.privileged',
    'container "web" is privileged',
    'Remove privileged, and add only the capabilities it needs.',
  ],
  ({ failing }) => [
    ['false', failing('privileged: true', 'privileged: false'), []],
    ['other violations', failing('privileged: true', 'capabilities: { add: [SYS_ADMIN] }'), []],
  ],
);
