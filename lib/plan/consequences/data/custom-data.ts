import type { Plain } from '../../../apiserver/defaults/plain';
import { recordIn } from '../../../apiserver/defaults/plain';

/** What becomes of the data of a custom resource when it is deleted. */
export interface CustomData {
  /** `postgresql.cnpg.io/Cluster` */
  readonly kind: string;
  /** Where that is said. */
  readonly source: string;
  /** Why the data goes, as what follows "is deleted": ", and the operator deletes its volumes". */
  readonly goes: (object: Plain) => string | undefined;
}

const ITS_VOLUMES = ', and its operator deletes the volumes with all data';

const hasFinalizer =
  (pattern: RegExp) =>
  (object: Plain): string | undefined => {
    const finalizers = recordIn(object, 'metadata')?.['finalizers'];
    const names = Array.isArray(finalizers) ? finalizers.map(String) : [];
    const found = names.find((name) => pattern.test(name));
    return found === undefined ? undefined : `${ITS_VOLUMES}: it has the finalizer ${found}`;
  };

const always = (): string => ITS_VOLUMES;

/** Storage of Strimzi: claims stay unless `deleteClaim` says otherwise, in a list of disks too. */
function strimzi(...path: readonly string[]) {
  return (object: Plain): string | undefined => {
    const storage = path.reduce<Plain | undefined>((at, name) => at && recordIn(at, name), object) ?? {};
    const volumes = Array.isArray(storage['volumes']) ? (storage['volumes'] as readonly unknown[]) : [];
    const isDeleted = [storage, ...volumes].some((each) => (each as Plain | null)?.['deleteClaim'] === true);
    return isDeleted ? `${ITS_VOLUMES}: its storage has deleteClaim: true` : undefined;
  };
}

/** The value at a path of an object. */
function valueAt(object: Plain, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((at, name) => (at as Plain | null | undefined)?.[name], object);
}

/** Claims that go unless a field of the storage keeps them; storage that is not set has none. */
function unlessKept(keeps: string, ...path: readonly string[]) {
  return (object: Plain): string | undefined => {
    const storage = valueAt(object, ...path) as Plain | null | undefined;
    if (storage == null || storage[keeps] === true) return undefined;
    return `${ITS_VOLUMES}, unless its storage has ${keeps}: true`;
  };
}

const redis = unlessKept('keepAfterDelete', 'spec', 'storage');
const REDIS_SOURCE = 'https://redis-operator.opstree.dev/docs/advance-configuration/finalizers/';

function mongodb(object: Plain): string | undefined {
  if (valueAt(object, 'spec', 'backup', 'autoTerminateOnDeletion') !== true) return undefined;
  return ', and its operator ends its backup with all snapshots: it has backup.autoTerminateOnDeletion: true';
}

const MONGODB_SOURCE =
  'https://www.mongodb.com/docs/kubernetes-operator/current/reference/k8s-operator-specification/';

