import fc from 'fast-check';
import { POLICY } from '../../../../lib/check/rules/policy';
import { Cluster } from '../../../../lib/graph/cluster';
import { ManifestSet } from '../../../../lib/manifest/set';
import type { Plain } from './policy';
import { container, found, object, RESOURCES, service, workload } from './policy';
import { effort } from '../../../effort';

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
    { numRuns: effort(8, 40) },
  );
});
