import fc from 'fast-check';
import { POLICY } from '../../../../lib/check/rules/policy';
import { Cluster } from '../../../../lib/graph/cluster';
import { ManifestSet } from '../../../../lib/manifest/set';
import type { Plain, WorkloadParts } from './policy';
import { container, found, object, RESOURCES, service, workload } from './policy';

const POD = 'spec.template.spec';
const C0 = `${POD}.containers[0]`;

test('a sane workload with its Service has no findings', () => {
  const ports = [{ name: 'http', containerPort: 8080 }];
  const readinessProbe = { httpGet: { path: '/', port: 'http' } };
  expect(found([workload({ container: { ports, readinessProbe } }), service()])).toEqual([]);
});

describe('what a namespace refuses', () => {
  const namespace = (labels: Plain): Plain => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'shop', labels },
  });
  const privileged = workload({ container: { securityContext: { privileged: true } } });
  const path = `${C0}.securityContext.privileged`;

  it.each([
    ['admission', { 'pod-security.kubernetes.io/enforce': 'baseline' }, 'admission/pod-security'],
    ['admission', { 'pod-security.kubernetes.io/warn': 'baseline' }, 'admission/pod-security'],
    ['policy', { 'pod-security.kubernetes.io/enforce': 'privileged' }, 'policy/privileged'],
    ['policy', {}, 'policy/privileged'],
  ])('is said once, by %s, with %j', (_, labels, rule) => {
    expect(found([namespace(labels), privileged])).toEqual([`${rule} ${path}`]);
  });

  it('is said of one field by baseline or restricted, not by both', () => {
    const strict = found([privileged], { preset: 'strict' });
    expect(strict.filter((each) => each.endsWith(path))).toEqual([`policy/privileged ${path}`]);
  });
});

test.each([
  ['/var/run/docker.sock', 'container-socket'],
  ['/run/containerd/containerd.sock', 'container-socket'],
  ['/var/run/', 'container-socket'],
  ['/var/log', 'host-path'],
])('%s of the node is for %s alone', (path, rule) => {
  const volumes = [{ name: 'v', hostPath: { path } }];
  expect(found([workload({ pod: { volumes } })])).toEqual([`policy/${rule} ${POD}.volumes[0].hostPath`]);
});

describe('readiness', () => {
  const ports = (name: string, containerPort: number): Plain => ({ ports: [{ name, containerPort }] });
  const readinessProbe = { tcpSocket: { port: 8080 } };
  const pair = (web: Plain, proxy: Plain): Plain =>
    workload({ pod: { containers: [container(web), container({ name: 'proxy', ...proxy })] } });

  it('is asked of the container that has the port of the Service', () => {
    const object = pair(ports('admin', 9090), ports('http', 8080));
    const rule = 'policy/readiness-probe';
    expect(found([object, service()])).toEqual([`${rule} ${POD}.containers[1].readinessProbe`]);
    const number = service({ ports: [{ port: 9090 }] });
    expect(found([object, number])).toEqual([`${rule} ${C0}.readinessProbe`]);
    const ready = pair(ports('admin', 9090), { ...ports('http', 8080), readinessProbe });
    expect(found([ready, service()])).toEqual([]);
  });

  it('is not asked where the Service does not care, or there is none', () => {
    expect(found([workload()])).toEqual([]);
    expect(found([workload(), service({ publishNotReadyAddresses: true })])).toEqual([]);
  });
});

test.each<[string, Plain, boolean]>([
  ['gives up as soon', {}, true],
  ['gives up sooner', { periodSeconds: 5 }, true],
  ['gives up later', { failureThreshold: 6 }, false],
  ['asks something else', { httpGet: { path: '/alive', port: 80 } }, false],
])('a livenessProbe that %s: %j', (_, liveness, wrong) => {
  const readinessProbe = { httpGet: { path: '/ready', port: 80 } };
  const livenessProbe = { httpGet: { port: 80, path: '/ready' }, ...liveness };
  const expected = wrong ? [`policy/same-probes ${C0}.livenessProbe`] : [];
  expect(found([workload({ container: { readinessProbe, livenessProbe } })])).toEqual(expected);
});

