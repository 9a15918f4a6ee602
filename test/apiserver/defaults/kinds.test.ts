import { decode } from '../../../lib/apiserver/admission/decode/decode';
import { kindSchema, type KubernetesRelease } from '../../../lib/kube/schema';

type Plain = Record<string, unknown>;

/** What a server holds of an object, without a status and metadata that were not given. */
function held(
  apiVersion: string,
  kind: string,
  fields: object,
  kubernetes: KubernetesRelease = '1.36',
): Plain {
  const schema = kindSchema(kubernetes, apiVersion, kind);
  if (schema === undefined) throw new Error(`${kubernetes} has no ${apiVersion} ${kind}`);
  const { value } = decode({ apiVersion, kind, ...fields }, schema, kubernetes);
  const { apiVersion: _version, kind: _kind, status: _status, metadata, ...rest } = value as Plain;
  return 'metadata' in fields ? { metadata, ...rest } : rest;
}

/** A server holds `expected`, and no field more, of `given`. */
function completes(
  name: string,
  apiVersion: string,
  kind: string,
  table: readonly (readonly [given: object, expected: object])[],
  kubernetes?: KubernetesRelease,
): void {
  it.each(table)(`${name} %j`, (given, expected) => {
    expect(held(apiVersion, kind, given, kubernetes)).toEqual(expected);
  });
}

const ALWAYS = { terminationMessagePath: '/dev/termination-log', terminationMessagePolicy: 'File' };
const POD = {
  dnsPolicy: 'ClusterFirst',
  restartPolicy: 'Always',
  terminationGracePeriodSeconds: 30,
  schedulerName: 'default-scheduler',
  securityContext: {},
};

/** The spec of a Deployment's pods, which gets the defaults of every pod and none of those of a Pod alone. */
const template = (spec: object): object => ({ spec: { template: { spec } } });
const deployment = (spec: object): object => ({
  spec: {
    replicas: 1,
    revisionHistoryLimit: 10,
    progressDeadlineSeconds: 600,
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%' } },
    template: { metadata: {}, spec: { ...POD, ...spec } },
  },
});
const container = (more: object): object => ({ containers: [{ name: 'a', image: 'a:1', ...more }] });
const heldContainer = (more: object): object => ({
  containers: [
    { name: 'a', image: 'a:1', imagePullPolicy: 'IfNotPresent', resources: {}, ...ALWAYS, ...more },
  ],
});

completes('a container', 'apps/v1', 'Deployment', [
  [template(container({})), deployment(heldContainer({}))],
  [
    template(container({ ports: [{ containerPort: 80 }] })),
    deployment(heldContainer({ ports: [{ containerPort: 80, protocol: 'TCP' }] })),
  ],
  [
    template(container({ livenessProbe: { httpGet: { port: 80 } } })),
    deployment(
      heldContainer({
        livenessProbe: {
          httpGet: { port: 80, path: '/', scheme: 'HTTP' },
          timeoutSeconds: 1,
          periodSeconds: 10,
          successThreshold: 1,
          failureThreshold: 3,
        },
      }),
    ),
  ],
  [
    template(container({ env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }] })),
    deployment(
      heldContainer({
        env: [{ name: 'A', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } } }],
      }),
    ),
  ],
]);

/** A volume, and what a server holds of its source. */
const volume = (source: object): object => template({ containers: [], volumes: [{ name: 'a', ...source }] });
const heldVolume = (source: object): object =>
  deployment({ containers: [], volumes: [{ name: 'a', ...source }] });

