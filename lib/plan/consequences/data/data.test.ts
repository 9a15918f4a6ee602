import { having, object } from '../../../../test/plan/changes';
import { sentences, workload } from '../../../../test/plan/consequences/consequences';

const claim = (storageClassName: string | undefined, storage = '10Gi') =>
  object('v1', 'PersistentVolumeClaim', {
    spec: {
      accessModes: ['ReadWriteOnce'],
      ...(storageClassName !== undefined && { storageClassName }),
      resources: { requests: { storage } },
    },
  });
const storageClass = (rest: object): object => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'fast' },
  provisioner: 'x',
  ...rest,
});
const database = (spec: Record<string, unknown>, storage = '10Gi') =>
  workload('StatefulSet', {
    serviceName: 'a',
    volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: claim('fast', storage)['spec'] }],
    ...spec,
  });
const data = (before: readonly object[], after: readonly object[]) => sentences('data', before, after);

it.each([{}, { reclaimPolicy: 'Delete' }])('takes the volume of a claim where its class is %j', (rest) => {
  expect(data([claim('fast'), storageClass(rest)], [storageClass(rest)])).toEqual([
    'error: PersistentVolumeClaim shop/a is deleted, and its volume with all data: its reclaim policy is Delete.',
  ]);
});

it('says nothing of a claim whose size stays', () => {
  expect(data([claim('fast')], [having(claim('fast'), 'metadata.labels', { a: 'b' })])).toEqual([]);
  expect(data([claim('fast', '1Gi')], [claim('fast', '1024Mi')])).toEqual([]);
  expect(data([], [claim('fast', '-1Gi')])).toEqual([]);
});

it.each([
  ['fast', '', 'StorageClass fast', 'no StorageClass'],
  ['', 'fast', 'no StorageClass', 'StorageClass fast'],
  ['fast', undefined, 'StorageClass fast', 'the default StorageClass'],
])('names the classes of a claim that goes from %j to %j', (old, now, before, after) => {
  const said = data([claim(old)], [claim(now)]);
  expect(said).toEqual([
    `warning: The data of PersistentVolumeClaim shop/a stays on ${before}: a claim cannot change its storage class. To move it to ${after}, create a claim of that class, copy the data, and mount the new claim in the pods.`,
  ]);
});

it('says nothing of a StatefulSet that has no claims, or does not lose pods', () => {
  const bare = (replicas: number) => workload('StatefulSet', { serviceName: 'a', replicas });
  const deleting = { persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete', whenScaled: 'Retain' } };
  expect(data([bare(3)], [bare(1)])).toEqual([]);
  expect(data([bare(3)], [having(bare(3), 'spec.persistentVolumeClaimRetentionPolicy', deleting)])).toEqual(
    [],
  );
  expect(data([database({ replicas: 1 })], [database({ replicas: 2 })])).toEqual([]);
  expect(data([database(deleting)], [database({ ...deleting, minReadySeconds: 5 })])).toEqual([]);
  expect(data([database({ replicas: 3 })], [database({ replicas: 2, minReadySeconds: -1 })])).toEqual([]);
});

it('counts the claims of all pods and templates', () => {
  const templates = ['data', 'log'].map((name) => ({ metadata: { name }, spec: claim('fast')['spec'] }));
  const set = (replicas: number) => database({ replicas, volumeClaimTemplates: templates });
  expect(data([set(3)], [])).toEqual([
    'warning: StatefulSet shop/a is deleted, and leaves the 6 claims of its pods with their data.',
  ]);
  expect(data([set(3)], [set(2)])).toEqual(['info: StatefulSet shop/a loses 1 pod and keeps its 2 claims.']);
  expect(data([set(3)], [set(1)])).toEqual([
    'info: StatefulSet shop/a loses 2 pods and keeps their 4 claims.',
  ]);
});

it('compares claim templates by their names and sizes', () => {
  expect(data([database({}, '1Gi')], [database({ podManagementPolicy: 'Parallel' }, '1024Mi')])).toEqual([]);
  const renamed = having(database({}, '2Gi'), 'spec.volumeClaimTemplates.0.metadata.name', 'log');
  expect(data([database({}, '1Gi')], [renamed])).toEqual([]);
});

it('says what becomes of a volume', () => {
  const volume = (persistentVolumeReclaimPolicy: string): object => ({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: 'a' },
    spec: {
      capacity: { storage: '1Gi' },
      accessModes: ['ReadWriteOnce'],
      persistentVolumeReclaimPolicy,
      nfs: { server: 'a', path: '/a' },
    },
  });
  expect(data([volume('Retain')], [])).toEqual([
    'warning: PersistentVolume a is deleted. The storage behind it is kept, but nothing in the cluster refers to it.',
  ]);
  expect(data([volume('Delete')], [volume('Retain')])).toEqual([]);
  expect(
    data([volume('Delete')], [having(volume('Delete') as never, 'metadata.labels', { a: 'b' })]),
  ).toEqual([]);
});

