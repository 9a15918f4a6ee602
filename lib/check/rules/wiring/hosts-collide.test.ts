import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'wiring/hosts-collide',
  'error',
  [
    'HTTPRoute old-web',
    'spec.rules[0]',
    'shop.example / is already used by HTTPRoute web at spec.rules[0]',
    'Use another host or path.',
  ],
  ({ failing, found }) => [
    [
      'another path',
      failing(
        'metadata: { name: old-web }\nspec:\n  hostnames: [shop.example]\n  parentRefs: [{ name: public }]\n  rules: [{',
        'metadata: { name: old-web }\nspec:\n  hostnames: [shop.example]\n  parentRefs: [{ name: public }]\n  rules: [{ matches: [{ path: { value: /old } }],',
      ),
      [],
    ],
    [
      'another Gateway',
      failing(
        'metadata: { name: old-web }\nspec:\n  hostnames: [shop.example]\n  parentRefs: [{ name: public }]',
        'metadata: { name: old-web }\nspec:\n  hostnames: [shop.example]\n  parentRefs: [{ name: internal }]',
      ),
      [],
    ],
    [
      'any host and path',
      failing('hostnames: [shop.example]', 'hostnames: []'),
      [found('spec.rules[0]', 'any host / is already used by HTTPRoute web at spec.rules[0]')],
    ],
    [
      'one of several hosts',
      failing(
        'metadata: { name: old-web }\nspec:\n  hostnames: [shop.example]',
        'metadata: { name: old-web }\nspec:\n  hostnames: [other.example, shop.example]',
      ),
      [found()],
    ],
    [
      'Ingresses',
      ['a', 'b']
        .map(
          (name) => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name} }
spec: { ingressClassName: nginx, rules: [{ host: shop.example, http: { paths: [{ path: /, pathType: Prefix }] } }] }
`,
        )
        .join('---\n'),
      [
        found(
          'spec.rules[0].http.paths[0].path',
          'shop.example / is already used by Ingress a at spec.rules[0].http.paths[0].path',
          undefined,
          'Ingress b',
        ),
      ],
    ],
    [
      'Ingresses without host and path',
      ['a', 'b']
        .map(
          (name) => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name}, annotations: { kubernetes.io/ingress.class: nginx } }
spec: { rules: [{ http: { paths: [{ pathType: Prefix }] } }] }
`,
        )
        .join('---\n'),
      [
        found(
          'spec.rules[0].http.paths[0]',
          'any host / is already used by Ingress a at spec.rules[0].http.paths[0]',
          undefined,
          'Ingress b',
        ),
      ],
    ],
    [
      'twice in one Ingress',
      `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: a }
spec: { rules: [{ host: a.test, http: { paths: [{ path: /, pathType: Prefix }, { path: /, pathType: Prefix }] } }] }
`,
      [
        found(
          'spec.rules[0].http.paths[1].path',
          'a.test / is already used by this object at spec.rules[0].http.paths[0].path',
          undefined,
          'Ingress a',
        ),
      ],
    ],
    [
      'another path type',
      `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: a }
spec: { rules: [{ host: a.test, http: { paths: [{ path: /, pathType: Prefix }, { path: /, pathType: Exact }] } }] }
`,
      [],
    ],
    [
      'Ingresses of two classes',
      ['a', 'b']
        .map(
          (name) => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name} }
spec: { ingressClassName: ${name}, rules: [{ host: shop.example, http: { paths: [{ path: /, pathType: Prefix }] } }] }
`,
        )
        .join('---\n'),
      [],
    ],
    [
      'a canary',
      ['a', 'b']
        .map(
          (name) => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name}, annotations: { nginx.ingress.kubernetes.io/canary: '${name === 'b'}' } }
spec: { rules: [{ host: shop.example, http: { paths: [{ path: /, pathType: Prefix }] } }] }
`,
        )
        .join('---\n'),
      [],
    ],
    ['copies of one object are for wiring/duplicate-identity', failing('old-web', 'web'), []],
  ],
);
