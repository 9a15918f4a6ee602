import { deployment, many, object, service, type Shape } from './shape';

export const NETWORK = 'networking.k8s.io/v1';

/** A NetworkPolicy of both directions. */
export function policy(name: string, spec: object, namespace?: string) {
  return object(NETWORK, 'NetworkPolicy', name, {
    ...(namespace !== undefined && { namespace }),
    spec: { policyTypes: ['Ingress', 'Egress'], podSelector: {}, ...spec },
  });
}

const EVERYBODY = [{ to: [{ podSelector: {} }] }];
export const app = (name: string) => ({ podSelector: { matchLabels: { app: name } } });

/** NetworkPolicies and pods. */
export const NETWORK_SHAPES: readonly Shape[] = [
  {
    name: 'pods of twenty namespaces with a policy each that denies by default',
    objects: (n, side) => [
      ...many(n, (i) => deployment(`w${i}`, { namespace: `n${i % 20}` })),
      ...many(20, (i) =>
        policy(
          'default',
          { ingress: [{ from: [{ podSelector: {} }] }], egress: side === 'a' ? EVERYBODY : [] },
          `n${i}`,
        ),
      ),
    ],
  },
  {
    name: 'pods of one namespace with a policy that denies by default',
    objects: (n, side) => [
      ...many(n, (i) => deployment(`w${i}`)),
      policy('default', { ingress: [], egress: side === 'a' ? EVERYBODY : [] }),
      policy('open', { ingress: [{}], policyTypes: ['Ingress'] }),
    ],
  },
  {
    name: 'a policy for each pod',
    objects: (n, side) => [
      ...many(n, (i) => deployment(`w${i}`)),
      ...many(n, (i) =>
        policy(`p${i}`, {
          ...app(`w${i}`),
          ingress: [{ from: [app(`w${(i + 1) % n}`)], ports: [{ port: side === 'a' ? 'http' : 9090 }] }],
          egress: [{ to: [app(`w${(i + n - 1) % n}`)] }],
        }),
      ),
    ],
  },
  {
    name: 'a policy for each pod, opened to its whole namespace',
    objects: (n, side) => [
      ...many(n, (i) => deployment(`w${i}`)),
      ...many(n, (i) =>
        policy(`p${i}`, {
          ...app(`w${i}`),
          policyTypes: ['Ingress'],
          ingress: [{ from: side === 'a' ? [app(`w${(i + 1) % n}`)] : [{ podSelector: {} }] }],
        }),
      ),
    ],
  },
  {
    name: 'policies for all pods of one namespace',
    objects: (n, side) => [
      ...many(n, (i) => deployment(`w${i}`)),
      ...many(n, (i) =>
        policy(`p${i}`, {
          policyTypes: ['Ingress'],
          ingress: [{ from: [app(`w${i}`)], ports: [{ port: side === 'a' ? 8080 : 9090 }] }],
        }),
      ),
    ],
  },
  {
    name: 'a policy with many peers',
    objects: (n, side) => [
      ...many(n, (i) => deployment(`w${i}`)),
      policy('p', { ingress: [{ from: many(side === 'a' ? n : n - 1, (i) => app(`w${i}`)) }] }),
      policy('q', { egress: [{ to: many(side === 'a' ? n : n - 1, (i) => app(`w${i}`)) }] }),
    ],
  },
  {
    name: 'a policy with many rules and ports',
    objects: (n, side) => [
      ...many(n, (i) => deployment(`w${i}`)),
      policy('p', {
        ...app('w0'),
        ingress: many(n, (i) => ({ from: [app(`w${i}`)], ports: [{ port: 1000 + i }, { port: `p${i}` }] })),
        egress: many(n, (i) => ({ to: [app(`w${i}`)], ports: [{ port: side === 'a' ? 8080 : 8081 + i }] })),
      }),
    ],
  },
  {
    name: 'a policy with many address blocks',
    objects: (n, side) => [
      ...many(n, (i) => deployment(`w${i}`)),
      policy('p', {
        egress: [
          {
            to: many(n, (i) => ({
              ipBlock: { cidr: `10.${i >> 8}.${i & 255}.0/${side === 'a' ? 24 : 25}` },
            })),
          },
        ],
      }),
    ],
  },
  {
    name: 'namespaces that policies select by their labels',
    objects: (n, side) => [
      ...many(n, (i) => object('v1', 'Namespace', `n${i}`, { labels: { team: `t${i}`, tier: side } })),
      ...many(n, (i) => deployment(`w${i}`, { namespace: `n${i}` })),
      ...many(n, (i) =>
        policy(
          'p',
          {
            policyTypes: ['Ingress'],
            ingress: [
              { from: [{ namespaceSelector: { matchLabels: { team: `t${(i + 1) % n}` } } }] },
              { from: [{ namespaceSelector: { matchLabels: { tier: 'a' } }, ...app(`w${i}`) }] },
            ],
          },
          `n${i}`,
        ),
      ),
    ],
  },
  {
    name: 'policies that select pods by expressions',
    objects: (n, side) => [
      ...many(n, (i) => deployment(`w${i}`, { labels: { app: `w${i}`, tier: `t${i % 7}` } })),
      ...many(n, (i) =>
        policy(`p${i}`, {
          podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: [`w${i}`, `x${i}`] }] },
          policyTypes: ['Ingress'],
          ingress:
            side === 'a'
              ? [
                  {
                    from: [
                      {
                        podSelector: {
                          matchExpressions: [{ key: 'app', operator: 'In', values: [`w${(i * 7) % n}`] }],
                        },
                      },
                    ],
                  },
                ]
              : [],
        }),
      ),
    ],
  },
  {
    name: 'pods that change their labels under a policy',
    objects: (n, side) => [
      ...many(n, (i) => deployment(`w${i}`, { labels: { app: `w${i}`, tier: side } })),
      policy('p', { ingress: [{ from: [{ podSelector: { matchLabels: { tier: 'a' } } }] }] }),
    ],
  },
];

