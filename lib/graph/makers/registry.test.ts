import { SECRET_KINDS } from '../../kube/secret-kinds';
import { check } from '../../check/check';
import { ManifestSet } from '../../manifest/set';
import type { Derived } from './maker';
import { derivedFrom, MAKERS } from './registry';

/** What the controller of an object makes: `Secret shop/login: a, b`, or `: ?` where its keys are not known. */
function madeOf(
  apiVersion: string,
  kind: string,
  rest: object,
  namespace: string | undefined = 'shop',
): string[] {
  const metadata = { name: 'web', ...(namespace !== '' && { namespace }) };
  const [manifest] = ManifestSet.of([{ apiVersion, kind, metadata, ...rest }]).manifests;
  return manifest === undefined ? [] : derivedFrom(manifest).map(line);
}

function line({ target, keys }: Derived): string {
  const { group, kind, namespace = '', name } = target;
  return `${group}${kind} ${namespace}/${name}: ${keys?.join(', ') ?? '?'}`;
}

describe('the Secret of an ExternalSecret', () => {
  const external = (spec: object): string[] => madeOf('external-secrets.io/v1', 'ExternalSecret', { spec });
  const data = [{ secretKey: 'user' }, { secretKey: 'password' }];

  it('has its name unless it says another, and the keys that it lists', () => {
    expect(external({ data })).toEqual(['Secret shop/web: user, password']);
    expect(external({ data, target: { name: 'login' } })).toEqual(['Secret shop/login: user, password']);
  });

  it('has keys that nobody knows where it takes whole entries, or has a template', () => {
    expect(external({ data, dataFrom: [{ extract: { key: 'a' } }] })).toEqual(['Secret shop/web: ?']);
    expect(external({ data, dataFrom: [] })).toEqual(['Secret shop/web: user, password']);
    expect(external({ data, target: { template: { data: {} } } })).toEqual(['Secret shop/web: ?']);
  });
});

test('the Secret of a SealedSecret has its keys, sealed and open, and the name of its template', () => {
  const sealed = (spec: object): string[] => madeOf('bitnami.com/v1alpha1', 'SealedSecret', { spec });
  const encryptedData = { password: 'x' };
  expect(sealed({ encryptedData })).toEqual(['Secret shop/web: password']);
  const template = { metadata: { name: 'login' }, data: { user: 'a' } };
  expect(sealed({ encryptedData, template })).toEqual(['Secret shop/login: password, user']);
});

test('a SecretProviderClass makes the Secrets that it lists', () => {
  const secretObjects = [{ secretName: 'a', data: [{ key: 'x' }, { key: 'y' }] }, { secretName: 'b' }];
  expect(madeOf('secrets-store.csi.x-k8s.io/v1', 'SecretProviderClass', { spec: { secretObjects } })).toEqual(
    ['Secret shop/a: x, y', 'Secret shop/b: '],
  );
});

test.each(['VaultDynamicSecret', 'VaultPKISecret', 'VaultStaticSecret'])(
  'a %s makes its destination where it says so',
  (kind) => {
    const vault = (destination: object): string[] =>
      madeOf('secrets.hashicorp.com/v1beta1', kind, { spec: { destination } });
    expect(vault({ name: 'login', create: true })).toEqual(['Secret shop/login: ?']);
    expect(vault({ name: 'login', create: false })).toEqual([]);
    expect(vault({ name: 'login' })).toEqual([]);
    expect(vault({ create: true })).toEqual([]);
  },
);

