import { secret, service, type Derived, type Deriver } from './derived';

/** Names that an operator derives from that of a database: `<name>-app`. */
function derived(secrets: readonly string[], services: readonly string[]): Deriver {
  return (_object, name, namespace): Derived[] => [
    ...secrets.map((suffix) => ({ target: secret(`${name}${suffix}`, namespace) })),
    ...services.map((suffix) => ({ target: service(`${name}${suffix}`, namespace) })),
  ];
}

/** What the operators of databases and brokers make, as their documentation names it. */
export const databases: readonly (readonly [string, Deriver])[] = [
  [
    'postgresql.cnpg.io/Cluster',
    derived(['-app', '-superuser', '-ca', '-server', '-replication'], ['-rw', '-ro', '-r']),
  ],
  ['postgres-operator.crunchydata.com/PostgresCluster', derived([], ['-primary', '-replicas'])],
  [
    'elasticsearch.k8s.elastic.co/Elasticsearch',
    derived(['-es-elastic-user', '-es-http-certs-public'], ['-es-http']),
  ],
  ['kibana.k8s.elastic.co/Kibana', derived(['-kb-http-certs-public'], ['-kb-http'])],
  [
    'kafka.strimzi.io/Kafka',
    derived(['-cluster-ca-cert', '-clients-ca-cert'], ['-kafka-bootstrap', '-kafka-brokers']),
  ],
  ['kafka.strimzi.io/KafkaUser', derived([''], [])],
  ['rabbitmq.com/RabbitmqCluster', derived(['-default-user'], ['', '-nodes'])],
];
