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
];
