import { fitRules } from 'seaworthy';
import { Manifests, match } from 'seaworthy/testing';
import type { Pattern } from 'seaworthy/testing';
import 'seaworthy/testing/jest';
import { shop } from '../../apps/shop/app';

const app = Manifests.from(shop());
const [staging, production, productionEu] = ['staging', 'production', 'production-eu'].map((name) =>
  app.resourcesOf(name),
) as [Manifests, Manifests, Manifests];

/** Whose pods the database lets in. */
const CALLERS = ['shop-api', 'shop-db', 'shop-db-backup', 'shop-invoices', 'shop-migration', 'shop-worker'];

/** A workload of this name, whose pods are like `pod`. */
const workload = (name: string, pod: Pattern) => ({ metadata: { name }, spec: { template: { spec: pod } } });

test('the shop renders to the same text each time', () => {
  expect(Manifests.from(shop()).set.toYaml()).toBe(app.set.toYaml());
});

test('every pod of the shop finds a node of its cluster, at the most that autoscalers ask for, and without any one node or zone', () => {
  expect(app).toHaveNoFindings({ rules: fitRules() });
});

test('the shop runs in three environments', () => {
  expect(app.set.environments).toEqual(['staging', 'production', 'production-eu']);
});

describe('the cluster decides', () => {
  test('how customers are led in: by an Ingress of its class, or through its Gateway', () => {
    expect(staging).toHaveResource('Ingress', {
      metadata: { name: 'shop-edge', annotations: { 'cert-manager.io/cluster-issuer': 'letsencrypt' } },
      spec: {
        ingressClassName: 'nginx',
        rules: [{ host: 'staging.shop.example' }, { host: 'www.staging.shop.example' }],
        tls: [{ hosts: ['staging.shop.example', 'www.staging.shop.example'] }],
      },
    });
    const leads = (value: string, name: string) => ({
      matches: [{ path: { type: 'PathPrefix', value } }],
      backendRefs: [{ name, port: 80 }],
    });
    expect(production).toHaveResource('HTTPRoute', {
      metadata: { name: 'shop-edge' },
      spec: {
        hostnames: ['shop.example', 'www.shop.example'],
        parentRefs: [{ name: 'public', namespace: 'gateways', sectionName: 'https' }],
        rules: [leads('/', 'shop-web'), leads('/parcels', 'shop-couriers')],
      },
    });
    expect(production).not.toHaveResource('Ingress');
  });

  test.each([
    ['staging', 'longhorn'],
    ['production', 'gp3'],
    ['production-eu', 'premium-rwo'],
  ])('what disks are made of: in %s of %s', (environment, storageClassName) => {
    const manifests = app.resourcesOf(environment);
    const claim = { spec: { storageClassName } };
    for (const [kind, disk] of [
      ['PersistentVolumeClaim', claim],
      ['StatefulSet', { spec: { volumeClaimTemplates: [claim] } }],
    ] as const) {
      expect(manifests).toHaveResource(kind, disk);
      const others = manifests.find(kind, match.not(disk)).map(({ id }) => id.name);
      expect(others.filter((name) => name !== 'shop-archive')).toEqual([]); // a disk that was there before
    }
    const models = match.key('models', { ephemeral: { volumeClaimTemplate: claim } });
    const otherModels = workload('shop-recommender', { volumes: match.not(models) });
    expect(manifests).not.toHaveResource('Deployment', otherModels);
  });

  test('where secrets are: sealed in the files, mounted from their store, or fetched from it', () => {
    const name = 'shop-payments';
    expect(production).toHaveResource('SealedSecret', {
      metadata: { name },
      spec: { encryptedData: match.exactly({ token: match.pattern(/^Ag[\w+/]{600,}=*$/) }) },
    });
    expect(productionEu).toHaveResource('ExternalSecret', { metadata: { name } });
    const signing = 'shop-worker-signing';
    expect(production).toHaveResource('SecretProviderClass', {
      metadata: { name: signing },
      spec: { provider: 'aws', parameters: { objects: match.pattern(/objectName: shop\/signing/) } },
    });
    const volumes = (source: object) => workload('shop-worker', { volumes: match.arrayWith([source]) });
    const store = { driver: 'secrets-store.csi.k8s.io', volumeAttributes: { secretProviderClass: signing } };
    expect(production).toHaveResource('Deployment', volumes({ csi: store }));
    expect(productionEu).toHaveResource('Deployment', volumes({ secret: { secretName: signing } }));
  });

  test('which nodes have a GPU for recommendations, if any', () => {
    const recommender = (taint: string, pool: object) => ({
      metadata: { name: 'shop-recommender' },
      spec: {
        replicas: 2,
        strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
        template: {
          spec: {
            nodeSelector: pool,
            tolerations: [{ key: 'nvidia.com/gpu', operator: 'Equal', value: taint, effect: 'NoSchedule' }],
            containers: [{ resources: { limits: { 'nvidia.com/gpu': match.quantity(1) } } }],
          },
        },
      },
    });
    const [eks, gke] = ['eks.amazonaws.com/nodegroup', 'cloud.google.com/gke-nodepool'];
    expect(production).toHaveResource('Deployment', recommender('true', { [eks]: 'gpu' }));
    expect(productionEu).toHaveResource('Deployment', recommender('present', { [gke]: 'gpu' }));
    expect(staging).not.toHaveResource('Deployment', { metadata: { name: 'shop-recommender' } });
  });

  test('whether KEDA counts the workers, or the Deployment does', () => {
    const worker = (replicas: unknown) => ({ metadata: { name: 'shop-worker' }, spec: { replicas } });
    expect(staging).toHaveResource('Deployment', worker(2));
    expect(staging).not.toHaveResource('keda.sh/v1alpha1/ScaledObject');
    expect(production).toHaveResource('Deployment', worker(match.absent()));
    expect(production).toHaveResource('ScaledObject', {
      spec: { scaleTargetRef: { name: 'shop-worker' }, minReplicaCount: 2 },
    });
  });

  test('whether Prometheus collects metrics, and is let in', () => {
    const port = (number: string) => ({ 'prometheus.io/scrape': 'true', 'prometheus.io/port': number });
    for (const [kind, name, number] of [
      ['Deployment', 'shop-api', '9090'],
      ['Deployment', 'shop-worker', '9090'],
      ['StatefulSet', 'shop-db', '9187'],
    ] as const) {
      const template = { metadata: { annotations: port(number) } };
      expect(staging).toHaveResource(kind, { metadata: { name }, spec: { template } });
    }
    expect(production).toHaveResource('ServiceMonitor', {
      metadata: { name: 'shop-api' },
      spec: { endpoints: [{ port: 'metrics' }] },
    });
    const pods = production.find('PodMonitor').map(({ id }) => id.name);
    expect(pods.toSorted()).toEqual(['shop-db', 'shop-worker']);
    const namespaceSelector = { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } };
    expect(production).toHaveResource('NetworkPolicy', {
      metadata: { name: 'shop-db' },
      spec: { ingress: match.arrayWith([{ from: [{ namespaceSelector }], ports: [{ port: 9187 }] }]) },
    });
  });

  test('whether anybody is woken up', () => {
    expect(staging).not.toHaveResource('monitoring.coreos.com/v1/PrometheusRule');
    const [rule] = production.find('PrometheusRule');
    const alerts = [
      'ErrorRateHigh',
      'LatencyHigh',
      'ContainerRestarting',
      'ReplicasUnavailable',
      'AutoscalerAtMaximum',
    ];
    expect(rule?.object['spec']).toMatchObject({ groups: [{ rules: alerts.map((alert) => ({ alert })) }] });
  });
});

