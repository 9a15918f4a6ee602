/** A place of an object where somebody puts a secret, and the object that has it there. */
export interface SecretPlace {
  readonly name: string;
  readonly object: (secret: string) => object;
  /** Whether any text can stand there; otherwise it must be one word. @default false */
  readonly isFree?: boolean;
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

const meta = (name: string, annotations?: unknown): object => ({
  name,
  namespace: 'shop',
  ...(annotations !== undefined && { annotations }),
});

const secret = (fields: object, annotations?: unknown): object => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: meta('login', annotations),
  ...fields,
});

const config = (fields: object): object => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: meta('settings'),
  ...fields,
});

const custom = (spec: unknown): object => ({
  apiVersion: 'db.example/v1',
  kind: 'Database',
  metadata: meta('db'),
  spec,
});

const template = (container: object): object => ({
  metadata: { labels: { app: 'api' } },
  spec: { containers: [{ name: 'api', image: 'acme/api:1', ...container }], restartPolicy: 'Always' },
});

const deployment = (container: object, annotations?: unknown): object => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: meta('api', annotations),
  spec: { replicas: 2, selector: { matchLabels: { app: 'api' } }, template: template(container) },
});

const cronJob = (container: object): object => ({
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata: meta('report'),
  spec: { schedule: '0 3 * * *', jobTemplate: { spec: { template: template(container) } } },
});

