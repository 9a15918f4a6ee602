import { having, pod, podSpec, refusals, service } from '../objects';

const statefulSet = {
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'db', namespace: 'shop' },
  spec: {
    selector: { matchLabels: { app: 'db' } },
    template: { metadata: { labels: { app: 'db' } }, spec: { ...podSpec(), containers: [] } },
    volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: {} }],
  },
};
const claim = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'data', namespace: 'shop' },
  spec: {
    accessModes: ['ReadWriteOnce'],
    resources: { requests: { storage: '1Gi' } },
    dataSourceRef: { apiGroup: 'Example.com', kind: 'Thing', name: 'x' },
  },
};
const term = { matchExpressions: [{ key: 'zone', operator: 'In', values: ['a b'] }] };
const affinity = {
  nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [term] } },
};
const sysctl = { sysctls: [{ name: 'net.core.somaxconn', value: '1024' }] };
const token = { name: 'tmp', projected: { sources: [{ serviceAccountToken: { path: '../token' } }] } };
const init = {
  name: 'i',
  image: 'i',
  resizePolicy: [{ resourceName: 'cpu', restartPolicy: 'RestartContainer' }],
};
const cronJob = {
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata: { name: 'nightly', namespace: 'shop' },
  spec: {
    schedule: 'CRON_TZ=UTC 0 3 * * *',
    timeZone: 'Etc/UTC',
    jobTemplate: { spec: { template: { spec: { ...podSpec(), restartPolicy: 'Never' } } } },
  },
};
const job = (action: string): object => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'migrate', namespace: 'shop' },
  spec: {
    podFailurePolicy: { rules: [{ action, onExitCodes: { operator: 'In', values: [1] } }] },
    template: { spec: { ...podSpec(), restartPolicy: 'Never' } },
  },
});
const workload = (kind: string, replicas: number | undefined, spec: object): object => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    ...(replicas !== undefined && { replicas }),
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { ...podSpec(), ...spec } },
  },
});
const disk = {
  containers: [{ name: 'a', image: 'a' }],
  volumes: [{ name: 'data', gcePersistentDisk: { pdName: 'data' } }],
};
const twoPorts = {
  hostNetwork: true,
  containers: ['a', 'b'].map((name) => ({ name, image: 'a', ports: [{ containerPort: 80 }] })),
};
const quota = {
  apiVersion: 'v1',
  kind: 'ResourceQuota',
  metadata: { name: 'fast', namespace: 'shop' },
  spec: {
    hard: { persistentvolumeclaims: '1' },
    scopeSelector: { matchExpressions: [{ scopeName: 'VolumeAttributesClass', operator: 'Exists' }] },
  },
};
const hostIps = { name: 'IPS', valueFrom: { fieldRef: { fieldPath: 'status.hostIPs' } } };
const balancer = having(having(service, 'spec.type', 'LoadBalancer'), 'spec.ports', [{ port: 10_250 }]);
const local = having(
  having(service, 'spec.externalIPs', ['192.0.2.1']),
  'spec.externalTrafficPolicy',
  'Local',
);

const image = { containers: [{ name: 'a', image: 'a' }], volumes: [{ name: 'data', image: {} }] };
const rolling = (maxUnavailable: string): unknown =>
  having(having(workload('StatefulSet', 2, {}), 'spec.serviceName', 'web'), 'spec.updateStrategy', {
    type: 'RollingUpdate',
    rollingUpdate: { maxUnavailable },
  });
const projecting = (source: object): unknown =>
  having(pod, 'spec.volumes', [
    { name: 'tmp', emptyDir: {} },
    { name: 'trust', projected: { sources: [source] } },
  ]);
const matching = (matchAttribute: string): unknown => ({
  apiVersion: 'resource.k8s.io/v1',
  kind: 'ResourceClaim',
  metadata: { name: 'a', namespace: 'shop' },
  spec: {
    devices: {
      requests: [{ name: 'a', exactly: { deviceClassName: 'gpu.example' } }],
      constraints: [{ matchAttribute }],
    },
  },
});
const scaling = (type: string): unknown => ({
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'a', namespace: 'shop' },
  spec: {
    minReplicas: 0,
    maxReplicas: 2,
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'a' },
    metrics: [
      type === 'External'
        ? { type, external: { metric: { name: 'q' }, target: { type: 'Value', value: '1' } } }
        : { type, resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } } },
    ],
  },
});

