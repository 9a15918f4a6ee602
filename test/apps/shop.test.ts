import type { Manifest, ManifestSet } from 'seaworthy';
import { rendered } from './rendered';

const shop = rendered('shop');
const ENVIRONMENTS = ['staging', 'production', 'production-eu'];
const [staging, production, productionEu] = ENVIRONMENTS.map((name) => shop.in(name)) as [
  ManifestSet,
  ManifestSet,
  ManifestSet,
];

test('the shop renders to the same text each time', () => {
  expect(rendered('shop').toYaml()).toBe(shop.toYaml());
});

test('the shop runs in three environments', () => {
  expect(shop.environments).toEqual(ENVIRONMENTS);
});

describe('the cluster decides', () => {
  test('how customers are led in: by an Ingress of its class, or through its Gateway', () => {
    expect(staging.get({ kind: 'Ingress', name: 'shop-web' }).object).toMatchObject({
      metadata: { annotations: { 'cert-manager.io/cluster-issuer': 'letsencrypt' } },
      spec: {
        ingressClassName: 'nginx',
        rules: [{ host: 'staging.shop.example' }],
        tls: [{ hosts: ['staging.shop.example'], secretName: 'shop-web-tls' }],
      },
    });
    expect(production.get({ kind: 'HTTPRoute', name: 'shop-web' }).object).toMatchObject({
      spec: {
        hostnames: ['shop.example'],
        parentRefs: [{ name: 'public', namespace: 'gateways', sectionName: 'https' }],
        rules: [{ backendRefs: [{ name: 'shop-web', port: 80 }] }],
      },
    });
    expect(production.find({ kind: 'Ingress' })).toEqual([]);
  });

  test.each([
    ['staging', 'longhorn'],
    ['production', 'gp3'],
    ['production-eu', 'premium-rwo'],
  ])('what disks are made of: in %s of %s', (environment, storageClass) => {
    const text = shop
      .in(environment)
      .filter(({ id }) => ['StatefulSet', 'PersistentVolumeClaim', 'Deployment'].includes(id.kind))
      .toYaml();
    const classes = [...text.matchAll(/storageClassName: (.*)/g)].map(([, name]) => name);
    expect(new Set(classes)).toEqual(new Set([storageClass]));
    expect(classes).toHaveLength(text.match(/accessModes:/g)?.length ?? 0);
  });

  test('which nodes have a GPU for recommendations, if any', () => {
    const pods = (taint: string, pool: object) => ({
      spec: {
        replicas: 2,
        strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
        template: {
          spec: {
            nodeSelector: pool,
            tolerations: [{ key: 'nvidia.com/gpu', operator: 'Equal', value: taint, effect: 'NoSchedule' }],
            containers: [{ resources: { limits: { 'nvidia.com/gpu': '1' } } }],
          },
        },
      },
    });
    const recommender = { kind: 'Deployment', name: 'shop-recommender' };
    expect(production.get(recommender).object).toMatchObject(
      pods('true', { 'eks.amazonaws.com/nodegroup': 'gpu' }),
    );
    expect(productionEu.get(recommender).object).toMatchObject(
      pods('present', { 'cloud.google.com/gke-nodepool': 'gpu' }),
    );
    expect(staging.find(recommender)).toEqual([]);
  });

  test('whether KEDA counts the workers, or the Deployment does', () => {
    const worker = { kind: 'Deployment', name: 'shop-worker' };
    expect(staging.get(worker).object).toHaveProperty('spec.replicas', 2);
    expect(staging.find({ kind: 'ScaledObject' })).toEqual([]);
    expect(production.get(worker).object).not.toHaveProperty('spec.replicas');
    expect(production.get({ kind: 'ScaledObject' }).object).toMatchObject({
      spec: { scaleTargetRef: { name: 'shop-worker' }, minReplicaCount: 2 },
    });
  });

  test('whether Prometheus collects metrics, and is let in', () => {
    expect(staging.find({ kind: 'PodMonitor' })).toEqual([]);
    expect(production.find({ kind: 'PodMonitor' })).toHaveLength(3);
    expect(production.get({ kind: 'NetworkPolicy', name: 'shop-db-metrics-access' }).object).toMatchObject({
      spec: {
        podSelector: { matchLabels: { 'app.kubernetes.io/name': 'shop-db' } },
        ingress: [{ ports: [{ port: 9187 }] }],
      },
    });
  });
});

