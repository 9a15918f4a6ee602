import { ruleTest, unproven } from '../../../../test/check/rule-test';

ruleTest(
  'wiring/gateway-refuses-route',
  'error',
  [
    'HTTPRoute web',
    'spec.hostnames[0]',
    'Gateway public does not accept it: listener "http" has hostname "*.shop.example"',
    'Use a host that matches *.shop.example, or another listener.',
  ],
  ({ failing, passing, found }) => [
    [
      'the kind',
      passing(
        "hostname: '*.shop.example'",
        'allowedRoutes: { kinds: [{ kind: GRPCRoute }, { kind: TLSRoute }] }',
      ),
      [
        found(
          'kind',
          'Gateway public does not accept it: listener "http" accepts only GRPCRoute, TLSRoute',
          'Add the kind to allowedRoutes.kinds of the listener.',
        ),
      ],
    ],
    [
      'a kind among several',
      passing(
        "hostname: '*.shop.example'",
        'allowedRoutes: { kinds: [{ kind: GRPCRoute }, { kind: HTTPRoute }] }',
      ),
      [],
    ],
    [
      'another namespace',
      passing(
        '{ name: web }',
        '{ name: web, namespace: shop }',
        'name: public }]',
        'name: public, namespace: default }]',
      ),
      [
        found(
          'spec.parentRefs[0].name',
          'Gateway public does not accept it: listener "http" accepts no routes from namespace "shop"',
          'Allow the namespace in allowedRoutes.namespaces of the listener.',
          'HTTPRoute shop/web',
        ),
      ],
    ],
    [
      'another namespace, with all allowed',
      passing(
        '{ name: web }',
        '{ name: web, namespace: shop }',
        'name: public }]',
        'name: public, namespace: default }]',
        'port: 80,',
        'port: 80, allowedRoutes: { namespaces: { from: All } },',
      ),
      [],
    ],
    [
      'another namespace, with none allowed',
      passing('port: 80,', 'port: 80, allowedRoutes: { namespaces: { from: None } },'),
      [
        found(
          'spec.parentRefs[0].name',
          'Gateway public does not accept it: listener "http" accepts no routes from namespace "default"',
          'Allow the namespace in allowedRoutes.namespaces of the listener.',
        ),
      ],
    ],
    [
      'a namespace that is not selected',
      passing(
        '{ name: web }',
        '{ name: web, namespace: shop }',
        'name: public }]',
        'name: public, namespace: default }]',
        'port: 80,',
        'port: 80, allowedRoutes: { namespaces: { from: Selector, selector: { matchLabels: { a: b } } } },',
      ) + '---\napiVersion: v1\nkind: Namespace\nmetadata: { name: shop, labels: { a: c } }\n',
      [
        found(
          'spec.parentRefs[0].name',
          'Gateway public does not accept it: listener "http" accepts no routes from namespace "shop"',
          'Allow the namespace in allowedRoutes.namespaces of the listener.',
          'HTTPRoute shop/web',
        ),
      ],
    ],
    [
      'a namespace that is selected',
      passing(
        '{ name: web }',
        '{ name: web, namespace: shop }',
        'name: public }]',
        'name: public, namespace: default }]',
        'port: 80,',
        'port: 80, allowedRoutes: { namespaces: { from: Selector, selector: { matchLabels: { a: b } } } },',
      ) + '---\napiVersion: v1\nkind: Namespace\nmetadata: { name: shop, labels: { a: b } }\n',
      [],
    ],
    [
      'a namespace whose labels are unknown',
      passing(
        '{ name: web }',
        '{ name: web, namespace: shop }',
        'name: public }]',
        'name: public, namespace: default }]',
        'port: 80,',
        'port: 80, allowedRoutes: { namespaces: { from: Selector, selector: { matchLabels: { a: b } } } },',
      ),
      [],
    ],
    [
      'a namespace that is chosen as it is applied',
      passing(
        'kind: Gateway\nmetadata: { name: public }',
        'kind: Gateway\nmetadata: { name: public, namespace: infra }',
        'name: public }]',
        'name: public, namespace: infra }]',
      ),
      [
        unproven(
          found(
            'spec.parentRefs[0].name',
            'Gateway infra/public does not accept it: listener "http" accepts no routes from namespace "default", but whoever applies it chooses its namespace',
            'Allow the namespace in allowedRoutes.namespaces of the listener.',
          ),
        ),
      ],
    ],
    [
      'the protocol',
      passing('protocol: HTTP', 'protocol: TLS'),
      [
        found(
          'kind',
          'Gateway public does not accept it: listener "http" has protocol TLS, which takes only TLSRoute, TCPRoute',
          'Use another kind of route, or another listener.',
        ),
      ],
    ],
    ['a protocol of its own', passing('protocol: HTTP', 'protocol: example.com/HTTP'), []],
    [
      'none of several listeners',
      failing('listeners: [', 'listeners: [{ name: other, port: 81, protocol: HTTP, hostname: other.test },'),
      [
        found(
          undefined,
          'Gateway public does not accept it: none of its 2 listeners fits: listener "other" has hostname "other.test"',
          'Use a host that matches other.test, or another listener.',
        ),
      ],
    ],
    [
      'one listener that accepts it',
      failing('listeners: [', 'listeners: [{ name: other, port: 81, protocol: HTTP },'),
      [],
    ],
    [
      'the listener that the route names',
      failing(
        'listeners: [',
        'listeners: [{ name: other, port: 81, protocol: HTTP },',
        'name: public }]',
        'name: public, sectionName: http }]',
      ),
      [found()],
    ],
    ['one of several hosts', failing('[shop.test]', '[shop.test, www.shop.example]'), []],
    ['no hosts', failing('[shop.test]', '[]'), []],
    ['a listener without a host', failing(", hostname: '*.shop.example'", ''), []],
    [
      'a wildcard that has the host of the listener',
      failing("'*.shop.example'", 'www.shop.test', '[shop.test]', "['*.shop.test']"),
      [],
    ],
    ['the domain of a wildcard itself', failing('[shop.test]', '[shop.example]'), [found()]],
    ['the same host', failing("'*.shop.example'", 'shop.test'), []],
  ],
);
