import { ManifestSet } from '../../../lib/manifest/set';
import { redactCode } from '../../../lib/report/redact/code';
import { Frames } from '../../../lib/report/redact/frame';

/** All lines of a file of manifests, as frames show them. */
function shown(yaml: string): string[] {
  const { manifests } = ManifestSet.parse(yaml, { source: 'a.yaml' });
  const lines = yaml.split('\n');
  const frames = new Frames(
    manifests,
    () => lines,
    (text) => text,
  );
  return lines.map(
    (_, index) => frames.of({ file: 'a.yaml', line: index + 1 }, 0)?.replace(/^> +\d+ \| ?/, '') ?? '(none)',
  );
}

const HEAD = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n';

test('of a Secret, no line is shown', () => {
  expect(
    shown(
      'apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\nstringData:\n  a: b\n  c: |\n    d\n---\n' + HEAD,
    ),
  ).toEqual([
    ...Array<string>(8).fill('(none)'),
    '---',
    'apiVersion: v1',
    'kind: ConfigMap',
    'metadata: { name: a }',
    '',
  ]);
});

test('of a Secret in a list, no line is shown, but those of its neighbours are', () => {
  const list =
    'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Secret\n  metadata: {name: s}\n  data:\n    a: Yg==\n- apiVersion: v1\n  kind: Pod\n  metadata: {name: p}\n';
  expect(shown(list).map((line) => line !== '(none)')).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
    false,
    false,
    true,
    true,
    true,
    true,
  ]);
});

test('a list on one line is not shown', () => {
  const list =
    '{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s"},"data":{"a":"Yg=="}},{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"}}]}';
  expect(shown(list)).toEqual(['(none)']);
});

test('the value of a secret is hidden, with all its lines, and its key is shown', () => {
  expect(
    shown(
      `${HEAD}data:\n  LEVEL: info\n  DB_PASSWORD: b\n  "token": 'b1'\n  client-secret: |\n    b\n\n    c\n  PORT: "1"\n`,
    ),
  ).toEqual([
    'apiVersion: v1',
    'kind: ConfigMap',
    'metadata: { name: a }',
    'data:',
    '  LEVEL: info',
    '  DB_PASSWORD: (hidden)',
    '  "token": (hidden)',
    '  client-secret: (hidden)',
    '(none)',
    '(none)',
    '(none)',
    '  PORT: "1"',
    '',
  ]);
});

test('the value of a variable and an argument are hidden', () => {
  const pod =
    'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec:\n  containers:\n  - name: a\n    env:\n    - name: DB_PASSWORD\n      value: b\n    - { name: DB_PASSWORD, value: b }\n    args:\n    - --password\n    - b\n    - -v\n';
  expect(shown(pod).slice(7, 14)).toEqual([
    '    - name: DB_PASSWORD',
    '      value: (hidden)',
    '    - { name: DB_PASSWORD, value: (hidden)',
    '    args:',
    '    - --password',
    '    - (hidden)',
    '    - -v',
  ]);
});

test('a comment and a value that is repeated by an alias are hidden', () => {
  expect(shown(`# password: hunter2\n${HEAD}data:\n  DB_PASSWORD: &p b\n  token: *p\n`)).toEqual([
    '# password: (hidden)',
    'apiVersion: v1',
    'kind: ConfigMap',
    'metadata: { name: a }',
    'data:',
    '  DB_PASSWORD: (hidden)',
    '  token: (hidden)',
    '',
  ]);
});

test('a program is shown without the values of a Secret, and without passwords', () => {
  const program = [
    "new Secret(this, 'login', {",
    '  data: {',
    "    user: 'shop',",
    '    pin: `12`,',
    '  },',
    '});',
    "new WebService(this, 'api', { image: 'a:1',",
    "  env: { LEVEL: 'info', DB_PASSWORD: 'b', TOKEN: login.key('token') } });",
    "const manifest = { kind: 'Secret',",
    "  data: { a: 'b' } };",
    "const url = 'postgres://shop:b@db/shop';",
  ];
  expect(program.map((_, index) => redactCode(program, index + 1))).toEqual([
    "new Secret(this, '(hidden)', {",
    '  data: {',
    "    user: '(hidden)',",
    '    pin: `(hidden)`,',
    '  },',
    '});',
    "new WebService(this, 'api', { image: 'a:1',",
    "  env: { LEVEL: 'info', DB_PASSWORD: '(hidden)', TOKEN: login.key('token') } });",
    "const manifest = { kind: '(hidden)',",
    "  data: { a: '(hidden)' } };",
    "const url = 'postgres://shop:(hidden)@db/shop';",
  ]);
});

test('of what kubectl drops, and of an object with a key that stands twice, no line is shown', () => {
  expect(
    shown(
      `${HEAD}data:\n  a: b\n...\nstringData:\n  c: d\n---\nkind: Secret\ndata: { e: Zg== }\n${HEAD}---\n${HEAD}`,
    ),
  ).toEqual([
    'apiVersion: v1',
    'kind: ConfigMap',
    'metadata: { name: a }',
    'data:',
    '  a: b',
    '...',
    '(none)',
    '(none)',
    '---',
    ...Array<string>(5).fill('(none)'),
    '---',
    'apiVersion: v1',
    'kind: ConfigMap',
    'metadata: { name: a }',
    '',
  ]);
});

describe('names of Secrets and of their keys', () => {
  const pod = (spec: string) => `apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec:\n${spec}\n`;

  it.each([
    '  imagePullSecrets: [{ name: registry }]',
    '  imagePullSecrets: [{name: registry}, {name: mirror}]',
    '  imagePullSecrets: [{"name": "registry"}]',
    '  secrets: [{ name: deploy, namespace: shop }]',
    '  certificateRefs: [{ kind: Secret, name: tls, group: "" }]',
    '  substituteFrom: [{ kind: Secret, name: settings, optional: true }]',
    '  tokenSecretRef: { name: login, key: token }',
    '  env: [{ name: A, valueFrom: { secretKeyRef: { name: login, key: password } } }]',
    '  envFrom: [{ secretRef: { name: login } }]',
    '  volumes: [{ name: a, secret: { secretName: login } }]',
    '  tls: [{ secretName: tls }]',
    '  valuesFrom: [{ kind: Secret, name: values, valuesKey: password }]',
  ])('are shown: %s', (line) => {
    expect(shown(pod(line))).toContain(line);
  });

  it.each([
    '  imagePullSecrets: [{ name: registry, password: hunter2 }]',
    '  secrets: [{ value: hunter2 }]',
    '  secrets: [{ name: a, value: hunter2 }]',
    '  secrets: [hunter2]',
    '  tokens: [{ key: hunter2 }]',
    '  passwords: [{ name: hunter2 }]',
    '  template: { kind: Secret, name: a, stringData: { a: hunter2 } }',
    '  template: { kind: Secret, metadata: { name: a }, key: hunter2 }',
    '  template: { kind: Secret, name: a, password: hunter2 }',
  ])('do not make a secret beside them known: %s', (line) => {
    expect(shown(pod(line)).join('\n')).not.toContain('hunter2');
  });
});
