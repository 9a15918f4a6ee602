import { asWritten } from '../../../lib/apiserver/update/as-written';
import { canonicalDuration, canonicalTime } from '../../../lib/apiserver/update/times';
import { immutableFields, kindsWithImmutableFields } from '../../../lib/apiserver/immutable';
import type { KubeObject } from '../../../lib/manifest/manifest';
import { effect, having, object, updated } from '../../plan/changes';

type Plain = Record<string, unknown>;

describe('an object that a cluster printed', () => {
  const written = { name: 'a', namespace: 'shop', labels: { a: 'b' } };
  const printed = (kind: string, metadata: object, spec?: object): KubeObject => ({
    ...object('v1', kind, { ...(spec && { spec }), status: { phase: 'Ready' } }),
    metadata: { ...written, ...metadata },
  });

  it.each([
    'creationTimestamp',
    'deletionGracePeriodSeconds',
    'deletionTimestamp',
    'generation',
    'managedFields',
    'resourceVersion',
    'selfLink',
    'uid',
  ])('is read without its status and metadata.%s', (field) => {
    expect(asWritten(printed('Pod', { [field]: 'x' }))).toEqual(object('v1', 'Pod', { metadata: written }));
  });

  it.each([
    'deployment.kubernetes.io/revision',
    'deprecated.daemonset.template.generation',
    'kubectl.kubernetes.io/last-applied-configuration',
    'pv.kubernetes.io/bind-completed',
    'pv.kubernetes.io/bound-by-controller',
    'pv.kubernetes.io/provisioned-by',
    'volume.beta.kubernetes.io/storage-provisioner',
    'volume.kubernetes.io/selected-node',
    'volume.kubernetes.io/storage-provisioner',
  ])('is read without the annotation %s', (name) => {
    const annotations = { [name]: 'x', 'x.io/a': 'b' };
    expect(asWritten(printed('Pod', { annotations }))['metadata']).toEqual({
      ...written,
      annotations: { 'x.io/a': 'b' },
    });
  });

  it.each([
    'customresourcecleanup.apiextensions.k8s.io',
    'kubernetes.io/pv-protection',
    'kubernetes.io/pvc-protection',
    'service.kubernetes.io/load-balancer-cleanup',
  ])('is read without the finalizer %s', (name) => {
    expect(asWritten(printed('Pod', { finalizers: ['x.io/a', name, 7] }))['metadata']).toEqual({
      ...written,
      finalizers: ['x.io/a', 7],
    });
  });

  it('keeps annotations and finalizers that are no such thing', () => {
    const odd = { annotations: 'a', finalizers: 'b' };
    expect(asWritten(printed('Pod', odd))['metadata']).toEqual({ ...written, ...odd });
  });

  const bound = { 'pv.kubernetes.io/bound-by-controller': 'yes' };

  it.each([
    ['PersistentVolume', 'claimRef', bound],
    ['PersistentVolume', 'claimRef', { 'pv.kubernetes.io/provisioned-by': 'disk.csi.example.com' }],
    ['PersistentVolumeClaim', 'volumeName', bound],
    ['Pod', 'nodeName', {}],
  ])('is read without what the cluster chose: of a %s, spec.%s', (kind, field, annotations) => {
    const spec = { [field]: 'x', other: 'y' };
    expect(asWritten(printed(kind, { uid: 'c0ffee', annotations }, spec))['spec']).toEqual({ other: 'y' });
    expect(asWritten(printed(kind, { annotations }, spec))['spec']).toEqual(spec);
    expect(asWritten(printed('Service', { uid: 'c0ffee', annotations }, spec))['spec']).toEqual(spec);
  });

  it.each([
    ['PersistentVolume', 'claimRef', {}],
    ['PersistentVolumeClaim', 'volumeName', { annotations: { 'pv.kubernetes.io/bind-completed': 'yes' } }],
    ['Pod', 'nodeName', { managedFields: [{ fieldsV1: { 'f:spec': { 'f:nodeName': {} } } }] }],
  ])('is read with what somebody has chosen: of a %s, spec.%s', (kind, field, metadata) => {
    const spec = { [field]: 'x', other: 'y' };
    expect(asWritten(printed(kind, { uid: 'c0ffee', ...metadata }, spec))['spec']).toEqual(spec);
  });

  it('is read without what a controller adds to the claim that a volume is for, unless it says who has written that', () => {
    const claimRef = { namespace: 'shop', name: 'data' };
    const spec = { claimRef: { ...claimRef, uid: 'c0ffee', resourceVersion: '7' } };
    expect(asWritten(printed('PersistentVolume', { uid: 'f00d' }, spec))['spec']).toEqual({ claimRef });
    const metadata = { uid: 'f00d', managedFields: [] };
    expect(asWritten(printed('PersistentVolume', metadata, spec))['spec']).toEqual(spec);
  });
});