describe('the database', () => {
  test('runs as the user that owns its files, below the root of its disk', () => {
    expect(production).toHaveResource('StatefulSet', {
      spec: {
        serviceName: 'shop-db',
        template: {
          spec: {
            securityContext: { runAsUser: 999, fsGroup: 999, fsGroupChangePolicy: 'OnRootMismatch' },
            containers: [
              {
                image: 'postgres:16.4',
                env: match.key('PGDATA', { value: '/var/lib/postgresql/data/pgdata' }),
                volumeMounts: match.arrayWith([
                  { name: 'data', mountPath: '/var/lib/postgresql/data' },
                  { name: 'postgresql', mountPath: '/var/run/postgresql' },
                ]),
              },
            ],
            initContainers: [{ name: 'exporter', restartPolicy: 'Always' }],
          },
        },
        volumeClaimTemplates: [
          {
            metadata: { name: 'data' },
            spec: { resources: { requests: { storage: match.quantity('500Gi') } } },
          },
        ],
      },
    });
  });

  test('lets in only those that need it', () => {
    const from = CALLERS.map((name) => ({
      from: [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': name } } }],
    }));
    const keda = {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'keda' } },
      podSelector: { matchLabels: { app: 'keda-operator' } },
    };
    const analysts = { ipBlock: { cidr: '10.20.0.0/16' } };
    const ports = [{ port: 5432 }];
    const others = [{ from: [keda], ports }, { from: [analysts], ports }, { ports: [{ port: 9187 }] }];
    expect(production).toHaveResource('NetworkPolicy', {
      metadata: { name: 'shop-db' },
      spec: { ingress: match.inAnyOrder([...from, ...others]) },
    });
  });

  test('is saved each night to a disk of its own', () => {
    const disk = { name: 'shop-db-backups', persistentVolumeClaim: { claimName: 'shop-db-backups' } };
    expect(production).toHaveResource('CronJob', {
      spec: {
        schedule: '15 2 * * *',
        timeZone: 'Etc/UTC',
        concurrencyPolicy: 'Forbid',
        jobTemplate: {
          spec: { template: { spec: { restartPolicy: 'Never', volumes: match.arrayWith([disk]) } } },
        },
      },
    });
  });

  test('is copied before a release changes it, where the cluster takes snapshots', () => {
    const snapshot = {
      metadata: { name: 'shop-db-before-1-4-2', annotations: { 'helm.sh/resource-policy': 'keep' } },
      spec: { source: { persistentVolumeClaimName: 'data-shop-db-0' } },
    };
    for (const place of [production, productionEu]) expect(place).toHaveResource('VolumeSnapshot', snapshot);
    expect(staging).not.toHaveResource('snapshot.storage.k8s.io/v1/VolumeSnapshot');
  });

  test('is brought up to date before anything new runs on it', () => {
    const names = [...production].map(({ id }) => `${id.kind} ${id.name}`);
    const position = (kind: string, name: Pattern): number => {
      const { id } = production.get(kind, { metadata: { name } });
      return names.indexOf(`${id.kind} ${id.name}`);
    };
    const migration = position('Job', match.pattern(/^shop-migration-[0-9a-f]{10}$/));
    expect(migration).toBeGreaterThan(position('StatefulSet', 'shop-db'));
    expect(migration).toBeLessThan(position('Deployment', 'shop-api'));
    expect(migration).toBeLessThan(position('Deployment', 'shop-worker'));
  });
});

