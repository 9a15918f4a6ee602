import { visitSecrets, withoutSecrets, type Clean } from './object';
import { ROOT } from './place';

const secretsOf = (value: unknown): string[] => {
  const found: string[] = [];
  visitSecrets(value, ({ secrets }) => found.push(...secrets));
  return found;
};

test('everything in a Secret is secret but what identifies it', () => {
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'Opaque',
    immutable: true,
    metadata: {
      name: 'db',
      namespace: 'shop',
      labels: { app: 'shop' },
      annotations: { note: 'n', 'seaworthy.dev/suppress': 's' },
    },
    data: { password: 'aHVudGVyMg==', port: 5432 },
    stringData: { a: 'b', c: { d: ['e'] } },
    other: 'f',
  };
  expect(withoutSecrets(secret)).toEqual({
    ...secret,
    metadata: { ...secret.metadata, annotations: { note: '(hidden)', 'seaworthy.dev/suppress': 's' } },
    data: { password: '(hidden)', port: '(hidden)' },
    stringData: { a: '(hidden)', c: { d: ['(hidden)'] } },
    other: '(hidden)',
  });
  expect(secretsOf(secret)).toEqual(['n', 'aHVudGVyMg==', '5432', 'b', 'e', 'f']);
  expect(
    secretsOf({ kind: 'Secret', type: 'hunter2', immutable: 'x', metadata: { annotations: 'y' } }),
  ).toEqual(['hunter2', 'x', 'y']);
});

test.each([
  ['a Secret in a list', { kind: 'List', items: [{ kind: 'Secret', data: { a: 'x' } }] }],
  [
    'a Secret in a custom resource',
    { kind: 'Object', spec: { manifest: { kind: 'Secret', data: { a: 'x' } } } },
  ],
  ['stringData of any kind', { kind: 'Vault', spec: { stringData: { a: 'x' } } }],
  ['the data of a kind of Secrets', { kind: 'SealedSecret', spec: { encryptedData: { a: 'x' } } }],
  ['a variable', { env: [{ name: 'DB_PASSWORD', value: 'x' }] }],
  [
    'a variable that is no text',
    {
      env: [
        { name: 'DB_PASSWORD', value: 'x' },
        { name: 'A', value: 1 },
      ],
    },
  ],
  ['an argument after its flag', { args: ['--password', 'x'] }],
  ['an argument with its flag', { args: ['--password=x'] }],
  ['a token made of words', { env: [{ name: 'API_TOKEN', value: 'x' }] }],
  ['a field', { kind: 'Database', spec: { auth: { password: 'x' } } }],
  ['a field below', { kind: 'Database', spec: { password: { value: 'x' } } }],
  ['a list', { kind: 'Database', spec: { passwords: ['x'] } }],
  ['pairs', { kind: 'Database', spec: { settings: [{ key: 'password', value: 'x' }] } }],
  ['an annotation', { metadata: { annotations: { 'a.example/token': 'x' } } }],
  ['a key of a ConfigMap', { kind: 'ConfigMap', data: { DB_PASSWORD: 'x' } }],
  ['a file of a ConfigMap', { kind: 'ConfigMap', data: { 'a.ini': 'port = 1\npassword = x\n' } }],
  [
    'JSON of a ConfigMap',
    { kind: 'ConfigMap', data: { 'a.json': '{"env":[{"name":"DB_PASSWORD","a":1,"value":"x"}]}' } },
  ],
  ['values of a chart', { kind: 'HelmRelease', spec: { values: 'db:\n  password: x\n' } }],
  [
    'the last applied configuration',
    {
      metadata: {
        annotations: {
          'kubectl.kubernetes.io/last-applied-configuration': '{"kind":"Secret","data":{"a":"x"}}',
        },
      },
    },
  ],
  [
    'the last applied configuration that is none',
    { metadata: { annotations: { 'kubectl.kubernetes.io/last-applied-configuration': 'x' } } },
  ],
])('%s', (_, object) => {
  expect(secretsOf(object)).toEqual(['x']);
  expect(JSON.stringify(withoutSecrets(object))).not.toMatch(/"x|\bx\b/);
});

test('binary data is hidden as a whole', () => {
  const data = Buffer.from('password=hunter2\n').toString('base64');
  expect(withoutSecrets({ kind: 'ConfigMap', binaryData: { a: data, b: 'AAAA' } })).toEqual({
    kind: 'ConfigMap',
    binaryData: { a: '(hidden)', b: 'AAAA' },
  });
});

test.each([
  [
    'references to Secrets',
    { env: [{ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } }] },
  ],
  ['a selector of a key', { spec: { basicAuth: { password: { name: 'db', key: 'password' } } } }],
  [
    'an ExternalSecret',
    {
      kind: 'ExternalSecret',
      spec: { data: [{ secretKey: 'password', remoteRef: { key: 'shop/db', property: 'password' } }] },
    },
  ],
  ['names of Secrets', { spec: { tls: [{ secretName: 'web' }], imagePullSecrets: [{ name: 'registry' }] } }],
  ['a key of a Secret', { spec: { secretKey: 'db-password', existingSecret: 'shop-db' } }],
  ['a placeholder', { args: ['--password', '$(PASSWORD)'] }],
  ['a Pod', { kind: 'Pod', spec: { containers: [{ name: 'a', image: 'a:1', args: ['--port', '80'] }] } }],
])('%s are shown', (_, object) => {
  expect(secretsOf(object)).toEqual([]);
  expect(withoutSecrets(object)).toBe(object);
});

test('a part of an object is judged by its place', () => {
  const pod = { spec: { containers: [{ env: [{ name: 'DB_PASSWORD' }], args: ['--token', 'b'] }] } };
  const at = ['spec', 'containers', 0] as const;
  expect(withoutSecrets('x', pod, [...at, 'env', 0, 'value'])).toBe('(hidden)');
  expect(withoutSecrets('x', pod, [...at, 'args', 1])).toBe('(hidden)');
  expect(withoutSecrets('x', pod, [...at, 'name'])).toBe('x');
  expect(withoutSecrets({ a: 'x' }, { kind: 'Secret' }, ['data'])).toEqual({ a: '(hidden)' });
});

test('what is hidden stays hidden, and nothing else is copied', () => {
  const object = { a: { b: 1 }, env: [{ name: 'PASSWORD', value: 'x' }] };
  const once = withoutSecrets(object) as typeof object;
  expect(once.a).toBe(object.a);
  expect(withoutSecrets(once)).toEqual(once);
  expect(object.env[0]?.value).toBe('x');
});

test.each([
  'NEIGHBOURSECRET',
  'plansecret',
  'PLAN_SECRET',
  'my-token',
  'abcOLDtoken',
  'pass',
  'correct horse',
])('%s is hidden where a password or a token is expected', (value) => {
  const env = ['DB_PASSWORD', 'API_TOKEN', 'aws.secret.access.key'].map((name) => ({ name, value }));
  expect(secretsOf({ env })).toEqual([value, value, value]);
  expect(secretsOf({ args: ['--token', value] })).toEqual([value]);
});

test('a field that objects share is looked at anew where it is in another place', () => {
  const data = { login: 'aHVudGVyMi1sb25n' };
  const clean: Clean = new WeakMap();
  const count = (kind: string): number => {
    let found = 0;
    visitSecrets({ kind, data }, () => found++, ROOT, clean);
    return found;
  };
  expect(['ConfigMap', 'Secret', 'ConfigMap', 'SealedSecret', 'Secret'].map(count)).toEqual([0, 1, 0, 1, 1]);
  expect(clean.has(data)).toBe(true);
});