test.each<[string, string, boolean]>([
  ['a header of no consequence', 'Cookie', true],
  ['another host', 'Host', false],
])('a livenessProbe that asks the same path with %s', (_, name, wrong) => {
  const probe = (value: string): Plain => ({
    httpGet: { path: '/', port: 80, httpHeaders: [{ name, value }] },
  });
  const probes = { readinessProbe: probe('a'), livenessProbe: probe('b') };
  const expected = wrong ? [`policy/same-probes ${C0}.livenessProbe`] : [];
  expect(found([workload({ container: probes })])).toEqual(expected);
});

test.each<[string, Plain, Plain, boolean]>([
  ['without a limit', {}, {}, true],
  ['with a limit of its own', { sizeLimit: '1Gi' }, {}, false],
  ['in memory', { medium: 'Memory' }, {}, false],
  ['within what a container may take', {}, { 'ephemeral-storage': '2Gi' }, false],
])('an emptyDir %s', (_, emptyDir, limits, wrong) => {
  const resources = { ...RESOURCES, limits: { ...RESOURCES.limits, ...limits } };
  const pod = { volumes: [{ name: 'data', emptyDir }] };
  const all = found([workload({ pod, container: { resources } })], { preset: 'strict' });
  const path = `${POD}.volumes[0].emptyDir.sizeLimit`;
  expect(all.filter((each) => each.includes('empty-dir'))).toEqual(
    wrong ? [`policy/empty-dir-limit ${path}`] : [],
  );
});

describe('resources', () => {
  const requests = `policy/resource-requests ${C0}.resources.requests`;
  const limit = `policy/memory-limit ${C0}.resources.limits.memory`;

  it.each<[string, Plain | undefined, string[]]>([
    ['none', undefined, [requests]],
    ['no request of memory', { requests: { cpu: '1' } }, [requests]],
    ['no limit of memory', { requests: RESOURCES.requests }, [limit]],
    ['limits, which are requests too', { limits: { cpu: '1', memory: '1Gi' } }, []],
  ])('%s', (_, resources, expected) => {
    expect(found([workload({ container: { resources } })])).toEqual(expected);
  });

  it('may come from the pod or from a LimitRange', () => {
    const bare = { container: { resources: undefined } };
    expect(
      found([
        workload({
          ...bare,
          pod: { containers: [container({ resources: undefined })], resources: RESOURCES },
        }),
      ]),
    ).toEqual([]);
    const limits = [{ type: 'Container', default: { memory: '1Gi', cpu: '1' } }];
    expect(found([workload(bare), object('v1', 'LimitRange', 'defaults', { spec: { limits } })])).toEqual([]);
  });

  it('are asked of sidecars, and of init containers only how much memory they may take', () => {
    const extra = { name: 'extra', image: 'acme/extra:1' };
    const limits = { memory: '64Mi' };
    expect(found([workload({ pod: { initContainers: [{ ...extra, resources: { limits } }] } })])).toEqual([]);
    expect(found([workload({ pod: { initContainers: [extra] } })])).toEqual([
      `policy/memory-limit ${POD}.initContainers[0].resources.limits.memory`,
    ]);
    expect(found([workload({ pod: { initContainers: [{ ...extra, restartPolicy: 'Always' }] } })])).toEqual([
      `policy/resource-requests ${POD}.initContainers[0].resources.requests`,
    ]);
  });
});

const autoscaler = (minReplicas: number, maxReplicas: number): Plain =>
  object('autoscaling/v2', 'HorizontalPodAutoscaler', 'web', {
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      minReplicas,
      maxReplicas,
    },
  });

