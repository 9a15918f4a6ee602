import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'wiring/network-policy-blocks-route',
  'error',
  [
    'NetworkPolicy web',
    'spec.ingress',
    'blocks traffic from outside to port 8080/TCP of Pod web, which Service web exposes',
    'Allow the port without peers, or from the namespace of the controller.',
  ],
  ({ failing, passing, found }) => [
    ['a NodePort', failing('type: LoadBalancer', 'type: NodePort'), [found()]],
    ['a Service of the cluster only', failing('type: LoadBalancer, ', ''), []],
    [
      'an Ingress',
      failing('type: LoadBalancer, ', '') +
        '---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: shop }\nspec: { rules: [{ http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] } }] }\n',
      [
        found(
          undefined,
          'blocks traffic from outside to port 8080/TCP of Pod web, which Ingress shop exposes',
        ),
      ],
    ],
    [
      'a route to one port of a Service',
      failing(
        'type: LoadBalancer, ',
        '',
        'ports: [{ port: 80, targetPort: 8080 }]',
        'ports: [{ name: other, port: 79, targetPort: 9090 }, { name: web, port: 80, targetPort: 8080 }]',
      ) +
        '---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: { name: shop }\nspec: { rules: [{ backendRefs: [{ name: web, port: 80 }] }] }\n',
      [
        found(
          undefined,
          'blocks traffic from outside to port 8080/TCP of Pod web, which HTTPRoute shop exposes',
        ),
      ],
    ],
    [
      'once a policy',
      failing(
        'ports: [{ port: 80, targetPort: 8080 }]',
        'ports: [{ name: a, port: 80, targetPort: 8080 }, { name: b, port: 81, targetPort: 8080 }]',
      ),
      [found()],
    ],
    [
      'another port',
      passing(
        'ingress: [{ ports: [{ port: 8080 }] }]',
        'ingress: [{ ports: [{ port: 9090 }] }]',
        'ports: [{ containerPort: 8080 }]',
        'ports: [{ containerPort: 8080 }, { containerPort: 9090 }]',
      ),
      [found()],
    ],
    [
      'an address',
      failing('{ podSelector: { matchLabels: { app: web } } }]', '{ ipBlock: { cidr: 10.0.0.0/8 } }]'),
      [],
    ],
    [
      'another namespace',
      failing(
        '{ podSelector: { matchLabels: { app: web } } }]',
        '{ namespaceSelector: { matchLabels: { team: edge } } }]',
      ),
      [],
    ],
    [
      'the pods of a Gateway',
      failing(
        '{ podSelector: { matchLabels: { app: web } } }]',
        '{ podSelector: { matchLabels: { gateway.networking.k8s.io/gateway-name: public } } }]',
      ),
      [],
    ],
    [
      'a second policy that allows it',
      failing() +
        '---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: open }\nspec: { podSelector: { matchLabels: { app: web } }, ingress: [{}] }\n',
      [],
    ],
    [
      'no rules',
      failing('ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }] }]', 'ingress: []'),
      [found()],
    ],
    [
      'egress only',
      failing(
        'ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }] }]',
        'policyTypes: [Egress]',
      ),
      [],
    ],
    [
      'a named port',
      failing(
        'containerPort: 8080',
        'name: http, containerPort: 8080',
        'targetPort: 8080',
        'targetPort: http',
      ),
      [found()],
    ],
    [
      'UDP',
      failing('targetPort: 8080', 'targetPort: 8080, protocol: UDP'),
      [
        found(
          undefined,
          'blocks traffic from outside to port 8080/UDP of Pod web, which Service web exposes',
        ),
      ],
    ],
  ],
);