const GATEWAY = 'gateway.networking.k8s.io/v1';

/** Routes of the Gateway API, and meshes. */
export const ROUTE_SHAPES: readonly Shape[] = [
  {
    name: 'routes of one host and one Gateway of many listeners',
    objects: (n, side) => [
      service('s', { app: 'w' }),
      object(GATEWAY, 'Gateway', 'g', {
        spec: {
          gatewayClassName: 'c',
          listeners: many(n, (i) => ({
            name: `l${i}`,
            port: 443,
            protocol: 'HTTPS',
            hostname: `h${i}.example`,
          })),
        },
      }),
      ...many(n, (i) =>
        object(GATEWAY, 'HTTPRoute', `r${i}`, {
          spec: {
            parentRefs: [{ name: 'g', ...(i % 2 === 0 && { sectionName: `l${i}` }) }],
            hostnames: [side === 'a' ? `h${i}.example` : 'other.example'],
            rules: [{ backendRefs: [{ name: 's', port: 80 }] }],
          },
        }),
      ),
    ],
  },
  {
    name: 'routes to another namespace with many grants',
    objects: (n, side) => [
      service('s', { app: 'w' }, { namespace: 'b' }),
      ...many(n, (i) =>
        object('gateway.networking.k8s.io/v1beta1', 'ReferenceGrant', `g${i}`, {
          namespace: 'b',
          spec: {
            from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: `n${i}` }],
            to: [{ group: '', kind: 'Service' }],
          },
        }),
      ),
      ...many(n, (i) =>
        object(GATEWAY, 'HTTPRoute', `r${i}`, {
          namespace: `n${side === 'a' ? i : i + n}`,
          spec: { rules: [{ backendRefs: [{ name: 's', namespace: 'b', port: 80 }] }] },
        }),
      ),
    ],
  },
  {
    name: 'subsets of one host, and routes to each',
    objects: (n, side) => [
      deployment('w'),
      service('s', { app: 'w' }),
      ...many(n, (i) =>
        object('networking.istio.io/v1', 'DestinationRule', `d${i}`, {
          spec: { host: 's', subsets: [{ name: `v${i}`, labels: { app: 'w' } }] },
        }),
      ),
      ...many(n, (i) =>
        object('networking.istio.io/v1', 'VirtualService', `v${i}`, {
          spec: {
            hosts: [`h${i}`],
            http: [{ route: [{ destination: { host: 's', subset: side === 'a' ? `v${i}` : `x${i}` } }] }],
          },
        }),
      ),
    ],
  },
];
