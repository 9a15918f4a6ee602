import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'policy/default-namespace',
  'warning',
  [
    'Pod default/web',
    'metadata.namespace',
    'runs in namespace "default"',
    'Use a separate namespace for each application.',
  ],
  ({ failing }) => [
    ['no namespace in the manifest', failing('  namespace: default\n', ''), []],
    [
      'objects without pods',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: default }\n',
      [],
    ],
  ],
);