describe('a time', () => {
  it.each([
    ['2024-01-02T03:04:05Z', 'second', '2024-01-02T03:04:05Z'],
    ['2024-01-02T03:04:05.5+01:00', 'second', '2024-01-02T02:04:05Z'],
    ['2024-01-02T03:04:05Z', 'microsecond', '2024-01-02T03:04:05.000000Z'],
    ['2024-01-02T03:04:05.1234567Z', 'microsecond', '2024-01-02T03:04:05.123456Z'],
    ['2024-01-02T03:04:05.5+01:00', 'microsecond', '2024-01-02T02:04:05.500000Z'],
    ['soon', 'second', 'soon'],
  ] as const)('%s to the %s is %s', (text, precision, expected) => {
    expect(canonicalTime(text, precision)).toBe(expected);
  });
});

it.each([
  ['90m', '1h30m0s'],
  ['3600s', '1h0m0s'],
  ['3599s', '59m59s'],
  ['60s', '1m0s'],
  ['59.5s', '59.5s'],
  ['1000ms', '1s'],
  ['999ms', '999ms'],
  ['0', '0s'],
  ['-90s', '-1m30s'],
  ['-1ms', '-1ms'],
  ['soon', 'soon'],
])('the duration %s is kept as %s', (text, expected) => {
  expect(canonicalDuration(text)).toBe(expected);
});

describe('a value is kept in one form', () => {
  const pod = object('v1', 'Pod', {
    spec: { containers: [{ name: 'a', image: 'a', resources: { limits: { cpu: '1000m' } } }] },
  });

  it('of a quantity', () => {
    const cpu = 'spec.containers.0.resources.limits.cpu';
    expect(effect(pod, having(pod, cpu, '1'))).toBe('none');
    expect(updated(pod, pod).now).toMatchObject({
      spec: { containers: [{ resources: { limits: { cpu: '1' } } }] },
    });
  });

  it('of bytes, without the ends of their lines', () => {
    const secret = object('v1', 'Secret', { data: { a: 'YWJj' } });
    expect(effect(secret, having(secret, 'data.a', 'YW\r\nJj\n'))).toBe('none');
    expect(effect(secret, having(secret, 'data.a', 'YWJk'))).toBe('updated');
  });

  it('of lists and maps, which are absent where they are empty', () => {
    for (const path of ['spec.nodeSelector', 'metadata.labels', 'metadata.annotations'])
      expect(effect(pod, having(pod, path, {}))).toBe('none');
    expect(effect(pod, having(pod, 'spec.hostAliases', []))).toBe('none');
  });

  it('of structs, which mean something where they are empty', () => {
    const policy = object('networking.k8s.io/v1', 'NetworkPolicy', {
      spec: { podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }] },
    });
    expect(effect(policy, having(policy, 'spec.ingress.0.from.0', { namespaceSelector: {} }))).toBe(
      'updated',
    );
    expect(updated(policy, policy).now).toMatchObject({
      spec: { ingress: [{ from: [{ podSelector: {} }] }] },
    });
  });
});

