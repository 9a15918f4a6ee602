import { having, refusals } from './objects';

const meta = { name: 'shop', namespace: 'shop' };
const claim = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: meta,
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
};
const volume = {
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: { name: 'disk' },
  spec: { accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' }, hostPath: { path: '/data' } },
};
const storageClass = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'fast' },
  provisioner: 'acme.io/disk',
};
const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: meta, data: { level: 'info' } };
const secret = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: meta,
  type: 'Opaque',
  stringData: { password: 'x' },
};
const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: {} } };
const role = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'Role',
  metadata: meta,
  rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
};
const binding = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRoleBinding',
  metadata: { name: 'shop' },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
  subjects: [{ kind: 'ServiceAccount', name: 'shop', namespace: 'shop' }],
};
const autoscaler = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: meta,
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' },
    maxReplicas: 3,
    metrics: [
      {
        type: 'Resource',
        resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } },
      },
    ],
  },
};
const budget = {
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: meta,
  spec: { minAvailable: 1 },
};
const quota = {
  apiVersion: 'v1',
  kind: 'ResourceQuota',
  metadata: meta,
  spec: { hard: { pods: '10', 'limits.cpu': '4' } },
};
const limits = {
  apiVersion: 'v1',
  kind: 'LimitRange',
  metadata: meta,
  spec: { limits: [{ type: 'Container', min: { cpu: '50m' }, max: { cpu: '2' } }] },
};
const priority = {
  apiVersion: 'scheduling.k8s.io/v1',
  kind: 'PriorityClass',
  metadata: { name: 'high' },
  value: 1000,
};
const runtime = {
  apiVersion: 'node.k8s.io/v1',
  kind: 'RuntimeClass',
  metadata: { name: 'gvisor' },
  handler: 'runsc',
};
const lease = {
  apiVersion: 'coordination.k8s.io/v1',
  kind: 'Lease',
  metadata: meta,
  spec: { leaseDurationSeconds: 15 },
};
const webhook = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingWebhookConfiguration',
  metadata: { name: 'hook' },
  webhooks: [
    {
      name: 'pods.acme.io',
      admissionReviewVersions: ['v1'],
      sideEffects: 'None',
      clientConfig: { service: { namespace: 'shop', name: 'hook' } },
      rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
    },
  ],
};
const policy = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingAdmissionPolicy',
  metadata: { name: 'replicas.acme.io' },
  spec: {
    matchConstraints: {
      resourceRules: [
        { apiGroups: ['apps'], apiVersions: ['v1'], operations: ['*'], resources: ['deployments'] },
      ],
    },
    validations: [{ expression: 'true' }],
  },
};
const definition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'widgets.acme.io' },
  spec: {
    group: 'acme.io',
    scope: 'Namespaced',
    names: { plural: 'widgets', kind: 'Widget' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', properties: {} } } },
        },
      },
    ],
  },
};
const schema = 'spec.versions.0.schema.openAPIV3Schema.properties.spec.properties';
const at = 'spec.validation.openAPIV3Schema.properties[spec].properties';

describe('an object that is well-formed is taken', () => {
  const all = [
    claim,
    volume,
    storageClass,
    configMap,
    secret,
    namespace,
    role,
    binding,
    autoscaler,
    budget,
    quota,
    limits,
  ];
  it.each(
    [...all, priority, runtime, lease, webhook, policy, definition].map((object) => [object.kind, object]),
  )('%s', (_, object) => {
    expect(refusals(object)).toEqual([]);
  });
});