describe('cert-manager makes', () => {
  const certificate = (spec: object): string[] => madeOf('cert-manager.io/v1', 'Certificate', { spec });

  it('the Secret of a Certificate, with the key stores and formats that it asks for', () => {
    expect(certificate({})).toEqual([]);
    expect(certificate({ secretName: 'tls' })).toEqual(['Secret shop/tls: tls.crt, tls.key, ca.crt']);
    const keystores = (name: string): object => ({
      secretName: 'tls',
      keystores: { [name]: { create: true } },
    });
    expect(certificate(keystores('jks'))).toEqual([
      'Secret shop/tls: tls.crt, tls.key, ca.crt, keystore.jks, truststore.jks',
    ]);
    expect(certificate(keystores('pkcs12'))).toEqual([
      'Secret shop/tls: tls.crt, tls.key, ca.crt, keystore.p12, truststore.p12',
    ]);
    expect(certificate({ secretName: 'tls', additionalOutputFormats: [{ type: 'DER' }] })).toEqual([
      'Secret shop/tls: tls.crt, tls.key, ca.crt, tls-combined.pem, key.der',
    ]);
  });

  it.each(['Issuer', 'ClusterIssuer'])('the key of the ACME account of an %s', (kind) => {
    const issuer = (spec: object): string[] => madeOf('cert-manager.io/v1', kind, { spec });
    expect(issuer({ acme: { privateKeySecretRef: { name: 'account' } } })).toEqual([
      `Secret ${kind === 'Issuer' ? 'shop' : ''}/account: tls.key`,
    ]);
    expect(issuer({ selfSigned: {} })).toEqual([]);
  });

  const ASKED = ['cert-manager.io/cluster-issuer', 'cert-manager.io/issuer', 'kubernetes.io/tls-acme'];

  it.each(ASKED)('the Secrets of an Ingress or Gateway with the annotation %s', (annotation) => {
    const metadata = { name: 'web', namespace: 'shop', annotations: { [annotation]: 'x' } };
    const tls = [{ hosts: ['a'] }, { secretName: 'a-tls' }, { secretName: 'b-tls' }];
    expect(madeOf('networking.k8s.io/v1', 'Ingress', { metadata, spec: { tls } })).toEqual([
      'Secret shop/a-tls: tls.crt, tls.key, ca.crt',
      'Secret shop/b-tls: tls.crt, tls.key, ca.crt',
    ]);
    const listeners = [{}, { tls: { certificateRefs: [{ name: 'a-tls' }] } }];
    expect(madeOf('gateway.networking.k8s.io/v1', 'Gateway', { metadata, spec: { listeners } })).toEqual([
      'Secret shop/a-tls: tls.crt, tls.key, ca.crt',
    ]);
  });

  it('nothing for an Ingress that does not ask', () => {
    expect(madeOf('networking.k8s.io/v1', 'Ingress', { spec: { tls: [{ secretName: 'a-tls' }] } })).toEqual(
      [],
    );
  });
});

test('a Job of kube-webhook-certgen makes the Secret that an argument names', () => {
  const job = (...args: string[]): string[] =>
    madeOf('batch/v1', 'Job', {
      spec: { template: { spec: { containers: [{ name: 'create', args }] } } },
    });
  expect(job('create', '--secret-name=admission', '--namespace=shop')).toEqual(['Secret shop/admission: ?']);
  expect(job('--secret-name=')).toEqual([]);
  expect(job('x--secret-name=a')).toEqual([]);
  expect(madeOf('batch/v1', 'Job', { spec: {} })).toEqual([]);
});