test('scanners of couriers call by a load balancer, which leads to nothing else', () => {
  expect(production).toHaveResource('Service', {
    metadata: {
      name: 'shop-couriers-public',
      annotations: { 'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internet-facing' },
    },
    spec: {
      type: 'LoadBalancer',
      loadBalancerSourceRanges: ['198.51.100.0/24', '203.0.113.0/24'],
      ports: match.exactly([match.like({ name: 'scanners', port: 7007 })]),
    },
  });
});

test('whoever is told where to go reaches nothing else', () => {
  const migration = production.get('Job').id.name;
  expect(production).toOnlyAllow([
    ['shop-web', 'shop-api', 8080],
    ['shop-couriers', 'shop-api', 8080],
    ['logging-agent', 'shop-couriers', 7007], // as may all who may call a load balancer
    ['shop-api', 'shop-recommender', 9000],
    ['shop-api', 'shop-db', 5432],
    ['shop-worker', 'shop-db', 5432],
    ['shop-db-backup', 'shop-db', 5432],
    ['shop-invoices', 'shop-db', 5432],
    [migration, 'shop-db', 5432],
  ]);
});

test('in Europe the mesh lets in only those whose accounts it knows, and customers', () => {
  const ports = (manifests: readonly string[]) => manifests.map((port) => ({ operation: { ports: [port] } }));
  const accounts = [...CALLERS.map((name) => `shop/sa/${name}`), 'keda/sa/keda-operator'];
  const rules = accounts.map((account) => ({
    from: [{ source: { principals: [`cluster.local/ns/${account}`] } }],
  }));
  expect(productionEu).toHaveResource('AuthorizationPolicy', {
    metadata: { name: 'shop-db' },
    spec: { rules: match.inAnyOrder([...rules, { to: ports(['9187']) }]) },
  });
  expect(productionEu).toHaveResource('AuthorizationPolicy', {
    metadata: { name: 'shop-web' },
    spec: { rules: [match.exactly({ to: ports(['8080']) })] },
  });
});

