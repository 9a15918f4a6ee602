import { deployment, many, object, service, workload, type Shape } from './shape';

/** Workloads, and what counts, limits or scales their pods. */
export const WORKLOAD_SHAPES: readonly Shape[] = [
  {
    name: 'a quota for many Deployments',
    objects: (n, side) => [
      object('v1', 'ResourceQuota', 'q', {
        spec: { hard: { 'requests.cpu': '10k', 'limits.memory': '10Ti', pods: '100k' } },
      }),
      ...many(n, (i) => deployment(`w${i}`, { image: `registry.example/app:${side}` })),
    ],
  },
  {
    name: 'a quota too small for many Deployments',
    objects: (n, side) => [
      object('v1', 'ResourceQuota', 'q', { spec: { hard: { 'requests.cpu': '10', pods: '10' } } }),
      ...many(n, (i) => deployment(`w${i}`, { image: `registry.example/app:${side}` })),
    ],
  },
  {
    name: 'quotas and limits of one namespace',
    objects: (n, side) => [
      ...many(n, (i) =>
        object('v1', 'ResourceQuota', `q${i}`, { spec: { hard: { 'requests.cpu': `${i + 1}k` } } }),
      ),
      ...many(n, (i) =>
        object('v1', 'LimitRange', `l${i}`, {
          spec: { limits: [{ type: 'Container', default: { cpu: '1' } }] },
        }),
      ),
      ...many(n, (i) => deployment(`w${i}`, { image: `registry.example/app:${side}` })),
    ],
  },
  {
    name: 'namespaces with a quota each',
    objects: (n, side) => [
      ...many(n, (i) => object('v1', 'Namespace', `n${i}`)),
      ...many(n, (i) =>
        object('v1', 'ResourceQuota', 'q', { namespace: `n${i}`, spec: { hard: { pods: '2' } } }),
      ),
      ...many(n, (i) => deployment(`w${i}`, { namespace: `n${i}`, image: `registry.example/app:${side}` })),
    ],
  },
  {
    name: 'budgets of the same pods',
    objects: (n, side) => [
      ...many(n, (i) =>
        object('policy/v1', 'PodDisruptionBudget', `b${i}`, {
          spec: { minAvailable: '100%', selector: { matchLabels: { app: 'one' } } },
        }),
      ),
      ...many(n, (i) =>
        deployment(`w${i}`, { labels: { app: 'one' }, image: `registry.example/app:${side}` }),
      ),
    ],
  },
  {
    name: 'budgets of one Deployment',
    objects: (n, side) => [
      ...many(n, (i) =>
        object('policy/v1', 'PodDisruptionBudget', `b${i}`, {
          spec: { minAvailable: 2, selector: { matchLabels: { app: 'w' } } },
        }),
      ),
      deployment('w', {
        image: `registry.example/app:${side}`,
        spec: { strategy: { rollingUpdate: { maxUnavailable: 1 } } },
      }),
    ],
  },
  {
    name: 'autoscalers of one Deployment',
    objects: (n, side) => [
      deployment('w', { image: `registry.example/app:${side}` }),
      ...many(n, (i) =>
        scaler('autoscaling/v2', 'HorizontalPodAutoscaler', `h${i}`, 'w', side === 'a' ? 5 : 6),
      ),
      ...many(n, (i) =>
        object('autoscaling.k8s.io/v1', 'VerticalPodAutoscaler', `v${i}`, {
          spec: { targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'w' } },
        }),
      ),
    ],
  },
  {
    name: 'an autoscaler of many metrics',
    objects: (n, side) => [
      deployment('w'),
      object('autoscaling/v2', 'HorizontalPodAutoscaler', 'h', {
        spec: {
          scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'w' },
          maxReplicas: 5,
          metrics: many(n, (i) => ({
            type: 'ContainerResource',
            containerResource: {
              name: 'cpu',
              container: `c${i}`,
              target: { type: 'Utilization', averageUtilization: side === 'a' ? 70 : 80 },
            },
          })),
        },
      }),
    ],
  },
  {
    name: 'pods that must run apart from each other',
    objects: (n, side) => [
      ...many(n, (i) =>
        deployment(`w${i}`, {
          labels: { app: `w${i}`, part: 'one' },
          image: `registry.example/app:${side}`,
          pod: {
            affinity: {
              podAntiAffinity: {
                requiredDuringSchedulingIgnoredDuringExecution: [
                  { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { part: 'one' } } },
                ],
              },
            },
            topologySpreadConstraints: [
              {
                maxSkew: 1,
                topologyKey: 'zone',
                whenUnsatisfiable: 'ScheduleAnyway',
                labelSelector: { matchExpressions: [{ key: 'part', operator: 'Exists' }] },
              },
            ],
          },
        }),
      ),
      ...many(n, (i) =>
        object('v1', 'Node', `node${i}`, { labels: { 'kubernetes.io/hostname': `node${i}`, zone: `z${i}` } }),
      ),
    ],
  },
  {
    name: 'StatefulSets of one governing Service',
    objects: (n, side) => [
      service('s', { part: 'one' }, { clusterIP: 'None' }),
      ...many(n, (i) =>
        workload('StatefulSet', `w${i}`, {
          labels: { app: `w${i}`, part: i % 2 === 0 ? 'one' : 'two' },
          image: `registry.example/app:${side}`,
          spec: { serviceName: 's' },
        }),
      ),
    ],
  },
  {
    name: 'workloads with one selector',
    objects: (n, side) =>
      many(n, (i) => deployment(`w${i}`, { labels: { app: 'one' }, image: `registry.example/app:${side}` })),
  },
  {
    name: 'workloads that are renamed',
    objects: (n, side) => many(n, (i) => deployment(`${side}-w${i}`, { container: { args: [`${i}`] } })),
  },
  {
    name: 'workloads that are moved to another namespace',
    objects: (n, side) => many(n, (i) => deployment(`w${i}`, { namespace: side })),
  },
];

function scaler(apiVersion: string, kind: string, name: string, target: string, maxReplicas: number) {
  const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: target };
  return object(apiVersion, kind, name, {
    spec: {
      scaleTargetRef,
      maxReplicas,
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } },
        },
      ],
    },
  });
}
