import { secret, service, type Derived, type Deriver, type Maker } from './maker';

/** Names that an operator derives from that of a database: `<name>-app`. */
function derived(secrets: readonly string[], services: readonly string[]): Deriver {
  return (_object, name, namespace): Derived[] => [
    ...secrets.map((suffix) => ({ target: secret(`${name}${suffix}`, namespace) })),
    ...services.map((suffix) => ({ target: service(`${name}${suffix}`, namespace) })),
  ];
}

const ELASTIC = 'https://www.elastic.co/docs/deploy-manage/deploy/cloud-on-k8s';
const STRIMZI = 'https://strimzi.io/docs/operators/latest/deploying';

/** What the operators of databases, brokers and identity providers make, as their documentation names it. */
export const databaseMakers: readonly Maker[] = [
  {
    kind: 'postgresql.cnpg.io/Cluster',
    source: 'https://cloudnative-pg.io/documentation/current/applications/',
    makes: derived(['-app', '-superuser', '-ca', '-server', '-replication'], ['-rw', '-ro', '-r']),
  },
  {
    kind: 'postgresql.cnpg.io/Pooler',
    source: 'https://cloudnative-pg.io/documentation/current/connection_pooling/',
    makes: derived([], ['']),
  },
  {
    kind: 'postgres-operator.crunchydata.com/PostgresCluster',
    source:
      'https://access.crunchydata.com/documentation/postgres-operator/latest/tutorials/basic-setup/connect-cluster',
    makes: (_object, name, namespace) => [
      { target: secret(`${name}-pguser-${name}`, namespace) },
      ...['-primary', '-replicas', '-pgbouncer'].map((each) => ({
        target: service(`${name}${each}`, namespace),
      })),
    ],
  },
  {
    kind: 'acid.zalan.do/postgresql',
    source: 'https://postgres-operator.readthedocs.io/en/latest/user/',
    makes: derived([], ['', '-repl', '-pooler']),
  },
  {
    kind: 'elasticsearch.k8s.elastic.co/Elasticsearch',
    source: `${ELASTIC}/accessing-services`,
    makes: derived(
      ['-es-elastic-user', '-es-http-certs-public', '-es-http-certs-internal'],
      ['-es-http', '-es-internal-http', '-es-transport'],
    ),
  },
  {
    kind: 'kibana.k8s.elastic.co/Kibana',
    source: `${ELASTIC}/accessing-services`,
    makes: derived(['-kb-http-certs-public'], ['-kb-http']),
  },
  {
    kind: 'apm.k8s.elastic.co/ApmServer',
    source: `${ELASTIC}/accessing-services`,
    makes: derived(['-apm-token', '-apm-http-certs-public'], ['-apm-http']),
  },
  {
    kind: 'kafka.strimzi.io/Kafka',
    source: STRIMZI,
    makes: derived(['-cluster-ca-cert', '-clients-ca-cert'], ['-kafka-bootstrap', '-kafka-brokers']),
  },
  { kind: 'kafka.strimzi.io/KafkaUser', source: STRIMZI, makes: derived([''], []) },
  {
    kind: 'kafka.strimzi.io/KafkaConnect',
    source: STRIMZI,
    makes: derived([], ['-connect-api']),
  },
  {
    kind: 'kafka.strimzi.io/KafkaBridge',
    source: STRIMZI,
    makes: derived([], ['-bridge-service']),
  },
  {
    kind: 'rabbitmq.com/RabbitmqCluster',
    source: 'https://www.rabbitmq.com/kubernetes/operator/using-operator',
    makes: derived(['-default-user', '-erlang-cookie'], ['', '-nodes']),
  },
  {
    kind: 'k8s.keycloak.org/Keycloak',
    source: 'https://www.keycloak.org/operator/basic-deployment',
    makes: derived(['-initial-admin'], ['-service', '-discovery']),
  },
  {
    kind: 'redis.redis.opstreelabs.in/Redis',
    source: 'https://redis-operator.opstree.dev/docs/getting-started/standalone/',
    makes: derived([], ['', '-headless', '-additional']),
  },
  {
    kind: 'databases.spotahome.com/RedisFailover',
    source: 'https://github.com/spotahome/redis-operator/blob/master/README.md',
    makes: (_object, name, namespace) => [{ target: service(`rfs-${name}`, namespace) }],
  },
  {
    kind: 'mongodbcommunity.mongodb.com/MongoDBCommunity',
    source: 'https://github.com/mongodb/mongodb-kubernetes-operator/blob/master/docs/README.md',
    makes: derived([], ['-svc']),
  },
  {
    kind: 'objectbucket.io/ObjectBucketClaim',
    source:
      'https://rook.io/docs/rook/latest/Storage-Configuration/Object-Storage-RGW/ceph-object-bucket-claim/',
    makes: (_object, name, namespace) => [
      { target: secret(name, namespace) },
      { target: { group: '', kind: 'ConfigMap', namespace, name } },
    ],
  },
];