describe('whoever holds a Role that may create Secrets', () => {
  const made = (...rules: object[]): string[] => madeOf('rbac.authorization.k8s.io/v1', 'Role', { rules });
  const secrets = (verbs: string[], resourceNames: string[] = [], apiGroup = ''): object => ({
    apiGroups: [apiGroup],
    resources: ['secrets'],
    verbs,
    resourceNames,
  });

  it('makes those that the Role names', () => {
    expect(made(secrets(['create']), secrets(['get'], ['a', 'b']))).toEqual([
      'Secret shop/a: ?',
      'Secret shop/b: ?',
    ]);
    expect(made(secrets(['*']), secrets(['get'], ['a']))).toEqual(['Secret shop/a: ?']);
    const both = { ...secrets(['get', 'create']), resources: ['configmaps', 'secrets'] };
    expect(made(both, { ...both, resourceNames: ['a'] })).toEqual(['Secret shop/a: ?']);
  });

  it('makes none where it may not create any, and nothing but Secrets', () => {
    expect(made(secrets(['get']), secrets(['get'], ['a']))).toEqual([]);
    expect(made(secrets(['create'], ['a']))).toEqual([]);
    expect(made(secrets(['create'], [], 'x.example'), secrets(['get'], ['a']))).toEqual([]);
    const config = { apiGroups: [''], resources: ['configmaps'], verbs: ['create'] };
    expect(made(config, secrets(['get'], ['a']))).toEqual([]);
    expect(made(secrets(['create']), { ...config, verbs: ['get'], resourceNames: ['a'] })).toEqual([]);
  });
});

test.each([
  ['onepassword.com/v1', 'OnePasswordItem', ['Secret shop/web: ?']],
  ['serving.knative.dev/v1', 'Service', ['Service shop/web: ?']],
  [
    'postgresql.cnpg.io/v1',
    'Cluster',
    [
      'Secret shop/web-app: ?',
      'Secret shop/web-superuser: ?',
      'Secret shop/web-ca: ?',
      'Secret shop/web-server: ?',
      'Secret shop/web-replication: ?',
      'Service shop/web-rw: ?',
      'Service shop/web-ro: ?',
      'Service shop/web-r: ?',
    ],
  ],
  [
    'postgres-operator.crunchydata.com/v1beta1',
    'PostgresCluster',
    [
      'Secret shop/web-pguser-web: ?',
      'Secret shop/web-cluster-cert: ?',
      'Secret shop/web-replication-cert: ?',
      'Secret shop/web-monitoring: ?',
      'Secret shop/web-pgbouncer: ?',
      'Service shop/web-primary: ?',
      'Service shop/web-replicas: ?',
      'Service shop/web-pods: ?',
      'Service shop/web-pgbouncer: ?',
      'Service shop/web-pgadmin: ?',
    ],
  ],
  [
    'elasticsearch.k8s.elastic.co/v1',
    'Elasticsearch',
    [
      'Secret shop/web-es-elastic-user: ?',
      'Secret shop/web-es-http-certs-public: ?',
      'Secret shop/web-es-http-certs-internal: ?',
      'Service shop/web-es-http: ?',
      'Service shop/web-es-internal-http: ?',
      'Service shop/web-es-transport: ?',
      'Service shop/web-es-remote-cluster: ?',
    ],
  ],
  [
    'kibana.k8s.elastic.co/v1',
    'Kibana',
    [
      'Secret shop/web-kb-http-certs-public: ?',
      'Secret shop/web-kb-http-certs-internal: ?',
      'Service shop/web-kb-http: ?',
    ],
  ],
  [
    'maps.k8s.elastic.co/v1alpha1',
    'ElasticMapsServer',
    [
      'Secret shop/web-ems-http-certs-public: ?',
      'Secret shop/web-ems-http-certs-internal: ?',
      'Service shop/web-ems-http: ?',
    ],
  ],
  ['databases.spotahome.com/v1', 'RedisFailover', ['Service shop/rfs-web: ?', 'Service shop/rfr-web: ?']],
  [
    'acid.zalan.do/v1',
    'postgresql',
    [
      'Secret shop/postgres.web.credentials.postgresql.acid.zalan.do: ?',
      'Secret shop/standby.web.credentials.postgresql.acid.zalan.do: ?',
      'Secret shop/pooler.web.credentials.postgresql.acid.zalan.do: ?',
      'Service shop/web: ?',
      'Service shop/web-repl: ?',
      'Service shop/web-pooler: ?',
      'Service shop/web-pooler-repl: ?',
    ],
  ],
  [
    'kafka.strimzi.io/v1',
    'Kafka',
    [
      'Secret shop/web-cluster-ca: ?',
      'Secret shop/web-cluster-ca-cert: ?',
      'Secret shop/web-clients-ca: ?',
      'Secret shop/web-clients-ca-cert: ?',
      'Service shop/web-kafka-bootstrap: ?',
      'Service shop/web-kafka-brokers: ?',
    ],
  ],
  ['kafka.strimzi.io/v1', 'KafkaUser', ['Secret shop/web: ?']],
  [
    'rabbitmq.com/v1beta1',
    'RabbitmqCluster',
    [
      'Secret shop/web-default-user: ?',
      'Secret shop/web-erlang-cookie: ?',
      'Service shop/web: ?',
      'Service shop/web-nodes: ?',
    ],
  ],
  ['v1', 'Service', []],
  ['apps/v1', 'Deployment', []],
])('the controller of a %s %s makes %j', (apiVersion, kind, made) =>
  expect(madeOf(apiVersion, kind, {})).toEqual(made),
);

