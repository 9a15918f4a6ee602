import type { Field } from '../../manifest/field';
import { secret, service, type Derived, type Deriver, type Maker } from './maker';

/** Names that an operator derives from that of a database: `<name>-app`. */
function derived(secrets: readonly string[], services: readonly string[]): Deriver {
  return (_object, name, namespace): Derived[] => [
    ...secrets.map((suffix) => ({ target: secret(`${name}${suffix}`, namespace) })),
    ...services.map((suffix) => ({ target: service(`${name}${suffix}`, namespace) })),
  ];
}

/** The users of a cluster of Crunchy's operator: those that it lists, else one with the name of the cluster. */
function crunchy(object: Field, name: string, namespace: string): readonly Derived[] {
  const users = object.list('spec', 'users').map((user) => user.at('name').text);
  const secrets = [
    ...(users.length > 0 ? users : [name]).map((user) => `-pguser-${user}`),
    ...CRUNCHY_SECRETS,
  ];
  return derived(secrets, ['-primary', '-replicas', '-pods', '-pgbouncer', '-pgadmin'])(
    object,
    name,
    namespace,
  );
}

const CRUNCHY_SECRETS = ['-cluster-cert', '-replication-cert', '-monitoring', '-pgbouncer'];

/** The Secrets of the users of a cluster of Zalando's operator, by the template of their names that it comes with. */
function zalando(object: Field, name: string, namespace: string): Derived[] {
  const users = ['postgres', 'standby', 'pooler', ...Object.keys(object.at('spec', 'users').record)];
  const names = users.map(
    (user) => `${user.replaceAll('_', '-')}.${name}.credentials.postgresql.acid.zalan.do`,
  );
  return [
    ...names.map((each) => ({ target: secret(each, namespace) })),
    ...derived([], ['', '-repl', '-pooler', '-pooler-repl'])(object, name, namespace),
  ];
}

/** The Service and the Secrets of a replica set, with those by which each of its users connects. */
function mongodb(object: Field, name: string, namespace: string): readonly Derived[] {
  const users = object.list('spec', 'users').map((user) => {
    const [db, login] = [user.at('db').text || 'admin', user.at('name').text];
    const own = user.at('connectionStringSecretName').text;
    const there = user.at('connectionStringSecretNamespace').text || namespace;
    return { target: secret(own || nameFrom(`${name}-${db}-${login}`), there), keys: CONNECTION };
  });
  return [
    ...derived(['-agent-password', '-keyfile', '-config'], ['-svc'])(object, name, namespace),
    ...users,
  ];
}

const CONNECTION = ['connectionString.standard', 'connectionString.standardSrv', 'password', 'username'];

/** A name of words that may have characters which no name has. */
function nameFrom(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/-+/g, '-')
    .replace(/^-|-$/g, '');
}

const ELASTIC = 'https://www.elastic.co/docs/deploy-manage/deploy/cloud-on-k8s';
/** Servers of Elastic with a Service and certificates, each with what its operator calls it in their names. */
const ELASTIC_SERVERS = [
  ['agent.k8s.elastic.co/Agent', 'agent'],
  ['enterprisesearch.k8s.elastic.co/EnterpriseSearch', 'ent'],
  ['maps.k8s.elastic.co/ElasticMapsServer', 'ems'],
] as const;

const STRIMZI =
  'https://github.com/strimzi/strimzi-kafka-operator/tree/main/api/src/main/java/io/strimzi/api/kafka/model';

/** What the operators of databases, brokers and identity providers make, as their documentation names it. */
export const databaseMakers: readonly Maker[] = [
  {
    kind: 'postgresql.cnpg.io/Cluster',
    source: 'https://github.com/cloudnative-pg/cloudnative-pg/blob/main/api/v1/cluster_types.go',
    makes: derived(['-app', '-superuser', '-ca', '-server', '-replication'], ['-rw', '-ro', '-r']),
  },
  {
    kind: 'postgresql.cnpg.io/Pooler',
    source: 'https://cloudnative-pg.io/documentation/current/connection_pooling/',
    makes: derived([], ['']),
  },
  {
    kind: 'postgres-operator.crunchydata.com/PostgresCluster',
    source: 'https://github.com/CrunchyData/postgres-operator/blob/main/internal/naming/names.go',
    makes: crunchy,
  },
  {
    kind: 'acid.zalan.do/postgresql',
    source: 'https://github.com/zalando/postgres-operator/blob/master/pkg/cluster/util.go',
    makes: zalando,
  },
  {
    kind: 'elasticsearch.k8s.elastic.co/Elasticsearch',
    source: `${ELASTIC}/accessing-services`,
    makes: derived(
      ['-es-elastic-user', '-es-http-certs-public', '-es-http-certs-internal'],
      ['-es-http', '-es-internal-http', '-es-transport', '-es-remote-cluster'],
    ),
  },
  {
    kind: 'kibana.k8s.elastic.co/Kibana',
    source: `${ELASTIC}/accessing-services`,
    makes: derived(['-kb-http-certs-public', '-kb-http-certs-internal'], ['-kb-http']),
  },
  ...ELASTIC_SERVERS.map(([kind, short]) => ({
    kind,
    source: `${ELASTIC}/accessing-services`,
    makes: derived([`-${short}-http-certs-public`, `-${short}-http-certs-internal`], [`-${short}-http`]),
  })),
  {
    kind: 'logstash.k8s.elastic.co/Logstash',
    source: 'https://github.com/elastic/cloud-on-k8s/blob/main/pkg/apis/logstash/v1alpha1/name.go',
    makes: derived([], ['-ls-api']),
  },
  {
    kind: 'apm.k8s.elastic.co/ApmServer',
    source: `${ELASTIC}/accessing-services`,
    makes: derived(['-apm-token', '-apm-http-certs-public', '-apm-http-certs-internal'], ['-apm-http']),
  },
  {
    kind: 'kafka.strimzi.io/Kafka',
    source: STRIMZI,
    makes: derived(
      ['-cluster-ca', '-cluster-ca-cert', '-clients-ca', '-clients-ca-cert'],
      ['-kafka-bootstrap', '-kafka-brokers'],
    ),
  },
  { kind: 'kafka.strimzi.io/KafkaUser', source: STRIMZI, makes: derived([''], []) },
  {
    kind: 'kafka.strimzi.io/KafkaConnect',
    source: STRIMZI,
    makes: derived([], ['-connect-api']),
  },
  {
    kind: 'kafka.strimzi.io/KafkaMirrorMaker2',
    source: STRIMZI,
    makes: derived([], ['-mirrormaker2-api']),
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
    source:
      'https://github.com/keycloak/keycloak/tree/main/operator/src/main/java/org/keycloak/operator/controllers',
    makes: derived(['-initial-admin'], ['-service', '-discovery']),
  },
  {
    kind: 'redis.redis.opstreelabs.in/Redis',
    source: 'https://redis-operator.opstree.dev/docs/getting-started/standalone/',
    makes: derived([], ['', '-headless', '-additional']),
  },
  {
    kind: 'databases.spotahome.com/RedisFailover',
    source: 'https://github.com/spotahome/redis-operator/blob/master/operator/redisfailover/service/names.go',
    makes: (_object, name, namespace) =>
      ['rfs', 'rfr'].map((prefix) => ({ target: service(`${prefix}-${name}`, namespace) })),
  },
  {
    kind: 'mongodbcommunity.mongodb.com/MongoDBCommunity',
    source:
      'https://github.com/mongodb/mongodb-kubernetes-operator/blob/master/api/v1/mongodbcommunity_types.go',
    makes: mongodb,
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