it('counts what is in a namespace, and nothing of other ones', () => {
  const space = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };
  const settings = object('v1', 'ConfigMap', {});
  const inside = [
    settings,
    having(settings, 'metadata.name', 'b'),
    having(settings, 'metadata.name', 'c'),
    having(settings, 'metadata.namespace', 'x'),
  ];
  expect(data([space, ...inside], [])).toEqual([
    'error: Namespace shop is deleted with everything in it: 3 objects of this set, and all others.',
  ]);
});

const custom = (apiVersion: string, kind: string, rest: object) => ({
  apiVersion,
  kind,
  metadata: { name: 'a', namespace: 'shop' },
  ...rest,
});

it.each([
  ['postgresql.cnpg.io/v1', 'Cluster', {}, 'its operator deletes the volumes with all data.'],
  ['elasticsearch.k8s.elastic.co/v1', 'Elasticsearch', {}, 'unless its volumeClaimDeletePolicy is'],
  ['kafka.strimzi.io/v1', 'KafkaTopic', {}, 'deletes the topic with all messages.'],
  [
    'kafka.strimzi.io/v1',
    'KafkaNodePool',
    { spec: { storage: { type: 'jbod', volumes: [{ id: 0 }, { id: 1, deleteClaim: true }] } } },
    'its storage has deleteClaim: true.',
  ],
  [
    'pxc.percona.com/v1',
    'PerconaXtraDBCluster',
    { metadata: { name: 'a', namespace: 'shop', finalizers: ['percona.com/delete-pxc-pvc'] } },
    'it has the finalizer percona.com/delete-pxc-pvc.',
  ],
  ['acid.zalan.do/v1', 'postgresql', {}, 'unless enable_persistent_volume_claim_deletion is false'],
  [
    'psmdb.percona.com/v1',
    'PerconaServerMongoDB',
    { metadata: { name: 'a', namespace: 'shop', finalizers: ['percona.com/delete-psmdb-pvc'] } },
    'it has the finalizer percona.com/delete-psmdb-pvc.',
  ],
  [
    'mongodb.com/v1',
    'MongoDB',
    { spec: { backup: { mode: 'enabled', autoTerminateOnDeletion: true } } },
    'ends its backup with all snapshots',
  ],
  [
    'k8s.mariadb.com/v1alpha1',
    'MariaDB',
    { spec: { storage: { size: '1Gi', pvcRetentionPolicy: { whenDeleted: 'Delete' } } } },
    'its pvcRetentionPolicy.whenDeleted is Delete.',
  ],
  ['k8s.mariadb.com/v1alpha1', 'Database', { spec: {} }, 'drops the database with all data'],
  ['rabbitmq.com/v1beta1', 'RabbitmqCluster', { spec: {} }, 'its operator deletes the volumes'],
  [
    'redis.redis.opstreelabs.in/v1beta2',
    'RedisCluster',
    { spec: { storage: { volumeClaimTemplate: {} } } },
    'unless its storage has keepAfterDelete: true.',
  ],
  [
    'databases.spotahome.com/v1',
    'RedisFailover',
    { spec: { redis: { storage: { persistentVolumeClaim: {} } } } },
    'unless its storage has keepAfterDeletion: true.',
  ],
  ['ceph.rook.io/v1', 'CephBlockPool', {}, 'deletes the pool with what is in it.'],
  ['ceph.rook.io/v1', 'CephFilesystem', { spec: {} }, 'unless its preserveFilesystemOnDelete is true.'],
  ['ceph.rook.io/v1', 'CephObjectStore', { spec: {} }, 'unless its preservePoolsOnDelete is true.'],
  ['ceph.rook.io/v1', 'CephCluster', {}, 'what is left on the disks is hard to get at.'],
  [
    'ceph.rook.io/v1',
    'CephCluster',
    { spec: { cleanupPolicy: { confirmation: 'yes-really-destroy-data' } } },
    'its operator wipes its disks',
  ],
  ['snapshot.storage.k8s.io/v1', 'VolumeSnapshot', {}, 'unless its deletionPolicy is Retain.'],
  [
    'snapshot.storage.k8s.io/v1',
    'VolumeSnapshotContent',
    { spec: { deletionPolicy: 'Delete' } },
    'its deletionPolicy is Delete.',
  ],
])('says that %s %s takes its data along', (apiVersion, kind, rest, why) => {
  expect(data([custom(apiVersion, kind, rest)], [])).toEqual([
    expect.stringMatching(`^error: ${kind} (shop/)?a is deleted, and .*${why.replaceAll('.', '\\.')}`),
  ]);
});