describe('an object is refused', () => {
  it.each<[string, object, string, unknown, string[]]>([
    ['a claim without access modes', claim, 'spec.accessModes', [], ['spec.accessModes']],
    [
      'a claim for one pod and for many',
      claim,
      'spec.accessModes',
      ['ReadWriteOncePod', 'ReadWriteMany'],
      ['spec.accessModes'],
    ],
    ['a claim for nothing', claim, 'spec.resources.requests.storage', '0', ['spec.resources[storage]']],
    ['a volume without a source', volume, 'spec.hostPath', undefined, ['spec']],
    ['a volume with two sources', volume, 'spec.nfs', { server: 'a', path: '/' }, ['spec.nfs']],
    [
      'a local volume of no node',
      volume,
      'spec',
      { accessModes: ['ReadWriteOnce'], capacity: { storage: 1 }, local: { path: '/a' } },
      ['spec.nodeAffinity'],
    ],
    ['a storage class without a provisioner', storageClass, 'provisioner', '', ['provisioner']],
    ['a ConfigMap with a key that is no file name', configMap, 'data', { 'a b': '' }, ['data[a b]']],
    [
      'a ConfigMap with a key as text and as bytes',
      configMap,
      'binaryData',
      { level: 'eA==' },
      ['data[level]'],
    ],
    ['a ConfigMap of more than 1 MiB', configMap, 'data.level', 'x'.repeat(2 ** 20 + 1), ['']],
    ['a TLS Secret without a key', secret, 'type', 'kubernetes.io/tls', ['data[tls.crt]', 'data[tls.key]']],
    [
      'a registry login that is not JSON',
      { ...secret, type: 'kubernetes.io/dockerconfigjson' },
      'stringData',
      { '.dockerconfigjson': 'x' },
      ['data[.dockerconfigjson]'],
    ],
    [
      'a namespace with an unknown security level',
      namespace,
      'metadata.labels',
      { 'pod-security.kubernetes.io/enforce': 'strict' },
      ['metadata.labels[pod-security.kubernetes.io/enforce]'],
    ],
    ['a role without verbs', role, 'rules.0.verbs', [], ['rules[0].verbs']],
    [
      'a role about URLs',
      role,
      'rules.0',
      { verbs: ['get'], nonResourceURLs: ['/'] },
      ['rules[0].nonResourceURLs'],
    ],
    ['a cluster-wide binding of a role', binding, 'roleRef.kind', 'Role', ['roleRef.kind']],
    [
      'a service account of no namespace',
      binding,
      'subjects.0.namespace',
      undefined,
      ['subjects[0].namespace'],
    ],
    [
      'an autoscaler with a maximum below its minimum',
      autoscaler,
      'spec.minReplicas',
      5,
      ['spec.maxReplicas'],
    ],
    [
      'an autoscaler with a metric of another type',
      autoscaler,
      'spec.metrics.0.type',
      'Pods',
      ['spec.metrics[0].pods'],
    ],
    ['a budget that says both', budget, 'spec.maxUnavailable', 1, ['spec']],
    ['a budget of more than all', budget, 'spec.minAvailable', '150%', ['spec.minAvailable']],
    ['a quota of something that nobody counts', quota, 'spec.hard', { widgets: 1 }, ['spec.hard[widgets]']],
    ['a quota with a scope that does not fit', quota, 'spec.scopes', ['BestEffort'], ['spec.scopes']],
    [
      'limits whose minimum is above their maximum',
      limits,
      'spec.limits.0.min.cpu',
      '3',
      ['spec.limits[0].min[cpu]', 'spec.limits[0].defaultRequest[cpu]', 'spec.limits[0].default[cpu]'],
    ],
    ['a priority that is the system’s', priority, 'value', 2e9, ['value']],
    ['a runtime class without a handler', runtime, 'handler', undefined, ['handler']],
    ['a lease of no time', lease, 'spec.leaseDurationSeconds', 0, ['spec.leaseDurationSeconds']],
    ['a webhook that is nowhere', webhook, 'webhooks.0.clientConfig', {}, ['webhooks[0].clientConfig']],
    [
      'a webhook without TLS',
      webhook,
      'webhooks.0.clientConfig',
      { url: 'http://a/b' },
      ['webhooks[0].clientConfig.url'],
    ],
    ['a webhook with side effects', webhook, 'webhooks.0.sideEffects', 'Some', ['webhooks[0].sideEffects']],
    [
      'a webhook for all resources and some',
      webhook,
      'webhooks.0.rules.0.resources',
      ['*', 'pods'],
      ['webhooks[0].rules[0].resources'],
    ],
    [
      'a policy that validates nothing',
      policy,
      'spec.validations',
      [],
      ['spec.validations', 'spec.auditAnnotations'],
    ],
    ['a definition of another name', definition, 'metadata.name', 'widget.acme.io', ['metadata.name']],
    [
      'a definition that stores no version',
      definition,
      'spec.versions.0.storage',
      false,
      ['spec.versions', 'status.storedVersions'],
    ],
    ['a schema with a value of no type', definition, schema, { size: {} }, [`${at}[size].type`]],
    ['a schema of an unknown type', definition, schema, { size: { type: 'int' } }, [`${at}[size].type`]],
    [
      'a schema of a list of nothing',
      definition,
      schema,
      { sizes: { type: 'array' } },
      [`${at}[sizes].items`],
    ],
    [
      'a schema whose condition says a type',
      definition,
      schema,
      { size: { type: 'integer', anyOf: [{ type: 'integer' }] } },
      [`${at}[size].anyOf[0].type`],
    ],
  ])('%s', (_, object, path, value, refused) => {
    expect(refusals(having(object, path, value))).toEqual(refused);
  });
});

it('lets a schema say that a value is a number or text', () => {
  const either = { 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer' }, { type: 'string' }] };
  expect(refusals(having(definition, schema, { port: either }))).toEqual([]);
});

it('names the schema of each version, where they are not alike', () => {
  const other = {
    ...definition.spec.versions[0],
    name: 'v2',
    storage: false,
    schema: { openAPIV3Schema: { type: 'string' } },
  };
  const object = having(definition, 'spec.versions.1', other);
  expect(refusals(object)).toEqual(['spec.versions[1].schema.openAPIV3Schema.type']);
});

test.each(['constructor', 'toString', '__proto__'])(
  'a Secret of a type called %s is of a type of its own',
  (type) => {
    expect(refusals(having(secret, 'type', type))).toEqual([]);
  },
);