test('the users of a database have Secrets of their own', () => {
  const users = (apiVersion: string, kind: string, list: unknown): string[] =>
    madeOf(apiVersion, kind, { spec: { users: list } }).filter((each) => each.includes('app'));
  expect(users('acid.zalan.do/v1', 'postgresql', { my_app: ['login'] })).toEqual([
    'Secret shop/my-app.web.credentials.postgresql.acid.zalan.do: ?',
  ]);
  const crunchy = 'postgres-operator.crunchydata.com/v1beta1';
  expect(users(crunchy, 'PostgresCluster', [{ name: 'app' }])).toEqual(['Secret shop/web-pguser-app: ?']);
});

test('an ExternalSecret may make an object of another kind', () => {
  const target = { name: 'settings', manifest: { apiVersion: 'v1', kind: 'ConfigMap' } };
  expect(madeOf('external-secrets.io/v1', 'ExternalSecret', { spec: { target } })).toEqual([
    'ConfigMap shop/settings: ?',
  ]);
});

test('a resource of Crossplane makes the Secret with its credentials', () => {
  const made = (ref: object): string[] =>
    madeOf('rds.aws.upbound.io/v1beta1', 'Instance', { spec: { writeConnectionSecretToRef: ref } }, '');
  expect(made({ name: 'db', namespace: 'shop' })).toEqual(['Secret shop/db: ?']);
  expect(made({ name: 'db' })).toEqual(['Secret default/db: ?']);
  expect(made({})).toEqual([]);
});

