import type { Manifest, ObjectId } from '../../manifest/manifest';
import { ManifestSet } from '../../manifest/set';
import { waves } from './waves';

const object = (apiVersion: string, kind: string, name: string, rest: object = {}) => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'shop' },
  ...rest,
});
const pods = (name: string, spec: object = {}) => ({
  selector: { matchLabels: { app: name } },
  template: {
    metadata: { labels: { app: name } },
    spec: { containers: [{ name: 'main', image: 'web:1' }], ...spec },
  },
});

/** The waves of objects, each as kinds with names. */
const told = (set: ManifestSet): string[][] =>
  waves(set).map(({ manifests }) => manifests.map(({ id }) => `${id.kind} ${id.name}`));
const ordered = (...objects: readonly object[]): string[][] => told(ManifestSet.of(objects));

it('goes from namespaces and definitions over what pods need to pods, and from them to what reaches them', () => {
  expect(
    ordered(
      object('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', 'hook'),
      object('networking.k8s.io/v1', 'Ingress', 'web'),
      object('apps/v1', 'Deployment', 'web', { spec: pods('web') }),
      object('v1', 'Service', 'web', { spec: {} }),
      object('v1', 'ConfigMap', 'web'),
      object('external-secrets.io/v1', 'ExternalSecret', 'web'),
      object('acme.com/v1', 'Widget', 'web'),
      object('v1', 'LimitRange', 'web'),
      object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'widgets.acme.com'),
      object('v1', 'Namespace', 'shop'),
    ),
  ).toEqual([
    ['Namespace shop'],
    ['CustomResourceDefinition widgets.acme.com'],
    ['LimitRange web'],
    ['ConfigMap web', 'ExternalSecret web'],
    ['Service web'],
    ['Deployment web'],
    ['Ingress web', 'Widget web'],
    ['ValidatingWebhookConfiguration hook'],
  ]);
});

it('puts what is named before what names it, and does not mind a circle', () => {
  const binding = object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'read', {
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'read' },
    subjects: [{ kind: 'ServiceAccount', name: 'web', namespace: 'shop' }],
  });
  const role = object('rbac.authorization.k8s.io/v1', 'Role', 'read', { rules: [] });
  const account = object('v1', 'ServiceAccount', 'web', { secrets: [{ name: 'token' }] });
  const token = object('v1', 'Secret', 'token');
  expect(ordered(binding, role, account, token)).toEqual([
    ['Role read', 'Secret token'],
    ['ServiceAccount web'],
    ['RoleBinding read'],
  ]);
});

it('does not take a custom kind for the built-in one of its name', () => {
  const knative = object('serving.knative.dev/v1', 'Service', 'web');
  expect(ordered(knative, object('apps/v1', 'Deployment', 'web', { spec: pods('web') }))).toEqual([
    ['Deployment web'],
    ['Service web'],
  ]);
});

it('waits for definitions, and for the Job of a migration with all that comes after it', () => {
  const job = object('batch/v1', 'Job', 'migrate', { spec: pods('migrate') });
  const later = object('apps/v1', 'Deployment', 'api', { spec: pods('api') });
  const other = object('apps/v1', 'Deployment', 'web', {
    spec: pods('web', {
      containers: [{ name: 'a', image: 'a:1', envFrom: [{ configMapRef: { name: 'api' } }] }],
    }),
  });
  const beside = object('apps/v1', 'Deployment', 'mail', { spec: pods('mail') });
  const definition = object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'widgets.acme.com');
  const after: readonly ObjectId[] = [
    { apiVersion: 'batch/v1', kind: 'Job', namespace: 'shop', name: 'migrate' },
  ];
  const behind = (manifest: Manifest): Manifest =>
    manifest.id.name === 'api' ? { ...manifest, after } : manifest;
  const plain = ManifestSet.of([later, job, other, object('v1', 'ConfigMap', 'api'), beside, definition]);
  const set = ManifestSet.from(plain.manifests.map(behind));
  expect(told(set)).toEqual([
    ['CustomResourceDefinition widgets.acme.com'],
    ['Job migrate', 'Deployment mail'],
    ['ConfigMap api'],
    ['Deployment api', 'Deployment web'],
  ]);
  expect(waves(set).map(({ awaited }) => awaited.map(({ name }) => name))).toEqual([
    ['widgets.acme.com'],
    ['migrate'],
    [],
    [],
  ]);
});