// Objects that a server takes, each with another value for every field of the kind that may not change.
const metadata = { name: 'a' };
const labels = { app: 'a' };
const template = { metadata: { labels }, spec: { containers: [{ name: 'a', image: 'a:1' }] } };
const selector = { matchLabels: labels };
const other = { matchLabels: { app: 'b' } };
const FIXED: readonly (readonly [string, string, Plain, Plain])[] = [
  ['v1', 'Secret', {}, { type: 'x.io/a' }],
  ['apps/v1', 'Deployment', { spec: { selector, template } }, { 'spec.selector': other }],
  ['apps/v1', 'DaemonSet', { spec: { selector, template } }, { 'spec.selector': other }],
  ['apps/v1', 'ReplicaSet', { spec: { selector, template } }, { 'spec.selector': other }],
  ['apps/v1', 'ControllerRevision', { data: { a: 1 }, revision: 1 }, { data: { a: 2 } }],
  [
    'batch/v1',
    'Job',
    { spec: { template: { spec: { ...template.spec, restartPolicy: 'Never' } } } },
    {
      'spec.selector': selector,
      'spec.completionMode': 'Indexed',
      'spec.podFailurePolicy': { rules: [{ action: 'Ignore', onPodConditions: [{ type: 'a' }] }] },
      'spec.backoffLimitPerIndex': 1,
      'spec.managedBy': 'x.io/a',
      'spec.successPolicy': { rules: [{ succeededCount: 1 }] },
    },
  ],
  [
    'v1',
    'PersistentVolume',
    { spec: { capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'], hostPath: { path: '/a' } } },
    { 'spec.volumeMode': 'Block' },
  ],
  [
    'v1',
    'PersistentVolumeClaim',
    { spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } },
    { 'spec.volumeMode': 'Block' },
  ],
  [
    'storage.k8s.io/v1',
    'StorageClass',
    { provisioner: 'a' },
    {
      parameters: { a: 'b' },
      provisioner: 'b',
      reclaimPolicy: 'Retain',
      volumeBindingMode: 'WaitForFirstConsumer',
    },
  ],
  [
    'storage.k8s.io/v1',
    'CSIDriver',
    { spec: {} },
    { 'spec.attachRequired': false, 'spec.volumeLifecycleModes': ['Ephemeral'] },
  ],
  [
    'storage.k8s.io/v1',
    'CSIStorageCapacity',
    { storageClassName: 'a', nodeTopology: {} },
    { nodeTopology: selector, storageClassName: 'b' },
  ],
  [
    'storage.k8s.io/v1',
    'VolumeAttachment',
    { spec: { attacher: 'a', nodeName: 'n', source: { persistentVolumeName: 'v' } } },
    { spec: { attacher: 'b', nodeName: 'n', source: { persistentVolumeName: 'v' } } },
  ],
  [
    'storage.k8s.io/v1',
    'VolumeAttributesClass',
    { driverName: 'a', parameters: { a: 'b' } },
    { driverName: 'b', parameters: { a: 'c' } },
  ],
  [
    'rbac.authorization.k8s.io/v1',
    'RoleBinding',
    { roleRef: { kind: 'Role', name: 'a' } },
    { roleRef: { kind: 'Role', name: 'b' } },
  ],
  [
    'rbac.authorization.k8s.io/v1',
    'ClusterRoleBinding',
    { roleRef: { kind: 'ClusterRole', name: 'a' } },
    { roleRef: { kind: 'ClusterRole', name: 'b' } },
  ],
  ['scheduling.k8s.io/v1', 'PriorityClass', { value: 1 }, { value: 2, preemptionPolicy: 'Never' }],
  ['node.k8s.io/v1', 'RuntimeClass', { handler: 'a' }, { handler: 'b' }],
  [
    'networking.k8s.io/v1',
    'IngressClass',
    { spec: { controller: 'x.io/a' } },
    { 'spec.controller': 'x.io/b' },
  ],
  [
    'networking.k8s.io/v1',
    'IPAddress',
    {
      metadata: { name: '10.0.0.1' },
      spec: { parentRef: { resource: 'services', namespace: 'a', name: 'a' } },
    },
    { 'spec.parentRef': { resource: 'services', namespace: 'a', name: 'b' } },
  ],
  ['discovery.k8s.io/v1', 'EndpointSlice', { addressType: 'IPv4', endpoints: [] }, { addressType: 'IPv6' }],
  [
    'resource.k8s.io/v1',
    'ResourceClaim',
    { spec: { devices: { requests: [{ name: 'a', exactly: { deviceClassName: 'a' } }] } } },
    { spec: { devices: { requests: [{ name: 'a', exactly: { deviceClassName: 'b' } }] } } },
  ],
  [
    'resource.k8s.io/v1',
    'ResourceClaimTemplate',
    { spec: { spec: { devices: { requests: [{ name: 'a', exactly: { deviceClassName: 'a' } }] } } } },
    { spec: { spec: { devices: { requests: [{ name: 'a', exactly: { deviceClassName: 'b' } }] } } } },
  ],
  [
    'storagemigration.k8s.io/v1',
    'StorageVersionMigration',
    { spec: { resource: { group: 'apps', resource: 'deployments' } } },
    { spec: { resource: { group: 'apps', resource: 'daemonsets' } } },
  ],
  [
    'apiextensions.k8s.io/v1',
    'CustomResourceDefinition',
    {
      metadata: { name: 'widgets.acme.io' },
      spec: {
        group: 'acme.io',
        scope: 'Namespaced',
        names: { kind: 'Widget', plural: 'widgets' },
        versions: [
          { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } },
        ],
      },
    },
    {
      'spec.scope': 'Cluster',
      'spec.names.kind': 'Gadget',
      'spec.group': 'other.io',
      'spec.names.plural': 'gadgets',
    },
  ],
];