completes('a volume', 'apps/v1', 'Deployment', [
  [volume({}), heldVolume({ emptyDir: {} })],
  [volume({ configMap: { name: 'a' } }), heldVolume({ configMap: { name: 'a', defaultMode: 0o644 } })],
  [volume({ secret: { secretName: 'a' } }), heldVolume({ secret: { secretName: 'a', defaultMode: 0o644 } })],
  [volume({ downwardAPI: {} }), heldVolume({ downwardAPI: { defaultMode: 0o644 } })],
  [
    volume({ projected: { sources: [{ serviceAccountToken: { path: 'a' } }] } }),
    heldVolume({
      projected: {
        sources: [{ serviceAccountToken: { path: 'a', expirationSeconds: 3600 } }],
        defaultMode: 0o644,
      },
    }),
  ],
  [volume({ hostPath: { path: '/' } }), heldVolume({ hostPath: { path: '/', type: '' } })],
  [
    volume({ iscsi: { targetPortal: 'a', iqn: 'b', lun: 1 } }),
    heldVolume({ iscsi: { targetPortal: 'a', iqn: 'b', lun: 1, iscsiInterface: 'default' } }),
  ],
  [
    volume({ azureDisk: { diskName: 'a', diskURI: 'b' } }),
    heldVolume({
      azureDisk: {
        diskName: 'a',
        diskURI: 'b',
        cachingMode: 'ReadWrite',
        kind: 'Shared',
        fsType: 'ext4',
        readOnly: false,
      },
    }),
  ],
  [volume({ image: { reference: 'a' } }), heldVolume({ image: { reference: 'a', pullPolicy: 'Always' } })],
]);

it('a volume that is a claim of its own has the metadata of a template', () => {
  const spec = { containers: [], volumes: [{ name: 'a', ephemeral: { volumeClaimTemplate: { spec: {} } } }] };
  const object = held('v1', 'Pod', { spec });
  expect(object).toMatchObject({
    spec: {
      volumes: [{ ephemeral: { volumeClaimTemplate: { metadata: {}, spec: { volumeMode: 'Filesystem' } } } }],
    },
  });
});

describe('a Pod', () => {
  const podWith = (spec: object): unknown => held('v1', 'Pod', { spec })['spec'];

  it('has an account under both of its names', () => {
    const account = { serviceAccountName: 'a', serviceAccount: 'a' };
    expect(podWith({ serviceAccountName: 'a' })).toMatchObject(account);
    expect(podWith({ serviceAccount: 'a' })).toMatchObject(account);
    expect(podWith({ serviceAccountName: 'a', serviceAccount: 'b' })).toMatchObject(account);
    expect(podWith({})).not.toHaveProperty('serviceAccount');
  });

  it('keeps the links to Services and the security context that it names', () => {
    expect(podWith({ enableServiceLinks: false, securityContext: { runAsUser: 1 } })).toMatchObject({
      enableServiceLinks: false,
      securityContext: { runAsUser: 1 },
    });
  });

  it('requests nothing where a container has no limits', () => {
    expect(podWith(container({ resources: { requests: { cpu: '1' } } }))).toMatchObject({
      containers: [{ resources: { requests: { cpu: '1' } } }],
    });
    expect(podWith(container({}))).toMatchObject({ containers: [{ resources: {} }] });
  });

  it('requests the limits of an init container as well', () => {
    const limits = { cpu: '1' };
    expect(podWith({ initContainers: [{ name: 'a', resources: { limits } }] })).toMatchObject({
      initContainers: [{ resources: { limits, requests: limits } }],
    });
  });

  it('opens ports on the host only on the network of the host, and where none is named', () => {
    const ports = [{ containerPort: 80 }, { containerPort: 81, hostPort: 82 }];
    expect(podWith(container({ ports }))).toMatchObject({
      containers: [{ ports: [expect.not.objectContaining({ hostPort: 80 }), { hostPort: 82 }] }],
    });
    expect(podWith({ hostNetwork: true, ...container({ ports }) })).toMatchObject({
      containers: [{ ports: [{ hostPort: 80 }, { hostPort: 82 }] }],
    });
  });

  it('has debugging containers with the defaults of containers', () => {
    expect(podWith({ ephemeralContainers: [{ name: 'a', image: 'a' }] })).toMatchObject({
      ephemeralContainers: [{ ...ALWAYS, imagePullPolicy: 'Always' }],
    });
  });
});

const storage = { resources: {}, volumeMode: 'Filesystem' };