/** Custom resources that hold data, by what their operators' documentation says of deleting them. */
export const CUSTOM_DATA: readonly CustomData[] = [
  {
    kind: 'postgresql.cnpg.io/Cluster',
    source: 'https://github.com/cloudnative-pg/cloudnative-pg/discussions/5253',
    goes: always,
  },
  {
    kind: 'postgres-operator.crunchydata.com/PostgresCluster',
    source: 'https://github.com/CrunchyData/postgres-operator/issues/3674',
    goes: always,
  },
  {
    kind: 'elasticsearch.k8s.elastic.co/Elasticsearch',
    source: 'https://elastic.co/guide/en/cloud-on-k8s/current/k8s-volume-claim-templates.html',
    goes: (object) =>
      recordIn(object, 'spec')?.['volumeClaimDeletePolicy'] === 'DeleteOnScaledownOnly'
        ? undefined
        : `${ITS_VOLUMES}, unless its volumeClaimDeletePolicy is DeleteOnScaledownOnly`,
  },
  {
    kind: 'pxc.percona.com/PerconaXtraDBCluster',
    source: 'https://docs.percona.com/percona-operator-for-mysql/pxc/delete.html',
    goes: hasFinalizer(/delete-pxc-pvc$/),
  },
  {
    kind: 'pgv2.percona.com/PerconaPGCluster',
    source: 'https://docs.percona.com/percona-operator-for-postgresql/delete.html',
    goes: hasFinalizer(/delete-pvc$/),
  },
  {
    kind: 'kafka.strimzi.io/Kafka',
    source: 'https://strimzi.io/docs/operators/latest/configuring',
    goes: strimzi('spec', 'kafka', 'storage'),
  },
  {
    kind: 'kafka.strimzi.io/KafkaNodePool',
    source: 'https://strimzi.io/docs/operators/latest/configuring',
    goes: strimzi('spec', 'storage'),
  },
  {
    kind: 'kafka.strimzi.io/KafkaTopic',
    source: 'https://github.com/strimzi/strimzi-kafka-operator/discussions/9784',
    goes: () => ', and its operator deletes the topic with all messages',
  },
  {
    kind: 'acid.zalan.do/postgresql',
    source: 'https://postgres-operator.readthedocs.io/en/latest/reference/operator_parameters/',
    goes: () =>
      `${ITS_VOLUMES}, unless enable_persistent_volume_claim_deletion is false in the configuration of the operator`,
  },
  {
    kind: 'ps.percona.com/PerconaServerMySQL',
    source: 'https://docs.percona.com/percona-operator-for-mysql/ps/delete.html',
    goes: hasFinalizer(/delete-mysql-pvc$/),
  },
  {
    kind: 'psmdb.percona.com/PerconaServerMongoDB',
    source: 'https://docs.percona.com/percona-operator-for-mongodb/delete.html',
    goes: hasFinalizer(/delete-psmdb-pvc$/),
  },
  // Volumes stay, as they do with a MongoDBCommunity.
  { kind: 'mongodb.com/MongoDB', source: MONGODB_SOURCE, goes: mongodb },
  { kind: 'mongodb.com/MongoDBMultiCluster', source: MONGODB_SOURCE, goes: mongodb },
  {
    kind: 'k8s.mariadb.com/MariaDB',
    source: 'https://github.com/mariadb-operator/mariadb-operator/blob/main/docs/storage.md',
    goes: (object) =>
      valueAt(object, 'spec', 'storage', 'pvcRetentionPolicy', 'whenDeleted') === 'Delete'
        ? `${ITS_VOLUMES}: its pvcRetentionPolicy.whenDeleted is Delete`
        : undefined,
  },
  {
    kind: 'k8s.mariadb.com/Database',
    source: 'https://github.com/mariadb-operator/mariadb-operator/blob/main/docs/sql_resources.md',
    goes: (object) =>
      valueAt(object, 'spec', 'cleanupPolicy') === 'Skip'
        ? undefined
        : ', and its operator drops the database with all data, unless its cleanupPolicy is Skip',
  },
  {
    kind: 'rabbitmq.com/RabbitmqCluster',
    // Its claims are owned by it: internal/resource/statefulset.go of the operator.
    source: 'https://www.rabbitmq.com/kubernetes/operator/using-operator#delete',
    goes: (object) =>
      /^0\D*$/.test(String(valueAt(object, 'spec', 'persistence', 'storage'))) ? undefined : ITS_VOLUMES,
  },
  { kind: 'redis.redis.opstreelabs.in/Redis', source: REDIS_SOURCE, goes: redis },
  { kind: 'redis.redis.opstreelabs.in/RedisCluster', source: REDIS_SOURCE, goes: redis },
  { kind: 'redis.redis.opstreelabs.in/RedisReplication', source: REDIS_SOURCE, goes: redis },
  {
    kind: 'databases.spotahome.com/RedisFailover',
    source: 'https://github.com/spotahome/redis-operator#persistence',
    goes: (object) =>
      valueAt(object, 'spec', 'redis', 'storage', 'persistentVolumeClaim') == null
        ? undefined
        : unlessKept('keepAfterDeletion', 'spec', 'redis', 'storage')(object),
  },
  {
    kind: 'ceph.rook.io/CephCluster',
    source: 'https://rook.io/docs/rook/latest/Getting-Started/ceph-teardown/',
    goes: (object) =>
      valueAt(object, 'spec', 'cleanupPolicy', 'confirmation') === 'yes-really-destroy-data'
        ? ', and its operator wipes its disks: its cleanupPolicy has the confirmation yes-really-destroy-data'
        : ', and its operator removes the storage cluster: what is left on the disks is hard to get at',
  },
  {
    kind: 'ceph.rook.io/CephBlockPool',
    source: 'https://rook.io/docs/rook/latest/Getting-Started/ceph-teardown/',
    goes: () => ', and its operator deletes the pool with what is in it',
  },
  {
    kind: 'ceph.rook.io/CephFilesystem',
    source: 'https://rook.io/docs/rook/latest/CRDs/Shared-Filesystem/ceph-filesystem-crd/',
    goes: (object) =>
      valueAt(object, 'spec', 'preserveFilesystemOnDelete') === true
        ? undefined
        : ', and its operator deletes the file system with all data, unless its preserveFilesystemOnDelete is true',
  },
  {
    kind: 'ceph.rook.io/CephObjectStore',
    source: 'https://rook.io/docs/rook/latest/CRDs/Object-Storage/ceph-object-store-crd/',
    goes: (object) =>
      valueAt(object, 'spec', 'preservePoolsOnDelete') === true
        ? undefined
        : ', and its operator deletes its pools with all objects, unless its preservePoolsOnDelete is true',
  },
  {
    kind: 'snapshot.storage.k8s.io/VolumeSnapshot',
    source: 'https://kubernetes.io/docs/concepts/storage/volume-snapshots/#delete',
    goes: () => ', and the snapshot in the storage system with it, unless its deletionPolicy is Retain',
  },
  {
    kind: 'snapshot.storage.k8s.io/VolumeSnapshotContent',
    source: 'https://kubernetes.io/docs/concepts/storage/volume-snapshots/#delete',
    goes: (object) =>
      valueAt(object, 'spec', 'deletionPolicy') === 'Delete'
        ? ', and the snapshot in the storage system with it: its deletionPolicy is Delete'
        : undefined,
  },
];

const BY_KIND = new Map(CUSTOM_DATA.map((each) => [each.kind, each]));

/** What goes with a custom resource that is deleted, as `goes` has it; undefined for one that holds no data. */
export function customDataLost(kind: string, object: Plain): string | undefined {
  return BY_KIND.get(kind)?.goes(object);
}