/** The fields that have another name in the answer. */
const NAMED: Readonly<Record<string, string>> = {
  'spec.volumeMode': 'volumeMode',
  'spec.attachRequired': 'spec.attachedRequired',
};

it('there is a value for every field that may not change', () => {
  const fields = FIXED.map(([apiVersion, kind, , changes]) => {
    const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
    return [`${group}/${kind}`, Object.keys(changes).sort()] as const;
  });
  const known = kindsWithImmutableFields
    // They need certificates that somebody signed.
    .filter((kind) => !/^certificates.k8s.io\/(ClusterTrustBundle|PodCertificateRequest)$/.test(kind))
    .map(
      (kind) =>
        [
          kind,
          immutableFields(kind)
            .map(({ path }) => path)
            .sort(),
        ] as const,
    );
  expect(new Map(fields)).toEqual(new Map(known));
});

const FORBIDDEN = ['driverName', 'VolumeAttributesClass parameters', 'PriorityClass value'];

it.each(
  FIXED.flatMap(([apiVersion, kind, rest, changes]) =>
    Object.entries(changes).map(([path, value]) => [kind, path, value, { apiVersion, rest }] as const),
  ),
)('of a %s, %s may not change', (kind, path, value, { apiVersion, rest }) => {
  const isNamespaced = 'spec' in rest || kind === 'RoleBinding' || kind === 'Secret';
  const before = {
    ...object(apiVersion, kind),
    metadata: isNamespaced ? { ...metadata, namespace: 'shop' } : metadata,
    ...rest,
  } as KubeObject;
  const found = updated(before, having(before, path, value)).violations.find(
    (each) => each.path === (NAMED[path] ?? path) && each.message.endsWith('field is immutable'),
  );
  const isForbidden = FORBIDDEN.some((name) => name === path || name === `${kind} ${path}`);
  expect(found?.message).toMatch(isForbidden ? /^Forbidden: / : /^Invalid value: /);
  expect(found?.hint).toBe(
    'Keep it as it is, or delete the object and apply it again, or give the new one another name.',
  );
});
