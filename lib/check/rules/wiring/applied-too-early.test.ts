import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'wiring/applied-too-early',
  'warning',
  [
    'ConfigMap shop/settings',
    'metadata.namespace',
    'comes before its namespace "shop"',
    'Move Namespace shop before it.',
  ],
  ({ failing, found }) => [
    [
      'once a Namespace',
      failing(
        'data: { LEVEL: info }',
        'data: { LEVEL: info }\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: other, namespace: shop }',
      ),
      [found()],
    ],
    [
      'a custom resource',
      `apiVersion: acme.example/v1
kind: Shop
metadata: { name: corner }
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: shops.acme.example }
spec: { group: acme.example, scope: Namespaced, names: { kind: Shop, plural: shops }, versions: [] }
`,
      [
        [
          'Shop corner',
          'kind',
          'comes before its CustomResourceDefinition',
          'Move CustomResourceDefinition shops.acme.example before it.',
        ],
      ],
    ],
    [
      'a custom resource of another group',
      `apiVersion: acme.test/v1
kind: Shop
metadata: { name: corner }
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: shops.acme.example }
spec: { group: acme.example, scope: Namespaced, names: { kind: Shop, plural: shops }, versions: [] }
`,
      [],
    ],
    ['another Namespace', failing('metadata: { name: shop }', 'metadata: { name: other }'), []],
    ['an object without a namespace', failing(', namespace: shop', ''), []],
    [
      'a Namespace of another group',
      failing('apiVersion: v1\nkind: Namespace', 'apiVersion: acme.example/v1\nkind: Namespace'),
      [],
    ],
  ],
);