test.each<[number | undefined, unknown, boolean]>([
  [1, 1, true],
  [undefined, 1, true],
  [2, '100%', true],
  [2, 2, true],
  [2, 1, false],
  [3, '50%', false],
  [1, '25%', false],
  [0, 1, false],
])('a rollout of %j pods of which %j may be missing', (replicas, maxUnavailable, wrong) => {
  const spec = { replicas, strategy: { rollingUpdate: { maxUnavailable } } };
  const objects = [workload({ spec }), service({ publishNotReadyAddresses: true })];
  const expected = wrong ? ['policy/rollout-downtime spec.strategy.rollingUpdate.maxUnavailable'] : [];
  expect(found(objects)).toEqual(expected);
  const never = maxUnavailable === '100%' ? expected : [];
  expect(found([...objects, autoscaler(4, 8)])).toEqual(never);
});

describe('pods apart', () => {
  const profile = { nodePools: [{ name: 'general', zones: ['a', 'b'], size: 3 }] };
  const affinity = (topologyKey: string, app = 'web'): Plain => ({
    podAntiAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [
        { topologyKey, labelSelector: { matchLabels: { app } } },
      ],
    },
  });
  const path = `${POD}.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey`;
  const apart = (replicas: number, topologyKey: string, app?: string): string[] =>
    found([workload({ spec: { replicas }, pod: { affinity: affinity(topologyKey, app) } })], { profile });

  it('cannot be more than there are zones, or nodes', () => {
    const wrong = [`policy/unsatisfiable-spread ${path}`];
    expect(apart(3, 'topology.kubernetes.io/zone')).toEqual(wrong);
    expect(apart(2, 'topology.kubernetes.io/zone')).toEqual([]);
    expect(apart(4, 'kubernetes.io/hostname')).toEqual(wrong);
    expect(apart(3, 'kubernetes.io/hostname')).toEqual([]);
  });

  it('may be many where they keep apart from others, or the profile does not say', () => {
    expect(apart(3, 'topology.kubernetes.io/zone', 'cache')).toEqual([]);
    expect(apart(9, 'example.com/rack')).toEqual([]);
    expect(
      found([workload({ spec: { replicas: 9 }, pod: { affinity: affinity('kubernetes.io/hostname') } })]),
    ).toEqual([]);
  });

  it('are found by minDomains too', () => {
    const constraint = {
      topologyKey: 'topology.kubernetes.io/zone',
      maxSkew: 1,
      whenUnsatisfiable: 'DoNotSchedule',
    };
    const topologySpreadConstraints = [
      { ...constraint, minDomains: 3, labelSelector: { matchLabels: { app: 'web' } } },
    ];
    expect(
      found([workload({ spec: { replicas: 3 }, pod: { topologySpreadConstraints } })], { profile }),
    ).toEqual([`policy/unsatisfiable-spread ${POD}.topologySpreadConstraints[0].minDomains`]);
  });
});

describe('configuration that changes', () => {
  const settings = (more: Plain = {}): Plain =>
    object('v1', 'ConfigMap', 'settings', { data: { a: 'b' }, ...more });
  const envFrom = [{ configMapRef: { name: 'settings' } }];
  const volumes = [{ name: 'v', configMap: { name: 'settings' } }];
  const mounted = (mount: Plain): WorkloadParts => ({
    pod: { volumes },
    container: { volumeMounts: [{ name: 'v', mountPath: '/etc/a', ...mount }] },
  });
  const stale = (path: string): string[] => [`policy/stale-config ${C0}.${path}`];

  it('is found once for a workload, where it is read first', () => {
    const env = [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'settings', key: 'a' } } }];
    expect(found([workload({ container: { envFrom, env } }), settings()])).toEqual(
      stale('envFrom[0].configMapRef.name'),
    );
    expect(found([workload(mounted({ subPath: 'a' })), settings()])).toEqual(
      stale('volumeMounts[0].subPath'),
    );
    const secret = [{ secretRef: { name: 'login' } }];
    expect(found([workload({ container: { envFrom: secret } }), object('v1', 'Secret', 'login')])).toEqual(
      stale('envFrom[0].secretRef.name'),
    );
  });

  it('reaches pods that are made anew, or that read files', () => {
    const reads = workload({ container: { envFrom } });
    expect(found([reads, settings({ immutable: true })])).toEqual([]);
    expect(found([reads])).toEqual([]);
    expect(found([workload(mounted({})), settings()])).toEqual([]);
    expect(
      found([workload({ container: { envFrom }, annotations: { 'checksum/config': 'x' } }), settings()]),
    ).toEqual([]);
  });
});