describe('the database', () => {
  const { object: database } = production.get({ kind: 'StatefulSet' });

  test('runs as the user that owns its files, below the root of its disk', () => {
    expect(database).toMatchObject({
      spec: {
        serviceName: 'shop-db',
        template: {
          spec: {
            securityContext: { runAsUser: 999, fsGroup: 999, fsGroupChangePolicy: 'OnRootMismatch' },
            containers: [
              {
                image: 'postgres:16.4',
                env: expect.arrayContaining([
                  { name: 'PGDATA', value: '/var/lib/postgresql/data/pgdata' },
                ]) as unknown,
                volumeMounts: expect.arrayContaining([
                  { name: 'data', mountPath: '/var/lib/postgresql/data' },
                  { name: 'postgresql', mountPath: '/var/run/postgresql' },
                ]) as unknown,
              },
            ],
            initContainers: [{ name: 'exporter', restartPolicy: 'Always' }],
          },
        },
        volumeClaimTemplates: [
          { metadata: { name: 'data' }, spec: { resources: { requests: { storage: '500Gi' } } } },
        ],
      },
    });
  });

  test('lets in only those that need it', () => {
    const { object } = production.get({ kind: 'NetworkPolicy', name: 'shop-db' });
    const { ingress } = object['spec'] as {
      ingress: { from: { podSelector: { matchLabels: Record<string, string> } }[] }[];
    };
    const callers = ingress.flatMap(({ from }) =>
      from.map((peer) => peer.podSelector.matchLabels['app.kubernetes.io/name']),
    );
    expect(callers.sort()).toEqual([
      'shop-api',
      'shop-db',
      'shop-db-backup',
      'shop-migration',
      'shop-worker',
    ]);
  });

  test('is saved each night to a disk of its own', () => {
    expect(production.get({ kind: 'CronJob' }).object).toMatchObject({
      spec: {
        schedule: '15 2 * * *',
        timeZone: 'Etc/UTC',
        concurrencyPolicy: 'Forbid',
        jobTemplate: {
          spec: {
            template: {
              spec: {
                restartPolicy: 'Never',
                volumes: expect.arrayContaining([
                  { name: 'shop-db-backups', persistentVolumeClaim: { claimName: 'shop-db-backups' } },
                ]) as unknown,
              },
            },
          },
        },
      },
    });
  });

  test('is brought up to date before anything new runs on it', () => {
    const position = (kind: string, name: RegExp) =>
      production.manifests.findIndex(({ id }) => id.kind === kind && name.test(id.name));
    const migration = position('Job', /^shop-migration-[0-9a-f]{10}$/);
    expect(migration).toBeGreaterThan(position('StatefulSet', /^shop-db$/));
    expect(migration).toBeLessThan(position('Deployment', /^shop-api$/));
    expect(migration).toBeLessThan(position('Deployment', /^shop-worker$/));
  });
});

describe('the log agent', () => {
  const { object: agent } = production.get({ kind: 'DaemonSet' });

  test('runs on every node, in a namespace that lets it read the files of the node', () => {
    expect(production.get({ kind: 'Namespace', name: 'logging' }).object.metadata.labels).toEqual({
      'pod-security.kubernetes.io/enforce': 'privileged',
    });
    expect(agent).toMatchObject({
      metadata: { namespace: 'logging' },
      spec: {
        template: {
          spec: {
            tolerations: [{ operator: 'Exists' }],
            priorityClassName: 'shop-agents',
            volumes: expect.arrayContaining([{ name: 'log', hostPath: { path: '/var/log' } }]) as unknown,
          },
        },
      },
    });
  });

  test('starts anew when its configuration changes, though that keeps its name', () => {
    expect(production.get({ kind: 'ConfigMap', name: 'logging-config' }).object).not.toHaveProperty(
      'immutable',
    );
    expect(agent).toHaveProperty([
      'spec',
      'template',
      'metadata',
      'annotations',
      'seaworthy.dev/config-checksum',
    ]);
  });

  test('may ask the API server which pods there are', () => {
    expect(production.get({ kind: 'ClusterRoleBinding' }).object).toMatchObject({
      roleRef: { kind: 'ClusterRole', name: production.get({ kind: 'ClusterRole' }).id.name },
      subjects: [{ kind: 'ServiceAccount', name: 'logging-account', namespace: 'logging' }],
    });
    expect(production.get({ kind: 'ServiceAccount', name: 'logging-account' }).object).toHaveProperty(
      'automountServiceAccountToken',
      true,
    );
  });
});

test('no secret stands in the files but the token of the payment sandbox', () => {
  const secrets = shop.find({ kind: 'Secret' });
  expect(secrets.map(environmentOf)).toEqual(['staging']);
  expect(secrets[0]?.object['data']).toEqual({ token: Buffer.from('sandbox').toString('base64') });
});

test('the API says why it ended, in the words of its log', () => {
  expect(production.get({ kind: 'Deployment', name: 'shop-api' }).object).toMatchObject({
    spec: {
      template: {
        spec: {
          containers: [
            { terminationMessagePolicy: 'FallbackToLogsOnError', image: 'ghcr.io/acme/shop-api:1.4.2' },
          ],
        },
      },
    },
  });
});

test('nginx finds its snippets in a folder, and the API by its address', () => {
  const { object } = production.get({ kind: 'ConfigMap', name: configOf(production, 'shop-web-nginx') });
  expect(object['data']).toMatchObject({
    'default.conf': expect.stringContaining('include conf.d/snippets/security-headers.conf;') as unknown,
    'upstream.conf': expect.stringContaining('server shop-api:80;') as unknown,
  });
  const { object: web } = production.get({ kind: 'Deployment', name: 'shop-web' });
  const { volumes } = (web['spec'] as { template: { spec: { volumes: unknown[] } } }).template.spec;
  expect(volumes).toContainEqual({
    name: 'shop-web-nginx',
    configMap: {
      name: object.metadata.name,
      items: expect.arrayContaining([
        { key: 'snippets__security-headers.conf', path: 'snippets/security-headers.conf' },
        { key: 'default.conf', path: 'default.conf' },
      ]) as unknown,
    },
  });
});

test('an object has the same name in every environment, unless its content is its name', () => {
  const names = (set: ManifestSet) =>
    new Set([...set].map(({ id }) => `${id.kind} ${id.name.replace(/-[0-9a-f]{10}$/, '')}`));
  const everywhere = names(production);
  expect(names(productionEu)).toEqual(everywhere);
  const onlyStaging = [...names(staging)].filter((name) => !everywhere.has(name));
  expect(onlyStaging).toEqual(['Secret shop-payments', 'Ingress shop-api', 'Ingress shop-web']);
});

function environmentOf({ origin }: Manifest): string | undefined {
  return origin?.environment;
}

/** The full name of the ConfigMap whose name begins so. */
function configOf(set: ManifestSet, name: string): string {
  return set.find({ kind: 'ConfigMap' }).find(({ id }) => id.name.startsWith(`${name}-`))?.id.name ?? '';
}