test.each([
  [
    'addons.projectcapsule.dev/v1alpha1',
    'SopsSecret',
    { spec: { secrets: [{ name: 'a' }, { name: 'b' }] } },
    ['Secret shop/a: ?', 'Secret shop/b: ?'],
  ],
  [
    'mongodbcommunity.mongodb.com/v1',
    'MongoDBCommunity',
    {
      spec: {
        users: [
          { name: 'Shop_App', db: 'shop' },
          { name: 'b', connectionStringSecretName: 'login' },
        ],
      },
    },
    [
      'Secret shop/web-agent-password: ?',
      'Secret shop/web-keyfile: ?',
      'Secret shop/web-config: ?',
      'Service shop/web-svc: ?',
      'Secret shop/web-shop-shop-app: connectionString.standard, connectionString.standardSrv, password, username',
      'Secret shop/login: connectionString.standard, connectionString.standardSrv, password, username',
    ],
  ],
  [
    'secrets.akeyless.io/v1alpha1',
    'AkeylessSecret',
    { spec: { target: { name: 'login' }, data: [{ secretKey: 'password' }] } },
    ['Secret shop/login: password'],
  ],
  [
    'isindir.github.com/v1alpha3',
    'SopsSecret',
    { spec: { secretTemplates: [{ name: 'ENC[AES256_GCM,data:Zm9v]', data: { a: 'ENC[AES256_GCM]' } }] } },
    [],
  ],
  [
    'isindir.github.com/v1alpha3',
    'SopsSecret',
    { spec: { secretTemplates: [{ name: 'login', stringData: { user: 'x' }, data: { key: 'eA==' } }] } },
    ['Secret shop/login: key, user'],
  ],
  [
    'secrets.infisical.com/v1alpha1',
    'InfisicalSecret',
    {
      spec: {
        managedKubeSecretReferences: [
          { secretName: 'login', secretNamespace: 'blog' },
          { secretName: 'mail' },
        ],
        managedKubeConfigMapReferences: [{ configMapName: 'settings', configMapNamespace: 'blog' }],
      },
    },
    ['Secret blog/login: ?', 'Secret shop/mail: ?', 'ConfigMap blog/settings: ?'],
  ],
  [
    'secrets.doppler.com/v1alpha1',
    'DopplerSecret',
    { spec: { managedSecret: { name: 'login' } } },
    ['Secret shop/login: ?'],
  ],
  [
    'trust.cert-manager.io/v1alpha1',
    'Bundle',
    { spec: { target: { secret: { key: 'ca.crt' } } } },
    ['Secret /web: ?'],
  ],
  [
    'external-secrets.io/v1',
    'ClusterExternalSecret',
    { spec: { externalSecretName: 'registry', externalSecretSpec: {} } },
    ['Secret /registry: ?'],
  ],
  [
    'v1',
    'Secret',
    {
      metadata: {
        name: 'pull',
        namespace: 'shop',
        annotations: { 'replicator.v1.mittwald.de/replicate-to': '*' },
      },
    },
    ['Secret /pull: ?'],
  ],
  [
    'v1',
    'Service',
    {
      metadata: {
        name: 'web',
        namespace: 'shop',
        annotations: { 'service.beta.openshift.io/serving-cert-secret-name': 'web-tls' },
      },
    },
    ['Secret shop/web-tls: tls.crt, tls.key'],
  ],
  [
    'source.extensions.fluxcd.io/v1beta1',
    'ArtifactGenerator',
    { spec: { artifacts: [{ name: 'policies' }] } },
    ['source.toolkit.fluxcd.ioExternalArtifact shop/policies: ?'],
  ],
  [
    'notification.toolkit.fluxcd.io/v1',
    'Receiver',
    { spec: { type: 'github', resources: [] } },
    ['Service shop/webhook-receiver: ?'],
  ],
  [
    'fluxcd.controlplane.io/v1',
    'FluxInstance',
    { spec: { sync: { kind: 'OCIRepository' } } },
    [
      'source.toolkit.fluxcd.ioOCIRepository shop/shop: ?',
      'kustomize.toolkit.fluxcd.ioKustomization shop/shop: ?',
    ],
  ],
  [
    'flagger.app/v1beta1',
    'Canary',
    {
      spec: {
        provider: 'gatewayapi:v1',
        targetRef: { kind: 'Deployment', name: 'web' },
        autoscalerRef: { kind: 'HorizontalPodAutoscaler', name: 'web' },
      },
    },
    [
      'appsDeployment shop/web-primary: ?',
      'Service shop/web: ?',
      'Service shop/web-primary: ?',
      'Service shop/web-canary: ?',
      'autoscalingHorizontalPodAutoscaler shop/web-primary: ?',
      'gateway.networking.k8s.ioHTTPRoute shop/web: ?',
    ],
  ],
  [
    'kyverno.io/v1',
    'ClusterPolicy',
    { spec: { rules: [{ generate: { apiVersion: 'v1', kind: 'Secret', name: 'registry' } }] } },
    ['Secret /registry: ?'],
  ],
])('the controller of a %s %s makes what it names', (apiVersion, kind, rest, made) =>
  expect(madeOf(apiVersion, kind, rest)).toEqual(made),
);