describe('a disk for one node', () => {
  const claim = (mode: string): Plain =>
    object('v1', 'PersistentVolumeClaim', 'data', {
      spec: { accessModes: [mode], resources: { requests: { storage: '1Gi' } } },
    });
  const volumes = [{ name: 'v', persistentVolumeClaim: { claimName: 'data' } }];
  const wrong = [`policy/exclusive-claim ${POD}.volumes[0].persistentVolumeClaim.claimName`];
  const recreated = { strategy: { type: 'Recreate' } };

  it.each<[string, Plain, string, string[]]>([
    ['is shared by the old pod and the new', {}, 'ReadWriteOnce', wrong],
    ['is shared by replicas', { replicas: 2, ...recreated }, 'ReadWriteOncePod', wrong],
    ['is handed over', recreated, 'ReadWriteOnce', []],
    [
      'is handed over, without a surge',
      { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } } },
      'ReadWriteOnce',
      [],
    ],
    ['is for many', { replicas: 2 }, 'ReadWriteMany', []],
  ])('%s', (_, spec, mode, expected) => {
    expect(found([workload({ spec, pod: { volumes } }), claim(mode)])).toEqual(expected);
  });

  it('is shared where an autoscaler adds pods', () => {
    const objects = [workload({ spec: recreated, pod: { volumes } }), claim('ReadWriteOnce')];
    expect(found([...objects, autoscaler(1, 3)])).toEqual(wrong);
  });
});

describe('roles', () => {
  const role = (rule: Plain): Plain =>
    object('rbac.authorization.k8s.io/v1', 'Role', 'web', { rules: [rule] });
  const core = { apiGroups: [''] };
  const rbac = { apiGroups: ['rbac.authorization.k8s.io'] };

  it.each<[Plain, string[]]>([
    [{ ...core, resources: ['secrets'], verbs: ['*'] }, ['policy/rbac-wildcard rules[0].verbs']],
    [{ ...core, resources: ['*'], verbs: ['get'] }, ['policy/rbac-wildcard rules[0].resources']],
    [{ ...core, resources: ['secrets'], verbs: ['list'] }, ['policy/rbac-secrets rules[0].resources']],
    [{ ...core, resources: ['secrets'], verbs: ['create'] }, []],
    [{ ...core, resources: ['secrets'], resourceNames: ['a'], verbs: ['get'] }, []],
    [{ apiGroups: ['example.com'], resources: ['secrets'], verbs: ['get'] }, []],
    [
      { ...rbac, resources: ['roles'], verbs: ['get', 'escalate'] },
      ['policy/rbac-escalation rules[0].verbs[1]'],
    ],
    [{ ...rbac, resources: ['clusterroles'], verbs: ['bind'] }, ['policy/rbac-escalation rules[0].verbs[0]']],
    [
      { ...core, resources: ['serviceaccounts/token'], verbs: ['create'] },
      ['policy/rbac-escalation rules[0].verbs[0]'],
    ],
  ])('%j', (rule, expected) => {
    expect(found([role(rule)])).toEqual(expected);
  });
});

