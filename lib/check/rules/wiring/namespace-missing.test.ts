import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'wiring/namespace-missing',
  'info',
  [
    'ConfigMap shop/settings',
    'metadata.namespace',
    'namespace "shop" not found',
    'Add a Namespace, or pass it with --assume if the cluster has it.',
  ],
  ({ failing, passing, found }) => [
    [
      'each once',
      failing() +
        '---\n' +
        failing('name: settings', 'name: b') +
        '---\n' +
        failing('name: settings', 'name: c', 'namespace: shop', 'namespace: blog'),
      [found(), found(undefined, 'namespace "blog" not found', undefined, 'ConfigMap blog/c')],
    ],
    [
      'a similar Namespace',
      passing('metadata: { name: shop }', 'metadata: { name: shpo }'),
      [found(undefined, undefined, 'Did you mean "shpo"?')],
    ],
    [
      'a Namespace in the cluster',
      failing(),
      [],
      { assume: 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n' },
    ],
    ['namespaces of every cluster', failing('namespace: shop', 'namespace: kube-system'), []],
    ['no namespace', failing(', namespace: shop', ''), []],
  ],
);