const PLACES: readonly (readonly [name: string, object: SecretPlace['object'], isFree?: boolean])[] = [
  ['data', (x) => secret({ data: { password: base64(x) } }), true],
  ['data that is no base64', (x) => secret({ data: { password: `${x}!` } }), true],
  ['data that is base64 of base64', (x) => secret({ data: { password: base64(base64(x)) } }), true],
  ['data in a file', (x) => secret({ data: { 'app.ini': base64(`a = 1\npassword = ${x}\n`) } })],
  [
    'a login of a registry',
    (x) =>
      secret({
        type: 'kubernetes.io/dockerconfigjson',
        data: {
          '.dockerconfigjson': base64(
            JSON.stringify({ auths: { 'r.example': { auth: base64(`shop:${x}`) } } }),
          ),
        },
      }),
    true,
  ],
  [
    'a login that is no JSON',
    (x) => secret({ type: 'kubernetes.io/dockerconfigjson', data: { '.dockerconfigjson': base64(x) } }),
    true,
  ],
  ['data that is a text', (x) => secret({ data: x }), true],
  ['data that is a list', (x) => secret({ data: [x] }), true],
  ['data with a list', (x) => secret({ data: { password: [x] } }), true],
  ['data with a map', (x) => secret({ data: { password: { deep: [x] } } }), true],
  ['stringData', (x) => secret({ stringData: { any: x } }), true],
  ['stringData with a bad key', (x) => secret({ stringData: { 'a/b': x } }), true],
  ['stringData with a map', (x) => secret({ stringData: { any: { value: x } } }), true],
  ['immutable data', (x) => secret({ immutable: true, stringData: { any: x } }), true],
  ['a switch', (x) => secret({ immutable: x }), true],
  ['a type', (x) => secret({ type: x }), true],
  ['an unknown field', (x) => secret({ password: x }), true],
  ['an unknown map', (x) => secret({ spec: { values: [{ any: x }] } }), true],
  ['an annotation of a Secret', (x) => secret({}, { note: x }), true],
  ['annotations that are a text', (x) => secret({}, x), true],
  ['annotations that are a list', (x) => secret({}, [x]), true],
  [
    'the last applied Secret',
    (x) => secret({}, { [LAST_APPLIED]: JSON.stringify(secret({ stringData: { any: x } })) }),
    true,
  ],
  [
    'a sealed Secret',
    (x) => ({
      apiVersion: 'bitnami.com/v1alpha1',
      kind: 'SealedSecret',
      metadata: meta('sealed'),
      spec: { encryptedData: { any: x } },
    }),
    true,
  ],
  [
    'a list',
    (x) => ({ apiVersion: 'v1', kind: 'List', items: [secret({ stringData: { any: x } }), deployment({})] }),
    true,
  ],
  [
    'a typed list',
    (x) => ({
      apiVersion: 'v1',
      kind: 'SecretList',
      items: [{ metadata: meta('one'), stringData: { any: x } }],
    }),
    true,
  ],
  ['a Secret in a custom resource', (x) => custom({ template: secret({ stringData: { any: x } }) }), true],
  ['a variable', (x) => deployment({ env: [{ name: 'DB_PASSWORD', value: x }] }), true],
  ['a variable of a CronJob', (x) => cronJob({ env: [{ name: 'AWS_SECRET_ACCESS_KEY', value: x }] }), true],
  [
    'a variable among others',
    (x) =>
      deployment({
        env: [
          { name: 'A', value: '1' },
          { name: 'API_TOKEN', value: x },
          { name: 'B', value: '2' },
        ],
      }),
    true,
  ],
  ['a variable that is a list', (x) => deployment({ env: [{ name: 'DB_PASSWORD', value: [x] }] }), true],
  [
    'a variable that is a map',
    (x) => deployment({ env: [{ name: 'dbPassword', value: { secret: x } }] }),
    true,
  ],
  [
    'a variable twice',
    (x) =>
      deployment({
        env: [
          { name: 'DB_PASSWORD', value: 'a' },
          { name: 'DB_PASSWORD', value: x },
        ],
      }),
    true,
  ],
  ['variables that are a map', (x) => deployment({ env: { DB_PASSWORD: x } }), true],
  [
    'a variable with a URL',
    (x) => deployment({ env: [{ name: 'DATABASE_URL', value: `postgres://shop:${x}@db/shop` }] }),
  ],
  [
    'a variable with a signed URL',
    (x) => deployment({ env: [{ name: 'FEED', value: `https://feed.example/?a=1&token=${x}` }] }),
  ],
  [
    'a variable with JSON',
    (x) => deployment({ env: [{ name: 'SETTINGS', value: JSON.stringify({ db: { password: x } }) }] }),
    true,
  ],
  ['an argument', (x) => deployment({ args: ['serve', `--db-password=${x}`] })],
  ['an argument after its flag', (x) => deployment({ args: ['--password', x, '-v'] })],
  ['arguments that are a text', (x) => deployment({ args: `--password=${x}` })],
  ['a command', (x) => cronJob({ command: ['sh', '-c', `PGPASSWORD=${x} psql -h db`] })],
  ['a login of curl', (x) => cronJob({ command: ['curl', '-u', `shop:${x}`, 'https://a.example'] })],
  [
    'a header of curl',
    (x) => cronJob({ command: ['sh', '-c', `curl -H "Authorization: Bearer ${x}" https://a.example`] }),
  ],
  [
    'a literal of kubectl',
    (x) => cronJob({ args: ['create', 'secret', 'generic', 'a', `--from-literal=password=${x}`] }),
  ],
  [
    'a header of a probe',
    (x) =>
      deployment({
        livenessProbe: { httpGet: { port: 80, httpHeaders: [{ name: 'Authorization', value: x }] } },
      }),
    true,
  ],
  [
    'a command of a probe',
    (x) => deployment({ readinessProbe: { exec: { command: ['redis-cli', '--pass', x] } } }),
  ],
  ['an annotation', (x) => deployment({}, { 'acme.example/token': x }), true],
  [
    'the last applied Deployment',
    (x) =>
      deployment(
        {},
        { [LAST_APPLIED]: JSON.stringify(deployment({ env: [{ name: 'DB_PASSWORD', value: x }] })) },
      ),
    true,
  ],
  ['the last applied object, cut off', (x) => deployment({}, { [LAST_APPLIED]: `{"spec":"${x}` }), true],
  ['a key', (x) => config({ data: { DB_PASSWORD: x } }), true],
  ['a key that is a list', (x) => config({ data: { DB_PASSWORD: [x] } }), true],
  ['properties', (x) => config({ data: { 'app.properties': `port = 1\ndb.password = ${x}\nhost = a\n` } })],
  [
    'YAML',
    (x) => config({ data: { 'app.yaml': `db:\n  port: 1\n  password: ${JSON.stringify(x)}\n` } }),
    true,
  ],
  ['JSON', (x) => config({ data: { 'app.json': JSON.stringify({ port: 1, token: x }, null, 2) } }), true],
  ['XML', (x) => config({ data: { 'app.xml': `<db>\n<password>${x}</password>\n</db>\n` } })],
  ['a password file', (x) => config({ data: { '.pgpass': `db:5432:shop:shop:${x}` } })],
  ['a login of npm', (x) => config({ data: { '.npmrc': `//r.example/:_authToken=${x}\n` } })],
  ['a login of netrc', (x) => config({ data: { netrc: `machine a.example login shop password ${x}\n` } })],
  ['binary data', (x) => config({ binaryData: { a: base64(`port: 1\npassword: ${x}\n`) } })],
  [
    'a Secret in a ConfigMap',
    (x) => config({ data: { 'a.yaml': `kind: Secret\nstringData:\n  any: ${JSON.stringify(x)}\n` } }),
    true,
  ],
  ['a custom resource', (x) => custom({ auth: { password: x } }), true],
  ['a value of a custom resource', (x) => custom({ password: { value: x } }), true],
  ['passwords of a custom resource', (x) => custom({ passwords: [x, 'a'] }), true],
  [
    'pairs of a custom resource',
    (x) =>
      custom({
        parameters: [
          { name: 'admin-password', value: x },
          { key: 'token', value: x },
        ],
      }),
    true,
  ],
  ['a URL of a custom resource', (x) => custom({ source: `mongodb://shop:${x}@a,b/shop` })],
  ['values of a chart', (x) => custom({ values: `db:\n  password: ${JSON.stringify(x)}\n` }), true],
  ['a number', (x) => secret({ stringData: { pin: x }, data: { pin: 123456789 } }), true],
];

/** Where the property test puts a secret. */
export const SECRET_PLACES: readonly SecretPlace[] = PLACES.map(([name, object, isFree = false]) => ({
  name,
  object,
  isFree,
}));

/** Objects without secrets that provoke findings around those with one. */
export const AROUND: readonly object[] = [
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: meta('bare'),
    spec: { containers: [{ name: 'a', image: 'a' }] },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: meta('web'),
    spec: { selector: { app: 'none' }, ports: [{ port: 'x' }] },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: meta('broken'),
    spec: { replicas: 'x', unknown: { a: 1 } },
  },
];
