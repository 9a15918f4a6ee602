import { Cluster } from '../cluster';
import { ManifestSet } from '../../manifest/set';
import { references } from '../references';
import { hostUses } from './all-uses';

const SERVICES = ['db', 'kafka']
  .map(
    (name) => `---
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: shop }
spec: { ${name === 'kafka' ? "clusterIP: 'None', " : ''}selector: { app: ${name} }, ports: [{ port: 5432, targetPort: sql }, { port: 80 }] }
`,
  )
  .join('');

function pod(containers: string, namespace = 'shop'): string {
  return `apiVersion: v1\nkind: Pod\nmetadata: { name: client, namespace: ${namespace} }\nspec: { ${containers} }\n`;
}

/** The Services that a pod calls by a variable, with their ports on the pods. */
function uses(value: string, { name = 'DB_HOST', namespace = 'shop' } = {}): string[] {
  const yaml = pod(
    `containers: [{ name: c, image: a, env: [{ name: ${name}, value: '${value}' }] }]`,
    namespace,
  );
  return hostUses(new Cluster(ManifestSet.parse(yaml + SERVICES)))
    .filter(({ manifest }) => manifest !== undefined)
    .map(
      ({ target, ports }) => `${target.namespace}/${target.name} ${ports.map((port) => port.target).join()}`,
    );
}

describe('the host of a Service', () => {
  it.each([
    ['db', ['shop/db sql,80']],
    ['db:5432', ['shop/db sql']],
    ['db.shop', ['shop/db sql,80']],
    ['db.shop.svc', ['shop/db sql,80']],
    ['db.shop.svc.cluster.local', ['shop/db sql,80']],
    ['db.shop.svc.cluster.local.:80', ['shop/db 80']],
    ['db.shop.svc.corp.example', ['shop/db sql,80']],
    ['http://db', ['shop/db 80']],
    ['https://db', ['shop/db sql,80']],
    ['jdbc:postgresql://db/x', ['shop/db sql']],
    ['db:1', []],
    // Without an address of its own, a Service leads to the ports of the pods.
    ['kafka:5432', ['shop/kafka 5432']],
    ['http://kafka', ['shop/kafka 80,sql']],
    ['postgres://kafka-0.kafka/x', ['shop/kafka 5432,sql,80']],
    ['kafka-0.kafka:9092,kafka-1.kafka:9092', ['shop/kafka 9092', 'shop/kafka 9092']],
    ['kafka-0.kafka.shop', ['shop/kafka sql,80']],
    ['kafka-0.kafka.shop.svc.cluster.local', ['shop/kafka sql,80']],
    ['db-0.db', []],
    ['db-0.db.shop', []],
    ['db.other', []],
    ['db.svc', []],
    ['a.b.db.shop.svc', []],
    ['other', []],
  ])('is meant by %j', (value, found) => {
    expect(uses(value)).toEqual(found);
  });

  it('needs its namespace from another one', () => {
    const place = { namespace: 'web' };
    expect([uses('db', place), uses('kafka-0.kafka', place)]).toEqual([[], []]);
    expect(uses('db.shop', place)).toEqual(['shop/db sql,80']);
  });

  it('is a word only where it is used as a host, or with a port of it', () => {
    const mode = { name: 'MODE' };
    expect([uses('db', mode), uses('db:1', mode)]).toEqual([[], []]);
    expect([uses('db:80', mode), uses('db.shop', mode)]).toEqual([['shop/db 80'], ['shop/db sql,80']]);
  });

  it('has the port that the variable next to it says', () => {
    const yaml = pod(
      "containers: [{ name: c, image: a, env: [{ name: DB_HOST, value: db }, { name: DB_PORT, value: '80' }] }]",
    );
    const [use] = hostUses(new Cluster(ManifestSet.parse(yaml + SERVICES)));
    expect(use?.ports).toEqual([{ port: 80, protocol: 'TCP', target: 80 }]);
  });

  it('is another one for pods that do not ask the DNS of the cluster', () => {
    const of = (spec: string, value: string): number =>
      hostUses(
        new Cluster(
          ManifestSet.parse(
            pod(`${spec}, containers: [{ name: c, image: a, env: [{ name: DB_HOST, value: ${value} }] }]`) +
              SERVICES,
          ),
        ),
      ).length;
    expect([of('dnsPolicy: None', 'db'), of('dnsPolicy: ClusterFirst', 'db')]).toEqual([0, 1]);
    expect(of("hostAliases: [{ ip: '10.0.0.1', hostnames: [db] }]", 'db')).toBe(0);
  });

  it('is a reference of the workload, by the field that uses it', () => {
    const yaml = pod(
      "volumes: [{ name: v, secret: { secretName: login, items: [{ key: url, path: url }] } }], containers: [{ name: c, image: a, args: [--db, 'db:80'], envFrom: [{ configMapRef: { name: settings } }] }]",
    );
    const others = `---
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: shop }
data: { KAFKA_SERVERS: kafka }
---
apiVersion: v1
kind: Secret
metadata: { name: login, namespace: shop }
stringData: { other: 'http://kafka' }
data: { url: ${Buffer.from('postgres://u@db/x').toString('base64')} }
`;
    const found = references(ManifestSet.parse(yaml + SERVICES + others)).references.flatMap((each) =>
      each.type === 'names' && each.role === 'service-host' ? [`${each.path} ${each.target.name}`] : [],
    );
    expect(found).toEqual([
      'spec.containers[0].envFrom[0].configMapRef kafka',
      'spec.containers[0].args[1] db',
      'spec.volumes[0] db',
    ]);
  });
});
