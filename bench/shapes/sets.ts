import { deployment, many, object, type Shape } from './shape';

const PROMETHEUS = 'monitoring.coreos.com/v1';

/** Objects that are large, alike, or looked for in vain, and what looks for them. */
export const SET_SHAPES: readonly Shape[] = [
  {
    name: 'monitors of the same Services',
    objects: (n, side) => [
      ...many(n, (i) =>
        object('v1', 'Service', `s${i}`, {
          labels: { app: 'one' },
          spec: { selector: { app: 'w' }, ports: [{ name: 'http', port: 80 }] },
        }),
      ),
      deployment('w'),
      ...many(n, (i) =>
        object(PROMETHEUS, 'ServiceMonitor', `m${i}`, {
          spec: {
            selector: { matchLabels: { app: 'one' } },
            endpoints: [{ port: side === 'a' ? 'http' : 'web' }],
          },
        }),
      ),
      ...many(n, (i) =>
        object(PROMETHEUS, 'ServiceMonitor', `o${i}`, {
          spec: { selector: { matchLabels: { app: 'one' } }, endpoints: [{ targetPort: 'metrics' }] },
        }),
      ),
    ],
  },
  {
    name: 'monitors of the same pods',
    objects: (n, side) => [
      ...many(n, (i) => deployment(`w${i}`, { labels: { app: 'one' } })),
      ...many(n, (i) =>
        object(PROMETHEUS, 'PodMonitor', `m${i}`, {
          spec: {
            selector: { matchLabels: { app: 'one' } },
            podMetricsEndpoints: [{ port: side === 'a' ? 'http' : 'web' }],
          },
        }),
      ),
    ],
  },
  {
    name: 'monitors that select nothing in many namespaces',
    objects: (n, side) => [
      ...many(n, (i) => deployment(`w${i}`, { namespace: `n${i}` })),
      ...many(n, (i) =>
        object(PROMETHEUS, 'PodMonitor', `m${i}`, {
          spec: {
            selector: { matchLabels: { app: `x${i}${side}` } },
            namespaceSelector: { any: true },
            podMetricsEndpoints: [{ port: 'http' }],
          },
        }),
      ),
    ],
  },
  {
    name: 'many Prometheuses, and monitors that none of them selects',
    objects: (n, side) => [
      ...many(n, (i) =>
        object(PROMETHEUS, 'Prometheus', `p${i}`, {
          spec: { serviceMonitorSelector: { matchLabels: { team: `t${i}` } } },
        }),
      ),
      ...many(n, (i) =>
        object(PROMETHEUS, 'ServiceMonitor', `m${i}`, {
          labels: { team: `u${i}${side}` },
          spec: { selector: {}, endpoints: [] },
        }),
      ),
    ],
  },
  {
    name: 'Services, budgets and monitors that select nothing in a large namespace',
    objects: (n, side) => [
      ...many(n, (i) => deployment(`w${i}`)),
      ...many(n, (i) =>
        object('v1', 'Service', `s${i}`, {
          spec: { selector: { app: `x${i}${side}` }, ports: [{ port: 80 }] },
        }),
      ),
      ...many(n, (i) =>
        object('policy/v1', 'PodDisruptionBudget', `b${i}`, {
          spec: { maxUnavailable: 1, selector: { matchLabels: { app: `x${i}` } } },
        }),
      ),
    ],
  },
  {
    name: 'one object many times',
    objects: (n) => many(n, () => deployment('w')),
  },
  {
    name: 'objects that use unknown namespaces',
    objects: (n, side) => [
      ...many(n, (i) => object('v1', 'Namespace', `known-${i}`)),
      ...many(n, (i) => object('v1', 'ConfigMap', 'c', { namespace: `unknown-${i}`, data: { side } })),
      ...many(n, (i) =>
        object('networking.k8s.io/v1', 'NetworkPolicy', `p${i}`, {
          spec: {
            podSelector: {},
            ingress: [
              {
                from: [
                  { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': `unnown-${i}` } } },
                ],
              },
            ],
          },
        }),
      ),
    ],
  },
  {
    name: 'many suppressions of one object',
    objects: (n) =>
      [
        object('v1', 'ConfigMap', 'c', {
          annotations: {
            'seaworthy.dev/suppress': many(n, (i) => `policy/rule-${i}: because ${i}`).join('\n'),
          },
        }),
        deployment('w', {
          container: { env: many(n, (i) => ({ name: 'E', value: `${i}` })) },
        }),
      ].map((each) => ({
        ...each,
        metadata: {
          ...each.metadata,
          annotations: {
            'seaworthy.dev/suppress': many(n, (i) =>
              i % 2 === 0 ? `policy/duplicate-env: because ${i}` : `policy/duplicate-enw${i}: because`,
            ).join('\n'),
          },
        },
      })),
  },
  {
    name: 'objects with a suppression each',
    objects: (n) =>
      many(n, (i) =>
        object('v1', 'ConfigMap', `c${i}`, {
          annotations: {
            'seaworthy.dev/suppress': `policy/default-namespac${i}: because\npolicy/default-namespace: because`,
          },
        }),
      ),
  },
  {
    name: 'a ConfigMap with a large value',
    objects: (n, side) => [
      object('v1', 'ConfigMap', 'c', {
        data: { text: many(n * 20, (i) => `line ${i} of ${i % 3 === 0 ? side : ''}`).join('\n') },
      }),
    ],
  },
  {
    name: 'a ConfigMap of many keys',
    objects: (n, side) => [
      object('v1', 'ConfigMap', 'c', { data: Object.fromEntries(many(n, (i) => [`k${i}`, side])) }),
      deployment('w', { container: { envFrom: [{ configMapRef: { name: 'c' } }] } }),
    ],
  },
  {
    name: 'an object of many annotations, labels, finalizers and owners',
    objects: (n, side) =>
      [object('v1', 'ConfigMap', 'c')].map((each) => ({
        ...each,
        metadata: {
          name: 'c',
          annotations: Object.fromEntries(many(n, (i) => [`a${i}`, side])),
          labels: Object.fromEntries(many(n, (i) => [`l${i}`, `${side}${i}`])),
          finalizers: many(n, (i) => `example.com/f${i}`),
          ownerReferences: many(n, (i) => ({ apiVersion: 'v1', kind: 'Pod', name: `o${i}`, uid: `${i}` })),
        },
      })),
  },
];