describe('a token', () => {
  const pod = { automountServiceAccountToken: undefined, serviceAccountName: 'web' };
  const account = (more: Plain = {}): Plain => object('v1', 'ServiceAccount', 'web', more);
  const binding = object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'web', {
    subjects: [{ kind: 'ServiceAccount', name: 'web', namespace: 'shop' }],
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'web' },
  });
  const wrong = [`policy/service-account-token ${POD}.automountServiceAccountToken`];

  it('is needless where nothing is granted', () => {
    expect(found([workload({ pod }), account()])).toEqual(wrong);
    expect(found([workload({ pod: { automountServiceAccountToken: undefined } })])).toEqual(wrong);
    expect(found([workload({ pod: { ...pod, automountServiceAccountToken: true } }), account()])).toEqual(
      wrong,
    );
  });

  it('is fine where something is granted, nobody mounts it, or the account is not known', () => {
    expect(found([workload({ pod }), account(), binding])).toEqual([]);
    expect(found([workload({ pod }), account({ automountServiceAccountToken: false })])).toEqual([]);
    expect(found([workload({ pod })])).toEqual([]);
  });
});

test('a deprecated version names the release that removes it and what replaces it', () => {
  const flow = {
    apiVersion: 'flowcontrol.apiserver.k8s.io/v1beta3',
    kind: 'FlowSchema',
    metadata: { name: 'a' },
  };
  const set = ManifestSet.of([flow]);
  const [rule] = POLICY.filter(({ name }) => name === 'policy/deprecated-api');
  const said: unknown[] = [];
  rule?.run(new Cluster(set, {}, { kubernetes: '1.31' }), (_, ...words) => said.push(words));
  expect(said).toEqual([
    [
      'apiVersion',
      'flowcontrol.apiserver.k8s.io/v1beta3 FlowSchema is deprecated in v1.29+, unavailable in v1.32+',
      'Use flowcontrol.apiserver.k8s.io/v1 FlowSchema instead.',
    ],
  ]);
  said.length = 0;
  rule?.run(new Cluster(set, {}, { kubernetes: '1.28' }), (_, ...words) => said.push(words));
  expect(said).toEqual([]);
});

test('a preStop that sleeps as long as the pod has to end', () => {
  const lifecycle = { preStop: { sleep: { seconds: 30 } } };
  expect(found([workload({ container: { lifecycle } })])).toEqual([
    `policy/late-shutdown ${C0}.lifecycle.preStop`,
  ]);
  expect(found([workload({ pod: { terminationGracePeriodSeconds: 60 }, container: { lifecycle } })])).toEqual(
    [],
  );
});

test('a pod that runs once needs nobody to look after it', () => {
  const bare = (restartPolicy?: string): Plain =>
    object('v1', 'Pod', 'web', {
      spec: { automountServiceAccountToken: false, restartPolicy, containers: [container()] },
    });
  expect(found([bare()])).toEqual(['policy/naked-pod ']);
  expect(found([bare('Never')])).toEqual([]);
});

test('no rule throws, whatever an object holds', () => {
  const kinds = [
    'Deployment',
    'Pod',
    'Service',
    'ConfigMap',
    'Role',
    'RoleBinding',
    'HorizontalPodAutoscaler',
  ];
  const odd = fc.jsonValue({ maxDepth: 2 });
  const value = fc.oneof(odd, fc.array(odd), fc.dictionary(fc.constantFrom('name', 'labels', 'items'), odd));
  const fields = fc.constantFrom(
    'spec',
    'data',
    'rules',
    'subjects',
    'template',
    'containers',
    'selector',
    'metadata',
  );
  const body = fc.dictionary(
    fields,
    fc.oneof(value, fc.dictionary(fields, fc.oneof(value, fc.array(value)))),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(...kinds), body), { maxLength: 4 }), (parts) => {
      const objects = parts.map(([kind, fields], index) => ({
        ...fields,
        apiVersion: kind === 'Deployment' ? 'apps/v1' : 'v1',
        kind,
        metadata: { name: `a${index}` },
      }));
      const cluster = new Cluster(ManifestSet.of(objects));
      for (const { run } of POLICY) run(cluster, () => undefined);
    }),
    { numRuns: 40 },
  );
});