completes('core kinds', 'v1', 'PersistentVolumeClaim', [[{ spec: {} }, { spec: storage }]]);
completes('core kinds', 'v1', 'Secret', [
  [{}, { type: 'Opaque' }],
  [{ type: 'a/b' }, { type: 'a/b' }],
]);
completes('core kinds', 'v1', 'PersistentVolume', [
  [
    { spec: { iscsi: { targetPortal: 'a', iqn: 'b', lun: 1 } } },
    {
      spec: {
        iscsi: { targetPortal: 'a', iqn: 'b', lun: 1, iscsiInterface: 'default' },
        volumeMode: 'Filesystem',
        persistentVolumeReclaimPolicy: 'Retain',
      },
    },
  ],
]);
completes('core kinds', 'v1', 'Namespace', [
  [
    { metadata: { name: 'a' } },
    { metadata: { name: 'a', labels: { 'kubernetes.io/metadata.name': 'a' } }, spec: {} },
  ],
  [
    { metadata: { name: 'a', labels: { b: 'c', 'kubernetes.io/metadata.name': 'x' } } },
    { metadata: { name: 'a', labels: { b: 'c', 'kubernetes.io/metadata.name': 'a' } }, spec: {} },
  ],
  [{ metadata: { generateName: 'a' } }, { metadata: { generateName: 'a' }, spec: {} }],
]);
completes('core kinds', 'v1', 'LimitRange', [
  [
    { spec: { limits: [{ type: 'Pod', max: { cpu: '1' } }] } },
    { spec: { limits: [{ type: 'Pod', max: { cpu: '1' } }] } },
  ],
  [
    { spec: { limits: [{ type: 'Container', min: { cpu: '1' }, defaultRequest: { memory: '1Gi' } }] } },
    {
      spec: {
        limits: [
          {
            type: 'Container',
            min: { cpu: '1' },
            default: {},
            defaultRequest: { cpu: '1', memory: '1Gi' },
          },
        ],
      },
    },
  ],
]);

describe('a ReplicationController', () => {
  const controller = (spec: object, metadata?: object): Plain =>
    held('v1', 'ReplicationController', { ...(metadata && { metadata }), spec });
  const labels = { app: 'a' };

  it('selects by the labels of its template, and carries them', () => {
    expect(controller({ template: { metadata: { labels }, spec: {} } }, { name: 'a' })).toMatchObject({
      metadata: { name: 'a', labels },
      spec: { replicas: 1, selector: labels },
    });
  });

  it('keeps a selector and labels of its own', () => {
    const own = { app: 'b' };
    const template = { metadata: { labels }, spec: {} };
    expect(controller({ selector: own, template }, { labels: own })).toMatchObject({
      metadata: { labels: own },
      spec: { selector: own },
    });
    expect(controller({ template: { spec: {} } }, { name: 'a' })).not.toHaveProperty('spec.selector');
  });
});

