import { check } from '../../check';
import { ManifestSet } from '../../../manifest/set';
import { ruleTest, unproven } from '../../../../test/check/rule-test';

const ofIngresses = [
  'Ingress b',
  'spec.rules[0].http.paths[0].path',
  'shop.example / is already used by Ingress a at spec.rules[0].http.paths[0].path, with other backends: one of them gets no requests',
  'Use another host or path.',
] as const;

function ingresses(names: string, spec: string, annotation = ''): string {
  return names
    .split(', ')
    .map(
      (name) => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name}, annotations: { ${annotation} } }
spec:
  rules: [{ host: shop.example, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: ${name} } } }] } }]
  ${spec}
`,
    )
    .join('---\n');
}

function classOf(controller: string, usual = 'false'): string {
  return `---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: { name: edge, annotations: { ingressclass.kubernetes.io/is-default-class: '${usual}' } }
spec: { controller: ${controller} }
`;
}

ruleTest(
  'wiring/hosts-collide',
  'error',
  [
    'HTTPRoute old-web',
    'spec.rules[0]',
    'shop.example / is already used by HTTPRoute web at spec.rules[0], with other backends: one of them gets no requests',
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
      'another kind',
      failing('kind: HTTPRoute\nmetadata: { name: old-web }', 'kind: GRPCRoute\nmetadata: { name: old-web }'),
      [
        unproven([
          'GRPCRoute old-web',
          'spec.hostnames',
          'shop.example is already used by HTTPRoute web: a Gateway may accept only one of an HTTPRoute and a GRPCRoute on a host',
          'Give gRPC a host of its own.',
        ]),
      ],
    ],
    [
      'another kind at another listener',
      failing(
        'kind: HTTPRoute\nmetadata: { name: old-web }\nspec:\n  hostnames: [shop.example]\n  parentRefs: [{ name: public }]',
        'kind: GRPCRoute\nmetadata: { name: old-web }\nspec:\n  hostnames: [shop.example]\n  parentRefs: [{ name: public, sectionName: grpc }]',
      ),
      [],
    ],
    [
      'any host and path',
      failing('hostnames: [shop.example]', 'hostnames: []'),
      [
        found(
          'spec.rules[0]',
          'any host / is already used by HTTPRoute web at spec.rules[0], with other backends: one of them gets no requests',
        ),
      ],
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
spec: { ingressClassName: nginx, rules: [{ host: shop.example, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: ${name}, port: { number: 80 } } } }] } }] }
`,
        )
        .join('---\n'),
      [
        found(
          'spec.rules[0].http.paths[0].path',
          'shop.example / is already used by Ingress a at spec.rules[0].http.paths[0].path, with other backends: one of them gets no requests',
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
spec: { rules: [{ http: { paths: [{ pathType: Prefix, backend: { service: { name: ${name}, port: { number: 80 } } } }] } }] }
`,
        )
        .join('---\n'),
      [
        found(
          'spec.rules[0].http.paths[0]',
          'any host / is already used by Ingress a at spec.rules[0].http.paths[0], with other backends: one of them gets no requests',
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
spec: { rules: [{ host: a.test, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: a } } }, { path: /, pathType: Prefix, backend: { service: { name: b } } }] } }] }
`,
      [
        found(
          'spec.rules[0].http.paths[1].path',
          'a.test / is already used by this object at spec.rules[0].http.paths[0].path, with other backends: one of them gets no requests',
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
spec: { ingressClassName: ${name}, rules: [{ host: shop.example, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: ${name}, port: { number: 80 } } } }] } }] }
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
spec: { rules: [{ host: shop.example, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: ${name}, port: { number: 80 } } } }] } }] }
`,
        )
        .join('---\n'),
      [],
    ],
    [
      'the same backends',
      failing('name: old-web, port', 'name: web, port'),
      [
        unproven(
          found(
            undefined,
            'shop.example / is already used by HTTPRoute web at spec.rules[0], with the same backends',
          ),
        ),
      ],
    ],
    [
      'a Gateway and a Service of one name',
      failing(
        'old-web }\nspec:\n  hostnames: [shop.example]\n  parentRefs: [{ name: public }]',
        "old-web }\nspec:\n  hostnames: [shop.example]\n  parentRefs: [{ group: '', kind: Service, name: public }]",
      ),
      [],
    ],
    [
      'a class of an unknown controller',
      ingresses('a, b', 'ingressClassName: edge'),
      [
        unproven([
          'Ingress b',
          'spec.rules[0].http.paths[0].path',
          'shop.example / is already used by Ingress a at spec.rules[0].http.paths[0].path, but class "edge" may serve each Ingress at an address of its own',
          'Use another host or path.',
        ]),
      ],
    ],
    [
      'a class whose controller is known',
      ingresses('a, b', 'ingressClassName: edge') + classOf('k8s.io/ingress-nginx'),
      [ofIngresses],
    ],
    ['the default class', ingresses('a, b', '') + classOf('k8s.io/ingress-nginx', 'true'), [ofIngresses]],
    [
      'a default class that nothing is known of',
      ingresses('a, b', ''),
      [
        unproven([
          'Ingress b',
          'spec.rules[0].http.paths[0].path',
          'shop.example / is already used by Ingress a at spec.rules[0].http.paths[0].path, but the default class of the cluster may serve each Ingress at an address of its own',
          'Use another host or path.',
        ]),
      ],
    ],
    [
      'a host that is a placeholder',
      ingresses('a, b', 'ingressClassName: nginx').replaceAll('shop.example', '__HOST__'),
      [
        unproven([
          'Ingress b',
          'spec.rules[0].http.paths[0].path',
          '__HOST__ / is already used by Ingress a at spec.rules[0].http.paths[0].path, but the host is a placeholder',
          'Use another host or path.',
        ]),
      ],
    ],
    ['load balancers of their own', ingresses('a, b', 'ingressClassName: alb'), []],
    [
      'one load balancer of a group',
      ingresses('a, b', 'ingressClassName: alb', 'alb.ingress.kubernetes.io/group.name: shop'),
      [ofIngresses],
    ],
    [
      'load balancers by the controller of the class',
      ingresses('a, b', 'ingressClassName: edge') + classOf('ingress.k8s.aws/alb'),
      [],
    ],
    [
      'entry points that differ',
      ingresses('a', 'ingressClassName: traefik', 'traefik.ingress.kubernetes.io/router.entrypoints: web') +
        '---\n' +
        ingresses(
          'b',
          'ingressClassName: traefik',
          'traefik.ingress.kubernetes.io/router.entrypoints: websecure',
        ),
      [],
    ],
    ['copies of one object are for wiring/duplicate-identity', failing('old-web', 'web'), []],
  ],
);

it('warns of objects of different folders, which may be for different clusters', () => {
  const said = (...folders: readonly string[]): string[] => {
    const parts = folders.map((folder, index) =>
      ManifestSet.parse(ingresses(`i${index}`, 'ingressClassName: nginx'), { source: `${folder}/web.yaml` }),
    );
    const set = ManifestSet.from(parts.flatMap(({ manifests }) => manifests));
    return check(set)
      .filter(({ rule }) => rule === 'wiring/hosts-collide')
      .map(({ severity, message }) => `${severity}: ${message}`);
  };
  const used = 'shop.example / is already used by Ingress i0 at spec.rules[0].http.paths[0].path';
  expect(said('eu', 'us')).toEqual([`warning: ${used}, but their folders may be for different clusters`]);
  expect(said('eu', 'eu')).toEqual([`error: ${used}, with other backends: one of them gets no requests`]);
});
