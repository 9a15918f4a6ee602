/** @jest-environment ./test/cluster/environment.js */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { packageFolder } from '../cli/support/package';
import { cluster as direct, testNamespace, until } from './cluster';

// What a check finds by what a cluster has, and by a snapshot of it.

const namespace = testNamespace('snapshot');
const kubeconfig = process.env['SEAWORTHY_TEST_KUBECONFIG'] ?? '';
const folder = mkdtempSync(join(tmpdir(), 'seaworthy-'));
afterAll(() => rmSync(folder, { recursive: true }));

const meta = (name: string) => ({ name, namespace });
const definition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'gauges.snapshot.example.com' },
  spec: {
    group: 'snapshot.example.com',
    scope: 'Namespaced',
    names: { kind: 'Gauge', plural: 'gauges' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: { spec: { type: 'object', properties: { size: { type: 'integer', maximum: 5 } } } },
          },
        },
      },
    ],
  },
};
const policy = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingAdmissionPolicy',
  metadata: { name: 'snapshot-replicas' },
  spec: {
    paramKind: { apiVersion: 'v1', kind: 'ConfigMap' },
    matchConstraints: {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
      resourceRules: [
        { apiGroups: ['apps'], apiVersions: ['v1'], operations: ['CREATE'], resources: ['deployments'] },
      ],
    },
    validations: [
      { expression: 'object.spec.replicas <= int(params.data.most)', message: 'too many replicas' },
    ],
  },
};
const binding = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingAdmissionPolicyBinding',
  metadata: { name: 'snapshot-replicas' },
  spec: {
    policyName: 'snapshot-replicas',
    validationActions: ['Deny'],
    paramRef: { name: 'limits', namespace, parameterNotFoundAction: 'Deny' },
  },
};
const existing = [
  definition,
  policy,
  binding,
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: meta('limits'), data: { most: '3' } },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: meta('settings'), data: { level: 'OPEN-SESAME-1' } },
  {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      ...meta('login'),
      annotations: {
        'kubectl.kubernetes.io/last-applied-configuration': '{"stringData":{"password":"OPEN-SESAME-2"}}',
      },
    },
    stringData: { password: 'OPEN-SESAME-3' },
  },
];

const from = (kind: 'configMapKeyRef' | 'secretKeyRef', name: string, key: string) => ({
  name: `${name}_${key}`.toUpperCase(),
  valueFrom: { [kind]: { name, key } },
});
const workload = (name: string, replicas: number, pod: object, env: readonly object[]) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: meta(name),
  spec: {
    replicas,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { ...pod, containers: [{ name: 'main', image: 'example.com/web:1', env }] },
    },
  },
});
const manifests = [
  workload('web', 5, {}, [
    from('configMapKeyRef', 'settings', 'level'),
    from('secretKeyRef', 'login', 'password'),
  ]),
  workload('wrong', 1, { priorityClassName: 'snapshot-none' }, [
    from('configMapKeyRef', 'settings', 'other'),
    from('configMapKeyRef', 'nowhere', 'key'),
    from('secretKeyRef', 'none', 'key'),
  ]),
  {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: meta('data'),
    spec: {
      accessModes: ['ReadWriteOnce'],
      storageClassName: 'snapshot-none',
      resources: { requests: { storage: '1Gi' } },
    },
  },
  { apiVersion: 'snapshot.example.com/v1', kind: 'Gauge', metadata: meta('g'), spec: { size: 9 } },
];
const file = join(folder, 'app.yaml');

function seaworthy(...args: readonly string[]) {
  return spawnSync(process.execPath, [join(packageFolder(), 'bin/seaworthy.js'), ...args], {
    encoding: 'utf8',
    cwd: folder,
  });
}

/** What is wrong by the cluster; how workloads should be is judged without one, too. */
function findings(...args: readonly string[]): string[] {
  const { stdout, stderr } = seaworthy('check', file, '--output', 'json', ...args);
  if (!stdout.startsWith('{')) throw new Error(`${stdout}${stderr}`);
  const { findings: found } = JSON.parse(stdout) as {
    findings: { rule: string; severity: string; message: string }[];
  };
  return found
    .filter(({ rule }) => !rule.startsWith('policy/'))
    .map(({ rule, severity, message }) => `${severity} ${rule}: ${message}`);
}

const GAUGE = 'error admission/invalid: Invalid value: 9: must be less than or equal to 5';
const SETTINGS = [
  'error wiring/key-missing: ConfigMap "settings" in namespace "snapshot" has no key "other"',
  'error wiring/config-map-missing: ConfigMap "nowhere" in namespace "snapshot" not found',
];

beforeAll(async () => {
  for (const object of existing) await direct.objects.create(object);
  await until(async () => {
    const found = await direct.objects
      .list('snapshot.example.com/v1', 'Gauge', namespace)
      .catch(() => undefined);
    return found;
  });
  writeFileSync(file, manifests.map((each) => stringify(each)).join('---\n'));
}, 120_000);

afterAll(async () => {
  for (const object of [binding, policy, definition]) await direct.objects.delete(object);
});

test('a check uses what the cluster has, and a snapshot comes to the same', () => {
  const live = findings('--live', '--kubeconfig', kubeconfig);
  expect(live).toEqual([
    "error admission/policy: ValidatingAdmissionPolicy 'snapshot-replicas' with binding 'snapshot-replicas' denied request: too many replicas",
    ...SETTINGS,
    'error wiring/secret-missing: Secret "none" in namespace "snapshot" not found',
    'error wiring/priority-class-missing: PriorityClass "snapshot-none" not found',
    'error wiring/storage-class-missing: StorageClass "snapshot-none" not found',
    GAUGE,
  ]);
  const out = join(folder, 'cluster');
  const { status, stderr } = seaworthy('snapshot', file, '--out', out, '--kubeconfig', kubeconfig);
  expect([status, stderr]).toEqual([0, expect.stringMatching(/cluster\/: \d+ objects, \d+ files changed/)]);
  expect(findings('--assume', out)).toEqual(live);
  const again = seaworthy('snapshot', file, '--out', out, '--kubeconfig', kubeconfig);
  expect(again.stderr).toMatch(/unchanged/);
  const texts = readdirSync(out, { recursive: true, encoding: 'utf8' })
    .map((name) => join(out, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');
  expect(texts).toContain('name: login');
  expect(texts).toContain('password: ""');
  expect(texts).not.toMatch(/SESAME|resourceVersion|managedFields|last-applied/);
  expect(texts).not.toContain(Buffer.from('OPEN-SESAME-3').toString('base64'));
});

test('who may only view is not told that what cannot be seen is missing', () => {
  const kubectl = (...args: readonly string[]): string =>
    execFileSync('kubectl', ['--kubeconfig', kubeconfig, '--namespace', namespace, ...args], {
      encoding: 'utf8',
    });
  kubectl('create', 'serviceaccount', 'viewer');
  kubectl('create', 'rolebinding', 'viewer', '--clusterrole=view', `--serviceaccount=${namespace}:viewer`);
  const config = parse(readFileSync(kubeconfig, 'utf8')) as { users: { user: unknown }[] };
  for (const each of config.users) each.user = { token: kubectl('create', 'token', 'viewer').trim() };
  const path = join(folder, 'viewer');
  writeFileSync(path, stringify(config));
  expect(findings('--live', '--kubeconfig', path)).toEqual([...SETTINGS, GAUGE]);
});