describe('a Service', () => {
  const service = (spec: object): unknown => held('v1', 'Service', { spec })['spec'];

  it.each([
    [{ port: 80 }, 80],
    [{ port: 80, targetPort: 0 }, 80],
    [{ port: 80, targetPort: '' }, 80],
    [{ port: 80, targetPort: 8080 }, 8080],
    [{ port: 80, targetPort: 'http' }, 'http'],
    [{}, 0],
  ])('sends what comes to port %j to %j', (port, targetPort) => {
    expect(service({ ports: [port] })).toMatchObject({ ports: [{ targetPort }] });
  });

  it.each([
    [{ type: 'ClusterIP' }, ['internalTrafficPolicy']],
    [{ type: 'ClusterIP', externalIPs: ['1.2.3.4'] }, ['externalTrafficPolicy', 'internalTrafficPolicy']],
    [{ type: 'NodePort' }, ['externalTrafficPolicy', 'internalTrafficPolicy']],
    [
      { type: 'LoadBalancer' },
      ['allocateLoadBalancerNodePorts', 'externalTrafficPolicy', 'internalTrafficPolicy'],
    ],
    [{ type: 'ExternalName' }, []],
    [{ type: 'ExternalName', externalIPs: ['1.2.3.4'] }, []],
  ])('%j has %j besides', (spec, fields) => {
    const added = Object.keys(service(spec) as object).filter((name) => !(name in spec));
    expect(added.sort()).toEqual([...fields, 'sessionAffinity'].sort());
  });

  it('keeps what it names', () => {
    const spec = {
      type: 'LoadBalancer',
      externalTrafficPolicy: 'Local',
      internalTrafficPolicy: 'Local',
      allocateLoadBalancerNodePorts: false,
      sessionAffinity: 'ClientIP',
      sessionAffinityConfig: { clientIP: { timeoutSeconds: 60 } },
    };
    expect(service(spec)).toEqual(spec);
  });

  it('stays with a pod for three hours where its affinity does not say how long', () => {
    const held = { sessionAffinityConfig: { clientIP: { timeoutSeconds: 10_800 } } };
    for (const sessionAffinityConfig of [undefined, {}, { clientIP: {} }])
      expect(service({ sessionAffinity: 'ClientIP', sessionAffinityConfig })).toMatchObject(held);
  });
});

const rolling = (spec: object): object => ({ spec: { template: { spec: { containers: [] } }, ...spec } });

describe('a strategy', () => {
  const strategy = (kind: string, given: object): unknown => {
    const name = kind === 'Deployment' ? 'strategy' : 'updateStrategy';
    return (held('apps/v1', kind, rolling({ [name]: given }))['spec'] as Plain)[name];
  };

  it.each([
    ['Deployment', {}, { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%' } }],
    ['Deployment', { type: 'Recreate' }, { type: 'Recreate' }],
    [
      'Deployment',
      { rollingUpdate: { maxSurge: 1 } },
      { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '25%', maxSurge: 1 } },
    ],
    ['DaemonSet', {}, { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } }],
    ['DaemonSet', { type: 'OnDelete' }, { type: 'OnDelete' }],
    [
      'DaemonSet',
      { rollingUpdate: { maxSurge: 1 } },
      { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1, maxSurge: 1 } },
    ],
    ['StatefulSet', {}, { type: 'RollingUpdate', rollingUpdate: { partition: 0 } }],
    ['StatefulSet', { type: 'RollingUpdate' }, { type: 'RollingUpdate' }],
    ['StatefulSet', { type: 'OnDelete' }, { type: 'OnDelete' }],
    [
      'StatefulSet',
      { rollingUpdate: { partition: 2 } },
      { type: 'RollingUpdate', rollingUpdate: { partition: 2 } },
    ],
    [
      'StatefulSet',
      { type: 'RollingUpdate', rollingUpdate: {} },
      { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
    ],
  ])('of a %s %j', (kind, given, expected) => {
    expect(strategy(kind, given)).toEqual(expected);
  });
});