test('invoices are printed by as many Jobs as wait for one, and by none in a cluster without KEDA', () => {
  expect(production).toHaveResource('ScaledJob', {
    metadata: { name: 'shop-invoices' },
    spec: {
      maxReplicaCount: 5,
      triggers: [{ type: 'postgresql', metadata: { host: 'shop-db.shop', targetQueryValue: '100' } }],
      jobTargetRef: { template: { spec: { containers: [{ args: ['invoice', '--batch=100'] }] } } },
    },
  });
  expect(staging).not.toHaveResource('keda.sh/v1alpha1/ScaledJob');
});

describe('the namespace of the shop', () => {
  test('has guard rails', () => {
    expect(production).toHaveResource('Namespace', {
      metadata: { name: 'shop', labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
    });
    expect(production).toHaveResource('ResourceQuota', {
      spec: { hard: { pods: '200', 'requests.storage': '4Ti' } },
    });
    expect(production).toHaveResource('LimitRange', {
      spec: { limits: [{ type: 'Container', defaultRequest: { cpu: '10m' }, max: { memory: '16Gi' } }] },
    });
  });

  test('may be read by those who answer customers', () => {
    expect(production).toHaveResource('RoleBinding', {
      roleRef: { kind: 'ClusterRole', name: 'view' },
      subjects: [{ kind: 'Group', name: 'shop-support' }],
    });
  });
});

test('orders of the shop before this one are read from a file server, by the API alone', () => {
  const name = 'shop-archive-files';
  expect(production).toHaveResource('PersistentVolume', {
    metadata: { name },
    spec: { nfs: { server: 'files.shop.example' }, claimRef: { namespace: 'shop', name: 'shop-archive' } },
  });
  expect(production).toHaveResource('PersistentVolumeClaim', { spec: { volumeName: name } });
  const volume = { persistentVolumeClaim: { claimName: 'shop-archive' } };
  const volumes = match.arrayWith([volume]);
  const volumeMounts = match.arrayWith([{ mountPath: '/archive', readOnly: true }]);
  const pod = { volumes, containers: [{ volumeMounts }] };
  expect(production).toHaveResource('Deployment', workload('shop-api', pod));
  expect(production).not.toHaveResource('Deployment', workload('shop-worker', { volumes }));
});

test('backups survive the release that no longer has them', () => {
  expect(production).toHaveResource('PersistentVolumeClaim', {
    metadata: { name: 'shop-db-backups', annotations: { 'helm.sh/resource-policy': 'keep' } },
  });
});

test('the API sends traces and is told what it should request, where the cluster has the means', () => {
  const env = match.key('OTEL_EXPORTER_OTLP_ENDPOINT', { value: 'http://collector.monitoring:4317' });
  expect(production).toHaveResource('Deployment', workload('shop-api', { containers: [{ env }] }));
  expect(production).toHaveResource('VerticalPodAutoscaler', {
    metadata: { name: 'shop-api' },
    spec: { updatePolicy: { updateMode: 'Off' } },
  });
  expect(staging).not.toHaveResource('autoscaling.k8s.io/v1/VerticalPodAutoscaler');
});

test('in Europe the mesh ends calls for recommendations that take too long', () => {
  expect(productionEu).toHaveResource('HTTPRoute', {
    metadata: { name: 'shop-recommender-mesh' },
    spec: {
      parentRefs: [{ kind: 'Service', name: 'shop-recommender' }],
      rules: [{ timeouts: { request: '2s' } }],
    },
  });
});

describe('the log agent', () => {
  test('runs on every node, in a namespace that lets it read the files of the node', () => {
    expect(production).toHaveResource('Namespace', {
      metadata: {
        name: 'logging',
        labels: match.exactly({ 'pod-security.kubernetes.io/enforce': 'privileged' }),
      },
    });
    expect(production).toHaveResource('DaemonSet', {
      metadata: { namespace: 'logging' },
      spec: {
        template: {
          spec: {
            tolerations: [match.exactly({ operator: 'Exists' })],
            priorityClassName: 'shop-agents',
            volumes: match.key('log', { hostPath: { path: '/var/log' } }),
          },
        },
      },
    });
  });

  test('starts anew when its configuration changes, though that keeps its name', () => {
    expect(production).toHaveResource('ConfigMap', {
      metadata: { name: 'logging-config' },
      immutable: match.absent(),
    });
    expect(production).toHaveResource('DaemonSet', {
      spec: { template: { metadata: { annotations: { 'seaworthy.dev/config-checksum': match.any() } } } },
    });
  });

  test('may ask the API server which pods there are', () => {
    const name = 'logging-agent';
    const role = `logging-${name}`; // in no namespace, so it names that of the agent
    expect(production).toHaveResource('ClusterRole', {
      metadata: { name: role },
      rules: [{ resources: ['namespaces', 'pods'], verbs: ['get', 'list', 'watch'] }],
    });
    expect(production).toHaveResource('ClusterRoleBinding', {
      roleRef: { kind: 'ClusterRole', name: role },
      subjects: [{ kind: 'ServiceAccount', name, namespace: 'logging' }],
    });
    expect(production).toHaveResource('DaemonSet', {
      spec: { template: { spec: { serviceAccountName: name, automountServiceAccountToken: true } } },
    });
  });
});

test('no secret stands in the files but the token of the payment sandbox', () => {
  const token = Buffer.from('sandbox').toString('base64');
  expect(app.find('Secret')).toHaveLength(1);
  expect(staging).toHaveResource('Secret', { data: match.exactly({ token }) });
});

test('the API says why it ended, in the words of its log', () => {
  const container = {
    terminationMessagePolicy: 'FallbackToLogsOnError',
    image: 'ghcr.io/acme/shop-api:1.4.2',
  };
  expect(production).toHaveResource('Deployment', workload('shop-api', { containers: [container] }));
});

test('nginx finds its snippets in a folder, and the API by its address', () => {
  const name = match.capture<string>(match.pattern(/^shop-web-nginx-/));
  expect(production).toHaveResource('ConfigMap', {
    metadata: { name },
    data: {
      'default.conf': match.pattern(/include conf\.d\/snippets\/security-headers\.conf;/),
      'upstream.conf': match.pattern(/server shop-api:80;/),
    },
  });
  const files = match.arrayWith([
    { key: 'snippets__security-headers.conf', path: 'snippets/security-headers.conf' },
    { key: 'default.conf', path: 'default.conf' },
  ]);
  const volumes = match.key('shop-web-nginx', { configMap: { name: name.value, items: files } });
  expect(production).toHaveResource('Deployment', workload('shop-web', { volumes }));
});

const OF_THE_MESH = /^(AuthorizationPolicy|PeerAuthentication) |^HTTPRoute .*-mesh$/;

test('an object has the same name in every environment, unless its content is its name', () => {
  const names = (manifests: Manifests) =>
    new Set([...manifests].map(({ id }) => `${id.kind} ${id.name.replace(/-[0-9a-f]{10}$/, '')}`));
  const everywhere = names(production);
  const onlyIn = (manifests: Manifests) => [...names(manifests)].filter((name) => !everywhere.has(name));
  expect(onlyIn(productionEu).filter((name) => !OF_THE_MESH.test(name))).toEqual([
    'ExternalSecret shop-payments', // sealed in America
    'ExternalSecret shop-worker-signing', // mounted in America
  ]);
  expect(onlyIn(staging)).toEqual([
    'Secret shop-payments',
    'Ingress shop-api',
    'ExternalSecret shop-worker-signing',
    'Ingress shop-edge',
  ]);
});
