import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'wiring/reference-grant-missing',
  'error',
  [
    'HTTPRoute web',
    'spec.rules[0].backendRefs[0].namespace',
    'no ReferenceGrant in namespace "pages" allows HTTPRoute web to reference Service web',
    'Add a ReferenceGrant there, from HTTPRoute in namespace "default" to Service.',
  ],
  ({ failing, passing, found }) => [
    ['a grant for all Services', passing(), []],
    ['a grant by name', passing('kind: Service }', 'kind: Service, name: web }'), []],
    ['a grant for another name', passing('kind: Service }', 'kind: Service, name: other }'), [found()]],
    ['a grant for another kind', passing('kind: Service }', 'kind: Secret }'), [found()]],
    ['a grant for another group', passing("to: [{ group: ''", 'to: [{ group: apps'), [found()]],
    ['a grant from another namespace', passing('namespace: default }', 'namespace: shop }'), [found()]],
    [
      'a grant from another kind',
      passing('kind: HTTPRoute, namespace', 'kind: GRPCRoute, namespace'),
      [found()],
    ],
    [
      'a grant from another group',
      passing('from: [{ group: gateway.networking.k8s.io', 'from: [{ group: apps'),
      [found()],
    ],
    [
      'a grant in another namespace',
      passing('{ name: routes, namespace: pages }', '{ name: routes }'),
      [found()],
    ],
    ['a grant in the cluster', failing(), [], { assume: passing() }],
    [
      'the same namespace',
      failing(
        'namespace: pages, port',
        'port',
        'metadata: { name: web, namespace: pages }',
        'metadata: { name: web }',
      ),
      [],
    ],
    [
      'the certificate of a Gateway',
      failing(
        'kind: HTTPRoute\nmetadata: { name: web }\nspec: { rules: [{ backendRefs: [{ name: web, namespace: pages, port: 80 }] }] }',
        'kind: Gateway\nmetadata: { name: web }\nspec: { listeners: [{ name: a, port: 443, protocol: HTTPS, tls: { certificateRefs: [{ name: tls, namespace: pages }] } }] }',
      ) + '---\napiVersion: v1\nkind: Secret\nmetadata: { name: tls, namespace: pages }\n',
      [
        found(
          'spec.listeners[0].tls.certificateRefs[0].namespace',
          'no ReferenceGrant in namespace "pages" allows Gateway web to reference Secret tls',
          'Add a ReferenceGrant there, from Gateway in namespace "default" to Secret.',
          'Gateway web',
        ),
      ],
    ],
  ],
);