it('the other fields of workloads', () => {
  const specOf = (kind: string, spec: object): unknown => held('apps/v1', kind, rolling(spec))['spec'];
  expect(specOf('DaemonSet', {})).toMatchObject({ revisionHistoryLimit: 10 });
  expect(specOf('ReplicaSet', {})).toMatchObject({ replicas: 1 });
  const claims = [{ metadata: { name: 'a' }, spec: {} }];
  expect(specOf('StatefulSet', { volumeClaimTemplates: claims })).toMatchObject({
    replicas: 1,
    revisionHistoryLimit: 10,
    podManagementPolicy: 'OrderedReady',
    persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
    volumeClaimTemplates: [{ apiVersion: 'v1', kind: 'PersistentVolumeClaim', spec: storage }],
  });
  const retention = { persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete' } };
  expect(specOf('StatefulSet', retention)).toMatchObject({
    persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete', whenScaled: 'Retain' },
  });
});

describe('a Job', () => {
  const jobOf = (spec: object, metadata: object = {}): Plain =>
    held('batch/v1', 'Job', { metadata, spec: { template: { spec: { containers: [] } }, ...spec } });

  it.each([
    [{}, { completions: 1, parallelism: 1, backoffLimit: 6, podReplacementPolicy: 'TerminatingOrFailed' }],
    [{ completions: 3 }, { completions: 3, parallelism: 1 }],
    [{ backoffLimit: 2, backoffLimitPerIndex: 1 }, { backoffLimit: 2 }],
    [{ backoffLimitPerIndex: 1 }, { backoffLimit: 2 ** 31 - 1 }],
    [{}, { completionMode: 'NonIndexed', suspend: false, manualSelector: false }],
    [
      { completionMode: 'Indexed', suspend: true },
      { completionMode: 'Indexed', suspend: true },
    ],
    [
      { podFailurePolicy: { rules: [{ action: 'Ignore', onPodConditions: [{ type: 'a' }] }] } },
      {
        podReplacementPolicy: 'Failed',
        podFailurePolicy: { rules: [{ onPodConditions: [{ type: 'a', status: 'True' }] }] },
      },
    ],
  ])('of spec %j', (given, expected) => {
    expect(jobOf(given)['spec']).toMatchObject(expected);
  });

  it('that runs pods without end has no completions', () => {
    expect(jobOf({ parallelism: 2 })['spec']).not.toHaveProperty('completions');
  });

  it('carries the labels of its template where it has none', () => {
    const template = { metadata: { labels: { a: 'b' } }, spec: { containers: [] } };
    expect(jobOf({ template })).toMatchObject({ metadata: { labels: { a: 'b' } } });
    expect(jobOf({ template }, { labels: { c: 'd' } })['metadata']).toEqual({ labels: { c: 'd' } });
    expect(jobOf({})['metadata']).not.toHaveProperty('labels');
  });
});

it('a CronJob keeps three Jobs that succeeded and one that failed', () => {
  expect(held('batch/v1', 'CronJob', { spec: {} })['spec']).toMatchObject({
    concurrencyPolicy: 'Allow',
    suspend: false,
    successfulJobsHistoryLimit: 3,
    failedJobsHistoryLimit: 1,
  });
});

const target = { type: 'Utilization', averageUtilization: 80 };
const metrics = [{ type: 'Resource', resource: { name: 'cpu', target } }];
const percent = { type: 'Percent', value: 100, periodSeconds: 15 };

const scaleTargetRef = { kind: 'Deployment', name: 'a' };

completes('a HorizontalPodAutoscaler', 'autoscaling/v1', 'HorizontalPodAutoscaler', [
  [
    { spec: { scaleTargetRef } },
    { spec: { scaleTargetRef, minReplicas: 1, targetCPUUtilizationPercentage: 80 } },
  ],
  [
    { spec: { scaleTargetRef, minReplicas: 2, targetCPUUtilizationPercentage: 50 } },
    { spec: { scaleTargetRef, minReplicas: 2, targetCPUUtilizationPercentage: 50 } },
  ],
]);
completes('a HorizontalPodAutoscaler', 'autoscaling/v2', 'HorizontalPodAutoscaler', [
  [{ spec: { scaleTargetRef } }, { spec: { scaleTargetRef, minReplicas: 1, metrics } }],
  [
    { spec: { scaleTargetRef, minReplicas: 2, metrics: [], behavior: {} } },
    {
      spec: {
        scaleTargetRef,
        minReplicas: 2,
        metrics,
        behavior: {
          scaleUp: {
            stabilizationWindowSeconds: 0,
            selectPolicy: 'Max',
            policies: [{ type: 'Pods', value: 4, periodSeconds: 15 }, percent],
          },
          scaleDown: { selectPolicy: 'Max', policies: [percent] },
        },
      },
    },
  ],
]);

completes('a NetworkPolicy', 'networking.k8s.io/v1', 'NetworkPolicy', [
  [
    { spec: { ingress: [{ ports: [{ port: 80 }] }] } },
    {
      spec: {
        podSelector: {},
        policyTypes: ['Ingress'],
        ingress: [{ ports: [{ port: 80, protocol: 'TCP' }] }],
      },
    },
  ],
]);
completes('an IngressClass', 'networking.k8s.io/v1', 'IngressClass', [
  [
    { spec: { parameters: { kind: 'A', name: 'a' } } },
    { spec: { parameters: { kind: 'A', name: 'a', scope: 'Cluster' } } },
  ],
]);
completes('a RoleBinding', 'rbac.authorization.k8s.io/v1', 'RoleBinding', [
  [
    {
      subjects: [
        { kind: 'User', name: 'a' },
        { kind: 'Group', name: 'b' },
        { kind: 'ServiceAccount', name: 'c' },
        { kind: 'User', name: 'd', apiGroup: 'x' },
      ],
      roleRef: { kind: 'Role', name: 'a' },
    },
    {
      subjects: [
        { kind: 'User', name: 'a', apiGroup: 'rbac.authorization.k8s.io' },
        { kind: 'Group', name: 'b', apiGroup: 'rbac.authorization.k8s.io' },
        { kind: 'ServiceAccount', name: 'c' },
        { kind: 'User', name: 'd', apiGroup: 'x' },
      ],
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'a' },
    },
  ],
]);
completes('a PriorityClass', 'scheduling.k8s.io/v1', 'PriorityClass', [
  [{ value: 1 }, { value: 1, preemptionPolicy: 'PreemptLowerPriority' }],
]);
completes('a StorageClass', 'storage.k8s.io/v1', 'StorageClass', [
  [{ provisioner: 'a' }, { provisioner: 'a', reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' }],
]);

const driver = {
  attachRequired: true,
  podInfoOnMount: false,
  storageCapacity: false,
  fsGroupPolicy: 'ReadWriteOnceWithFSType',
  requiresRepublish: false,
};

completes('a CSIDriver', 'storage.k8s.io/v1', 'CSIDriver', [
  [{ spec: {} }, { spec: { ...driver, seLinuxMount: false, volumeLifecycleModes: ['Persistent'] } }],
  [
    { spec: { seLinuxMount: true, volumeLifecycleModes: ['Ephemeral'] } },
    { spec: { ...driver, seLinuxMount: true, volumeLifecycleModes: ['Ephemeral'] } },
  ],
]);
completes('an EndpointSlice', 'discovery.k8s.io/v1', 'EndpointSlice', [
  [
    { addressType: 'IPv4', endpoints: [], ports: [{ port: 80 }] },
    { addressType: 'IPv4', endpoints: [], ports: [{ port: 80, name: '', protocol: 'TCP' }] },
  ],
]);
completes('Endpoints', 'v1', 'Endpoints', [
  [{ subsets: [{ ports: [{ port: 80 }] }] }, { subsets: [{ ports: [{ port: 80, protocol: 'TCP' }] }] }],
]);

describe.each([
  ['v1', '1.36', 'nominalConcurrencyShares'],
  ['v1beta3', '1.28', 'nominalConcurrencyShares'],
  ['v1beta2', '1.28', 'assuredConcurrencyShares'],
] as const)('flow control %s', (version, kubernetes, shares) => {
  const specOf = (kind: string, spec: object): unknown =>
    held(`flowcontrol.apiserver.k8s.io/${version}`, kind, { spec }, kubernetes)['spec'];

  it('has a flow in the middle of the order', () => {
    expect(specOf('FlowSchema', {})).toMatchObject({ matchingPrecedence: 1000 });
  });

  it('has a level with 30 shares, none of them lent, and 64 queues', () => {
    const limitResponse = { type: 'Queue', queuing: {} };
    expect(specOf('PriorityLevelConfiguration', { limited: { limitResponse } })).toMatchObject({
      limited: {
        [shares]: 30,
        lendablePercent: 0,
        limitResponse: { queuing: { queues: 64, handSize: 8, queueLengthLimit: 50 } },
      },
    });
  });

  it('has an exempt level without shares', () => {
    expect(specOf('PriorityLevelConfiguration', { exempt: {} })).toMatchObject({
      exempt: { nominalConcurrencyShares: 0, lendablePercent: 0 },
    });
  });
});

describe('admission', () => {
  const matches = { matchPolicy: 'Equivalent', namespaceSelector: {}, objectSelector: {} };
  const webhook = {
    clientConfig: { service: { name: 'a', namespace: 'b' } },
    rules: [{ operations: ['*'] }],
  };
  const heldWebhook = {
    ...matches,
    failurePolicy: 'Fail',
    timeoutSeconds: 10,
    clientConfig: { service: { name: 'a', namespace: 'b', port: 443 } },
    rules: [{ operations: ['*'], scope: '*' }],
  };

  it('calls every webhook for ten seconds, and a mutating one once', () => {
    const group = 'admissionregistration.k8s.io/v1';
    const webhooks = [webhook];
    const [validating] = held(group, 'ValidatingWebhookConfiguration', { webhooks })['webhooks'] as Plain[];
    expect(validating).toMatchObject(heldWebhook);
    expect(validating).not.toHaveProperty('reinvocationPolicy');
    expect(held(group, 'MutatingWebhookConfiguration', { webhooks })).toMatchObject({
      webhooks: [{ ...heldWebhook, reinvocationPolicy: 'Never' }],
    });
  });

  it('fails a policy that cannot be evaluated, and has it match equivalent requests', () => {
    const spec = { matchConstraints: { resourceRules: [{ operations: ['*'] }] } };
    expect(
      held('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy', { spec })['spec'],
    ).toMatchObject({
      failurePolicy: 'Fail',
      matchConstraints: { ...matches, resourceRules: [{ scope: '*' }] },
    });
    expect(
      held('admissionregistration.k8s.io/v1', 'MutatingAdmissionPolicy', { spec })['spec'],
    ).toMatchObject({ failurePolicy: 'Fail' });
  });
});

it('a Service that serves an API listens on 443', () => {
  const service = { name: 'a', namespace: 'b' };
  expect(held('apiregistration.k8s.io/v1', 'APIService', { spec: { service } })).toMatchObject({
    spec: { service: { ...service, port: 443 } },
  });
  const conversion = { strategy: 'Webhook', webhook: { clientConfig: { service } } };
  expect(held('apiextensions.k8s.io/v1', 'CustomResourceDefinition', { spec: { conversion } })).toMatchObject(
    { spec: { conversion: { webhook: { clientConfig: { service: { port: 443 } } } } } },
  );
});

it('a definition keeps the names that it has', () => {
  const named = (names: object): unknown =>
    (held('apiextensions.k8s.io/v1', 'CustomResourceDefinition', { spec: { names } })['spec'] as Plain)[
      'names'
    ];
  expect(named({ plural: 'ws', kind: 'Widget', singular: 'w', listKind: 'Ws' })).toEqual({
    plural: 'ws',
    kind: 'Widget',
    singular: 'w',
    listKind: 'Ws',
  });
  expect(named({ plural: 'ws', kind: '' })).toEqual({ plural: 'ws' });
});

it('a request for devices is for one, unless it is for all', () => {
  const claim = (exactly: object): unknown =>
    held('resource.k8s.io/v1', 'ResourceClaim', {
      spec: { devices: { requests: [{ name: 'a', exactly }] } },
    })['spec'];
  const requests = (exactly: object): object => ({ devices: { requests: [{ name: 'a', exactly }] } });
  expect(claim({ deviceClassName: 'a' })).toMatchObject(requests({ allocationMode: 'ExactCount', count: 1 }));
  expect(claim({ deviceClassName: 'a', count: 2 })).toMatchObject(requests({ count: 2 }));
  expect(claim({ deviceClassName: 'a', allocationMode: 'All' })).not.toHaveProperty(
    'devices.requests.0.exactly.count',
  );
});