test('every row of the table has one kind and a page that says so', () => {
  const kinds = MAKERS.map(({ kind }) => kind);
  expect(kinds.filter((kind, index) => kinds.indexOf(kind) !== index)).toEqual([]);
  expect(MAKERS.filter(({ source }) => !source.startsWith('https://'))).toEqual([]);
  expect(MAKERS.filter(({ makes, opens }) => makes === undefined && opens === undefined)).toEqual([]);
});

test.each([
  ['Alertmanager', 'alertmanager-operated'],
  ['Prometheus', 'prometheus-operated'],
  ['PrometheusAgent', 'prometheus-agent-operated'],
  ['ThanosRuler', 'thanos-ruler-operated'],
])('a %s has the governing Service %s, unless it names one', (kind, name) => {
  expect(madeOf('monitoring.coreos.com/v1', kind, { spec: {} })).toEqual([`Service shop/${name}: ?`]);
  expect(madeOf('monitoring.coreos.com/v1', kind, { spec: { serviceName: 'own' } })).toEqual([]);
});

test('the kinds that stand for a Secret of their name are rows that make it', () => {
  const making = MAKERS.filter(({ kind }) => SECRET_KINDS.has(kind.slice(kind.indexOf('/') + 1)));
  expect(new Set(making.map(({ kind }) => kind.slice(kind.indexOf('/') + 1)))).toEqual(SECRET_KINDS);
  const made = making
    .map(({ kind }) => kind.split('/'))
    .filter(([group]) => group !== '')
    .map(([group = '', kind = '']) => madeOf(`${group}/v1`, kind, {}).map((each) => each.split(':')[0]));
  expect(made.flat()).toEqual(made.map(() => 'Secret shop/web'));
});

test('a SopsSecret whose names are encrypted may make any Secret of its namespace, and no other object', () => {
  const sops = (name: string): string =>
    `{ apiVersion: isindir.github.com/v1alpha3, kind: SopsSecret, metadata: { name: vault, namespace: shop }, spec: { secretTemplates: [{ name: '${name}' }] } }`;
  const pod =
    '{ apiVersion: v1, kind: Pod, metadata: { name: web, namespace: shop }, spec: { containers: [{ name: web, image: "a/b:1", envFrom: [{ secretRef: { name: login } }, { configMapRef: { name: login } }] }] } }';
  const others =
    '{ apiVersion: v1, kind: Secret, metadata: { name: other, namespace: shop } }\n---\n{ apiVersion: v1, kind: ConfigMap, metadata: { name: other, namespace: shop } }';
  const found = (name: string): string[] =>
    check(ManifestSet.parse([sops(name), pod, others].join('\n---\n')))
      .filter(({ rule }) => /wiring\/(?:secret|config-map)-missing/.test(rule))
      .map(({ severity, message }) => `${severity}: ${message}`)
      .sort();
  const map = 'error: ConfigMap "login" in namespace "shop" not found';
  expect(found('other-one')).toEqual([map, 'error: Secret "login" in namespace "shop" not found']);
  expect(found('ENC[AES256_GCM,data:Zm9v,type:str]')).toEqual([
    map,
    expect.stringMatching(/^warning: Secret "login" in namespace "shop" not found, but SopsSecret/),
  ]);
});

test('an ApmServer makes a token, two Secrets of certificates and a Service, each named after it', () => {
  expect(madeOf('apm.k8s.elastic.co/v1', 'ApmServer', {}).sort()).toEqual([
    'Secret shop/web-apm-http-certs-internal: ?',
    'Secret shop/web-apm-http-certs-public: ?',
    'Secret shop/web-apm-token: ?',
    'Service shop/web-apm-http: ?',
  ]);
});

test.each(['InfisicalSecret', 'InfisicalDynamicSecret'])(
  'a Secret of an %s has the name that it gives',
  (kind) => {
    const managedSecretReference = { secretName: 'login', secretNamespace: 'shop' };
    const spec = { managedSecretReference };
    expect(madeOf('secrets.infisical.com/v1alpha1', kind, { spec })).toEqual(['Secret shop/login: ?']);
  },
);
