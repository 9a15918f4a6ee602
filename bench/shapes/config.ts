import { deployment, many, object, workload, type Shape } from './shape';

/** Configuration, storage, monitoring, and objects that are large or alike. */
export const CONFIG_SHAPES: readonly Shape[] = [
  {
    name: 'pods that read one ConfigMap of many keys',
    objects: (n, side) => [
      object('v1', 'ConfigMap', 'c', { data: Object.fromEntries(many(n, (i) => [`k${i}`, side])) }),
      ...many(n, (i) =>
        deployment(`w${i}`, {
          container: {
            env: [
              {
                name: 'E',
                valueFrom: { configMapKeyRef: { name: 'c', key: i % 2 === 0 ? `k${i}` : `x${i}` } },
              },
            ],
          },
        }),
      ),
    ],
  },
  {
    name: 'pods that read many Secrets',
    objects: (n, side) => [
      ...many(n, (i) => object('v1', 'Secret', `s${i}`, { stringData: { key: side } })),
      ...many(20, (i) =>
        deployment(`w${i}`, { container: { envFrom: many(n, (j) => ({ secretRef: { name: `s${j}` } })) } }),
      ),
    ],
  },
  {
    name: 'pods that read missing objects',
    objects: (n, side) => [
      ...many(n, (i) => object('v1', 'ConfigMap', `there-${i}`)),
      ...many(n, (i) =>
        deployment(`w${i}`, {
          namespace: `n${i}`,
          container: {
            envFrom: [
              { configMapRef: { name: `there-${i}-${side}` } },
              { secretRef: { name: `there-${i}` } },
            ],
          },
        }),
      ),
    ],
  },
  {
    name: 'claims and storage classes',
    objects: (n, side) => [
      ...many(n, (i) =>
        object('storage.k8s.io/v1', 'StorageClass', `c${i}`, {
          provisioner: 'example.com/disk',
          allowVolumeExpansion: true,
        }),
      ),
      ...many(n, (i) => claim(`p${i}`, side === 'a' ? '1Gi' : '2Gi', { storageClassName: `c${i}` })),
    ],
  },
  {
    name: 'claims and storage classes that are deleted',
    objects: (n, side) => [
      ...many(n, (i) =>
        object('storage.k8s.io/v1', 'StorageClass', `c${i}`, { provisioner: 'example.com/disk' }),
      ),
      ...(side === 'a' ? many(n, (i) => claim(`p${i}`, '1Gi', { storageClassName: `c${i}` })) : []),
    ],
  },
  {
    name: 'volumes and claims',
    objects: (n, side) => [
      ...many(n, (i) =>
        object('v1', 'PersistentVolume', `v${i}`, {
          spec: {
            capacity: { storage: '1Gi' },
            accessModes: ['ReadWriteOnce'],
            nfs: { server: 's', path: '/' },
            persistentVolumeReclaimPolicy: side === 'a' ? 'Retain' : 'Delete',
          },
        }),
      ),
      ...many(n, (i) => claim(`p${i}`, '2Gi', { volumeName: `v${i}` })),
      ...many(n, (i) =>
        deployment(`w${i}`, {
          image: `registry.example/app:${side}`,
          pod: { volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'p0' } }] },
        }),
      ),
    ],
  },
  {
    name: 'a StatefulSet of many claim templates',
    objects: (n, side) => [
      workload('StatefulSet', 'w', {
        spec: {
          serviceName: 's',
          volumeClaimTemplates: many(n, (i) => ({
            metadata: { name: `v${i}` },
            spec: {
              accessModes: ['ReadWriteOnce'],
              resources: { requests: { storage: side === 'a' ? '1Gi' : '2Gi' } },
            },
          })),
        },
        container: { volumeMounts: many(n, (i) => ({ name: `v${i}`, mountPath: `/v${i}` })) },
      }),
    ],
  },
];

function claim(name: string, storage: string, spec: object) {
  return object('v1', 'PersistentVolumeClaim', name, {
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } }, ...spec },
  });
}