describe('a rule that a release has given up', () => {
  it.each<[string, unknown, string, string[]]>([
    ['scales nothing to zero by what is outside', scaling('External'), '1.37', ['spec.minReplicas']],
    [
      'labels volumes for SELinux file by file',
      having(pod, 'spec.securityContext.seLinuxChangePolicy', 'MountOption'),
      '1.37',
      ['spec.securityContext.seLinuxChangePolicy'],
    ],
    ['keeps load balancers from the port of the kubelet', balancer, '1.33', ['spec.ports[0]']],
    ['wants external IPs to have no traffic policy', local, '1.29', ['spec.externalTrafficPolicy']],
    [
      'knows no host IPs in variables',
      having(pod, 'spec.containers.0.env', [hostIps]),
      '1.29',
      ['spec.containers[0].env[0].valueFrom.fieldRef'],
    ],
    [
      'gives disks of Google to one pod to write',
      workload('Deployment', 2, disk),
      '1.29',
      ['spec.template.spec.volumes[0].gcePersistentDisk.readOnly'],
    ],
    [
      'gives no disk of Google to a DaemonSet to write',
      workload('DaemonSet', undefined, disk),
      '1.29',
      ['spec.template.spec.volumes[0].gcePersistentDisk.readOnly'],
    ],
    [
      'gives templates in the host network their ports',
      workload('Deployment', 1, twoPorts),
      '1.28',
      ['spec.template.spec.containers[1].ports[0].hostPort'],
    ],
    [
      'counts no claims by the attributes of their volumes',
      quota,
      '1.33',
      ['spec.scopeSelector.matchExpressions.scopeName'],
    ],
  ])('%s', (_, object, until, paths) => {
    expect(refusals(object, `1.${Number(until.slice(2)) - 1}`)).toEqual(paths);
    expect(refusals(object, until)).toEqual([]);
  });

  it('lets a single pod write to a disk of Google', () => {
    expect(refusals(workload('Deployment', 1, disk), '1.28')).toEqual([]);
  });

  it('takes a time zone in the schedule, unless there is another', () => {
    expect(refusals(cronJob, '1.28')).toEqual(['spec.schedule']);
    expect(refusals(having(cronJob, 'spec.timeZone', undefined), '1.28')).toEqual([]);
    expect(refusals(having(cronJob, 'spec.timeZone', undefined), '1.29')).toEqual(['spec.schedule']);
  });

  it('gives external IPs no traffic policy by default', () => {
    expect(refusals(having(service, 'spec.externalIPs', ['192.0.2.1']), '1.28')).toEqual([]);
  });
});

describe('the place of an error', () => {
  const owned = having(pod, 'metadata.ownerReferences', [
    { apiVersion: 'v1', kind: 'Pod', name: '', uid: 'a' },
  ]);
  const aliased = having(pod, 'spec.hostAliases', [{ ip: 'x', hostnames: ['A_'] }]);
  const ranged = having(having(service, 'spec.type', 'LoadBalancer'), 'spec.loadBalancerSourceRanges', [
    '10.0.0.0/8',
    '10.0.0.0/99',
  ]);
  const bare = (apiVersion: string, kind: string, fields: object): object => ({
    apiVersion,
    kind,
    metadata: { name: 'a' },
    ...fields,
  });
  const classed = bare('node.k8s.io/v1', 'RuntimeClass', {
    handler: 'a',
    scheduling: { tolerations: [{ key: 'a b' }] },
  });
  const bound = bare('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicyBinding', {
    spec: {
      policyName: 'a',
      validationActions: ['Deny'],
      matchResources: { objectSelector: { matchLabels: { 'a b': 'c' } } },
    },
  });
  const networked = bare('v1', 'Node', { spec: { podCIDRs: ['10.1.0.0/24', '10.1.0.0/24'] } });
  const asked = bare('authorization.k8s.io/v1', 'SelfSubjectAccessReview', { metadata: {}, spec: {} });

  it.each<[string, unknown, string, string[], string[]]>([
    [
      'of an owner has its index',
      owned,
      '1.37',
      ['metadata.ownerReferences.name'],
      ['metadata.ownerReferences[0].name'],
    ],
    [
      'of processes shared with the node is the field of the pod',
      having(having(pod, 'spec.hostPID', true), 'spec.shareProcessNamespace', true),
      '1.37',
      ['spec.securityContext.shareProcessNamespace'],
      ['spec.shareProcessNamespace'],
    ],
    ['of a review without a question is its spec', asked, '1.37', ['spec.resourceAttributes'], ['spec']],
    [
      'of a host alias has its index',
      aliased,
      '1.30',
      ['spec.hostAliases.ip', 'spec.hostAliases.hostnames'],
      ['spec.hostAliases[0].ip', 'spec.hostAliases[0].hostnames[0]'],
    ],
    [
      'of a source range has its index',
      ranged,
      '1.30',
      ['spec.LoadBalancerSourceRanges'],
      ['spec.LoadBalancerSourceRanges[1]'],
    ],
    [
      'of a toleration names the list once',
      classed,
      '1.35',
      ['scheduling.tolerations.tolerations[0].key'],
      ['scheduling.tolerations[0].key'],
    ],
    [
      'of what a binding matches is spelled right',
      bound,
      '1.32',
      ['spec.matchResouces.objectSelector.matchLabels'],
      ['spec.matchResources.objectSelector.matchLabels'],
    ],
    [
      'of a network given twice is the list alone',
      networked,
      '1.33',
      ['spec.podCIDRs', 'spec.podCIDRs[1]'],
      ['spec.podCIDRs'],
    ],
  ])('%s', (_, object, since, before, now) => {
    expect(refusals(object, `1.${Number(since.slice(2)) - 1}`)).toEqual(before);
    expect(refusals(object, since)).toEqual(now);
  });

  it('of a name that is no label is in the labels of a Job, too, that it has from its template', () => {
    const long = { ...(job('FailJob') as { metadata: object; spec: object }) };
    const named = { ...long, metadata: { name: 'a'.repeat(64), namespace: 'shop' } };
    expect(refusals(named)).toEqual(['spec.template.labels']);
    const labelled = having(named, 'spec.template.metadata', { labels: { app: 'a' } });
    expect(refusals(labelled)).toEqual(['spec.template.labels', 'metadata.labels']);
  });
});