it.each([
  [
    'elasticsearch.k8s.elastic.co/v1',
    'Elasticsearch',
    { spec: { volumeClaimDeletePolicy: 'DeleteOnScaledownOnly' } },
  ],
  ['kafka.strimzi.io/v1', 'KafkaNodePool', { spec: { storage: { type: 'persistent-claim' } } }],
  ['pxc.percona.com/v1', 'PerconaXtraDBCluster', {}],
  ['mongodbcommunity.mongodb.com/v1', 'MongoDBCommunity', { spec: {} }],
  ['mongodb.com/v1', 'MongoDB', { spec: {} }],
  ['k8s.mariadb.com/v1alpha1', 'MariaDB', { spec: { storage: { size: '1Gi' } } }],
  ['k8s.mariadb.com/v1alpha1', 'Database', { spec: { cleanupPolicy: 'Skip' } }],
  ['rabbitmq.com/v1beta1', 'RabbitmqCluster', { spec: { persistence: { storage: '0Gi' } } }],
  ['redis.redis.opstreelabs.in/v1beta2', 'Redis', { spec: {} }],
  [
    'redis.redis.opstreelabs.in/v1beta2',
    'Redis',
    { spec: { storage: { keepAfterDelete: true, volumeClaimTemplate: {} } } },
  ],
  ['databases.spotahome.com/v1', 'RedisFailover', { spec: { redis: { storage: { emptyDir: {} } } } }],
  ['ceph.rook.io/v1', 'CephFilesystem', { spec: { preserveFilesystemOnDelete: true } }],
  ['ceph.rook.io/v1', 'CephObjectStore', { spec: { preservePoolsOnDelete: true } }],
  ['snapshot.storage.k8s.io/v1', 'VolumeSnapshotContent', { spec: { deletionPolicy: 'Retain' } }],
])('says nothing of %s %s, whose claims stay', (apiVersion, kind, rest) => {
  expect(data([custom(apiVersion, kind, rest)], [])).toEqual([]);
});

it('says what goes with a custom resource that is created again', () => {
  const metadata = {
    name: 'a',
    namespace: 'shop',
    annotations: { 'strategy.spinnaker.io/recreate': 'true' },
  };
  const queue = (image: string): object =>
    custom('rabbitmq.com/v1beta1', 'RabbitmqCluster', { metadata, spec: { image } });
  expect(data([queue('a')], [queue('b')])).toEqual([
    expect.stringMatching(
      /^error: RabbitmqCluster shop\/a is deleted and created again by Spinnaker .*: its operator deletes the volumes with all data\.$/,
    ),
  ]);
});
