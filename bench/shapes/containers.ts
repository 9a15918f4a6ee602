import { container, deployment, many, object, service, type Shape } from './shape';

/** Pods with much in them. */
export const CONTAINER_SHAPES: readonly Shape[] = [
  {
    name: 'a pod of many containers and ports',
    objects: (n, side) => [
      deployment('w', {
        pod: {
          containers: many(n, (i) =>
            container(`registry.example/app:${side}`, {
              name: `c${i}`,
              ports: [{ name: `p${i}`, containerPort: i + 1 }],
              readinessProbe: { httpGet: { port: `p${i}` } },
            }),
          ),
          initContainers: many(n, (i) =>
            container(`registry.example/app:${side}`, {
              name: `i${i}`,
              ports: [],
              readinessProbe: undefined,
            }),
          ),
        },
      }),
      ...many(n, (i) =>
        service(
          `s${i}`,
          { app: 'w' },
          { ports: [{ port: 80, targetPort: side === 'a' ? `p${i}` : `q${i}` }] },
        ),
      ),
    ],
  },
  {
    name: 'a container of many ports',
    objects: (n, side) => [
      deployment('w', {
        container: {
          ports: many(n, (i) => ({
            name: `p${i}`,
            containerPort: i + 1,
            hostPort: side === 'a' ? i + 1 : i + 2,
          })),
        },
      }),
    ],
  },
  {
    name: 'a container of many volumes',
    objects: (n, side) => [
      ...many(n, (i) => object('v1', 'ConfigMap', `c${i}`, { data: { key: side } })),
      deployment('w', {
        pod: { volumes: many(n, (i) => ({ name: `v${i}`, configMap: { name: `c${i}` } })) },
        container: {
          volumeMounts: many(n, (i) => ({
            name: `v${i}`,
            mountPath: `/v${i}`,
            ...(i % 2 === 0 && { subPath: 'key' }),
          })),
        },
      }),
    ],
  },
  {
    name: 'a container of many variables',
    objects: (n, side) => [
      object('v1', 'ConfigMap', 'c', { data: Object.fromEntries(many(n, (i) => [`k${i}`, side])) }),
      deployment('w', {
        container: {
          env: many(n, (i) => ({
            name: `E${i}`,
            valueFrom: { configMapKeyRef: { name: 'c', key: `k${i}` } },
          })),
        },
      }),
    ],
  },
  {
    name: 'a container with one variable many times',
    objects: (n, side) => [
      deployment('w', { container: { env: many(n, (i) => ({ name: 'E', value: `${i}${side}` })) } }),
    ],
  },
  {
    name: 'a container of many arguments',
    objects: (n, side) => [
      service('s', { app: 'w' }, { ports: many(100, (i) => ({ name: `p${i}`, port: i + 1 })) }),
      deployment('w', { container: { args: many(n, (i) => `--flag${i}=${side}`) } }),
    ],
  },
  {
    name: 'pods of many tolerations, aliases and terms',
    objects: (n, side) => [
      deployment('w', {
        image: `registry.example/app:${side}`,
        pod: {
          tolerations: many(n, (i) => ({ key: `k${i}`, operator: 'Exists' })),
          hostAliases: many(n, (i) => ({ ip: '10.0.0.1', hostnames: [`h${i}`] })),
          imagePullSecrets: many(n, (i) => ({ name: `s${i}` })),
          topologySpreadConstraints: many(n, (i) => ({
            maxSkew: 1,
            topologyKey: `z${i}`,
            whenUnsatisfiable: 'ScheduleAnyway',
            labelSelector: { matchLabels: { app: 'w' } },
          })),
          affinity: {
            nodeAffinity: {
              requiredDuringSchedulingIgnoredDuringExecution: {
                nodeSelectorTerms: many(n, (i) => ({
                  matchExpressions: [{ key: `k${i}`, operator: 'Exists' }],
                })),
              },
            },
          },
        },
      }),
    ],
  },
  {
    name: 'large workloads that are renamed',
    objects: (n, side) =>
      many(60, (i) => deployment(`${side}-w${i}`, { container: { args: many(n, (j) => `${i}-${j}`) } })),
  },
];