describe('what a release drops is not looked at', () => {
  it('rules of Jobs for indexes in 1.28, which 1.27 does not know and 1.29 holds to backoffLimitPerIndex', () => {
    const action = 'spec.podFailurePolicy.rules[0].action';
    expect(['1.27', '1.28', '1.29'].map((release) => refusals(job('FailIndex'), release))).toEqual([
      [action],
      [],
      [action],
    ]);
  });

  it('restart policies of init containers in 1.28, but those of other containers are refused', () => {
    const restarting = (list: string): unknown => having(pod, `spec.${list}.0.restartPolicy`, 'Always');
    const withInit = having(pod, 'spec.initContainers', [{ name: 'i', image: 'i', restartPolicy: 'Nope' }]);
    expect(refusals(withInit, '1.28')).toEqual([]);
    expect(refusals(withInit, '1.29')).toEqual(['spec.initContainers[0].restartPolicy']);
    expect(refusals(restarting('containers'), '1.28')).toEqual(['spec.containers[0].restartPolicy']);
    expect(refusals(restarting('containers'), '1.34')).toEqual([]);
  });

  it('match conditions of webhooks in 1.27', () => {
    const webhook = {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name: 'hook' },
      webhooks: [
        {
          name: 'a.b.example',
          clientConfig: { url: 'https://hook.example' },
          sideEffects: 'None',
          admissionReviewVersions: ['v1'],
          matchConditions: [{ name: 'known', expression: 'nonsense' }],
        },
      ],
    };
    expect(refusals(webhook, '1.27')).toEqual([]);
    expect(refusals(webhook, '1.28')).toEqual(['webhooks[0].matchConditions[0].expression']);
  });
});

describe('a rule that came with a release', () => {
  it.each<[string, unknown, string]>([
    ['asks pods and claims of a StatefulSet to be well-formed', statefulSet, '1.34'],
    ['asks the group of a source of data to be one', claim, '1.29'],
    ['asks nodes to be chosen by labels that can be', having(pod, 'spec.affinity', affinity), '1.32'],
    [
      'keeps sysctls of the node from pods',
      having(having(pod, 'spec.hostNetwork', true), 'spec.securityContext', sysctl),
      '1.29',
    ],
    ['keeps tokens below their volume', having(pod, 'spec.volumes', [token]), '1.30'],
    [
      'asks a revision to hold an object',
      { apiVersion: 'apps/v1', kind: 'ControllerRevision', metadata: { name: 'a' }, revision: 1, data: [1] },
      '1.31',
    ],
    [
      'asks IPv6 endpoints to be written as they are usually',
      {
        apiVersion: 'discovery.k8s.io/v1',
        kind: 'EndpointSlice',
        metadata: { name: 'a' },
        addressType: 'IPv6',
        endpoints: [{ addresses: ['2001:DB8::1'] }],
        ports: [],
      },
      '1.33',
    ],
    [
      'asks what an autoscaler scales to have a group',
      {
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        metadata: { name: 'a' },
        spec: { maxReplicas: 2, scaleTargetRef: { apiVersion: '/apps/v1', kind: 'Deployment', name: 'a' } },
      },
      '1.34',
    ],
    ['asks image volumes of templates for their image', workload('Deployment', 1, image), '1.37'],
    ['asks how many pods of a StatefulSet may be missing', rolling('150%'), '1.37'],
    [
      'asks a bundle of certificates for a name or a signer',
      projecting({ clusterTrustBundle: { path: 'a' } }),
      '1.37',
    ],
    [
      'asks a key for its kind',
      projecting({ podCertificate: { signerName: 'a.example/b', keyType: 'RSA', keyPath: 'a' } }),
      '1.37',
    ],
    ['asks attributes of devices for a domain in small letters', matching('Example.com/model'), '1.37'],
    ['restarts no init container for its resources', having(pod, 'spec.initContainers', [init]), '1.36'],
  ])('%s', (_, object, since) => {
    const before = `1.${Number(since.slice(2)) - 1}`;
    expect(refusals(object, before)).toEqual([]);
    expect(refusals(object, since)).not.toEqual([]);
  });
});
