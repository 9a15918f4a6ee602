import type { NodePool } from '../../../profiles/cluster-profile';
import { findingsOf, ruleTest, type Found } from '../../../../test/check/rule-test';

ruleTest(
  'policy/unschedulable',
  'error',
  [
    'Deployment shop/web',
    'spec.template.spec.containers[0].resources.requests[cpu]',
    'fits no node: node-a: Insufficient cpu (requests 2 cpu of 1930m)',
    'Request less than an empty node offers; DaemonSets take part of that.',
  ],
  ({ passing, found }) => [
    [
      'a label of a Node, all of whose labels are known',
      passing('      containers:', '      nodeSelector: { kubernetes.io/arch: arm64 }\n      containers:'),
      [
        found(
          'spec.template.spec.nodeSelector',
          "fits no node: node-a: node(s) didn't match Pod's node affinity/selector",
          'Select labels that a node pool of the profile has, or add them to the profile.',
        ),
      ],
    ],
    [
      'a label of a Node, whose other labels may be missing',
      passing(
        '      containers:',
        '      nodeSelector: { kubernetes.io/arch: arm64 }\n      containers:',
        'kubernetes.io/hostname: node-a, ',
        '',
      ),
      [],
    ],
    [
      'a taint of a Node',
      passing('status:', 'spec: { taints: [{ key: a, effect: NoExecute }] }\nstatus:'),
      [
        found(
          'spec.template.spec.tolerations',
          'fits no node: node-a: node(s) had untolerated taint {a: }',
          'Tolerate the taint, or use another node pool.',
        ),
      ],
    ],
  ],
);

const small: NodePool = { name: 'small', labels: { disk: 'hdd' }, zones: ['a', 'b'] };
const large: NodePool = {
  name: 'large',
  labels: { disk: 'ssd' },
  taints: [{ key: 'team', value: 'data', effect: 'NoSchedule' }],
  allocatable: { cpu: '3920m', memory: '14Gi', pods: '110' },
};
const gpu: NodePool = {
  name: 'gpu',
  labels: { disk: 'ssd' },
  taints: [{ key: 'nvidia.com/gpu', effect: 'NoSchedule' }],
  allocatable: { cpu: '8', memory: '30Gi', 'nvidia.com/gpu': '1' },
};

const SPEC = 'spec.template.spec';
const TOLERATED = { tolerations: [{ key: 'team', operator: 'Exists' }] };
const MISMATCH = "node(s) didn't match Pod's node affinity/selector";

const resources = (requests: object): object => ({ resources: { requests } });

function deployment(spec: object, more: object = {}, kind = 'Deployment', apiVersion = 'apps/v1'): string {
  const containers = [{ name: 'web', image: 'a' }];
  return JSON.stringify({
    apiVersion,
    kind,
    metadata: { name: 'web', namespace: 'shop' },
    spec: {
      selector: { matchLabels: { app: 'web' } },
      ...more,
      template: { metadata: { labels: { app: 'web' } }, spec: { containers, ...spec } },
    },
  });
}

function pods(spec: object): string {
  return deployment(spec);
}

function container(requests: object, spec: object = {}): string {
  return pods({ containers: [{ name: 'web', image: 'a', ...resources(requests) }], ...spec });
}

function findings(yaml: string, nodePools: readonly NodePool[] = [small, large]) {
  return findingsOf('policy/unschedulable', yaml, { profile: { nodePools } });
}

const said = (yaml: string, nodePools?: readonly NodePool[]): string[] =>
  findings(yaml, nodePools).map(
    ({ severity, found: [, path, message] }) => `${severity} ${path}: ${message}`,
  );

it('says nothing without node pools', () => {
  expect(said(pods({ nodeSelector: { disk: 'tape' } }), [])).toEqual([]);
});

it('names the pool that is closest, and the reason of each', () => {
  const found: Found = [
    'Deployment shop/web',
    `${SPEC}.tolerations`,
    `fits no node pool: large: node(s) had untolerated taint {team: data}; small: ${MISMATCH}`,
    'Tolerate the taint, or use another node pool.',
  ];
  expect(findings(pods({ nodeSelector: { disk: 'ssd' } }))).toEqual([{ severity: 'error', found }]);
});

describe('node selectors and affinity', () => {
  const affinity = (...nodeSelectorTerms: readonly object[]): object => ({
    affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } },
  });
  const needs = (key: string, operator: string, ...values: readonly string[]): object => ({
    matchExpressions: [{ key, operator, ...(values.length > 0 && { values }) }],
  });
  const ZONE = 'topology.kubernetes.io/zone';

  it.each([
    ['a label that the pool has', { nodeSelector: { disk: 'hdd' } }],
    ['a zone of the pool', { nodeSelector: { [ZONE]: 'b' } }],
    ['a label that clouds set', { nodeSelector: { 'kubernetes.io/arch': 'arm64' } }],
    ['a label of a cloud', { nodeSelector: { 'eks.amazonaws.com/nodegroup': 'x' } }],
    ['one of two terms', affinity(needs('disk', 'In', 'tape'), needs('disk', 'In', 'hdd'))],
    ['a value that it has not', affinity(needs('disk', 'NotIn', 'ssd'))],
    ['a key that it has not', affinity(needs('gpu', 'DoesNotExist'))],
    ['another zone', affinity(needs(ZONE, 'NotIn', 'a'))],
    [
      'the name of a node',
      affinity({ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['n'] }] }),
    ],
  ])('take a pool by %s', (_, spec) => {
    expect(said(pods(spec))).toEqual([]);
  });

  it.each([
    ['a label that no pool has', { nodeSelector: { tier: 'web' } }, 'nodeSelector'],
    ['zones that no pool has', { nodeSelector: { [ZONE]: 'c' } }, 'nodeSelector'],
    ['a term without requirements', affinity({}), 'affinity.nodeAffinity'],
    [
      'both requirements of a term',
      affinity({
        matchExpressions: [
          { key: 'disk', operator: 'In', values: ['hdd'] },
          { key: ZONE, operator: 'In', values: ['c'] },
        ],
      }),
      'affinity.nodeAffinity',
    ],
    ['a comparison of numbers', affinity(needs('disk', 'Gt', '5')), 'affinity.nodeAffinity'],
    ['every zone', affinity(needs(ZONE, 'NotIn', 'a', 'b')), 'affinity.nodeAffinity'],
  ])('take none by %s', (_, spec, path) => {
    expect(said(pods(spec), [small])).toEqual([
      `error ${SPEC}.${path}: fits no node pool: small: ${MISMATCH}`,
    ]);
  });

  it('take a pool whose zones are not known', () => {
    expect(said(pods({ nodeSelector: { [ZONE]: 'c' } }), [{ name: 'any' }])).toEqual([]);
  });

  it('include those of a RuntimeClass', () => {
    const runtime = JSON.stringify({
      apiVersion: 'node.k8s.io/v1',
      kind: 'RuntimeClass',
      metadata: { name: 'vm' },
      handler: 'vm',
      scheduling: { nodeSelector: { vm: 'yes' } },
    });
    expect(said(`${pods({ runtimeClassName: 'vm' })}\n---\n${runtime}`, [small])).toEqual([
      `error ${SPEC}.affinity.nodeAffinity: fits no node pool: small: ${MISMATCH}`,
    ]);
  });
});

describe('taints', () => {
  const tolerated = (...tolerations: readonly object[]): string[] => said(pods({ tolerations }), [large]);

  it.each([
    ['Exists', { key: 'team', operator: 'Exists' }],
    ['Equal', { key: 'team', value: 'data' }],
    ['everything', { operator: 'Exists' }],
    ['the effect', { key: 'team', value: 'data', effect: 'NoSchedule' }],
  ])('are tolerated by %s', (_, toleration) => {
    expect(tolerated(toleration)).toEqual([]);
  });

  it.each([
    ['another value', { key: 'team', value: 'web' }],
    ['another key', { key: 'group', operator: 'Exists' }],
    ['another effect', { key: 'team', operator: 'Exists', effect: 'NoExecute' }],
    ['no key with Equal', { value: 'data' }],
  ])('are not tolerated by %s', (_, toleration) => {
    expect(tolerated(toleration)).toEqual([
      `error ${SPEC}.tolerations: fits no node pool: large: node(s) had untolerated taint {team: data}`,
    ]);
  });

  it('that only prefer other nodes, or pass, keep no pod away', () => {
    const taints = [
      { key: 'a', effect: 'PreferNoSchedule' },
      { key: 'node.kubernetes.io/not-ready', effect: 'NoExecute' },
    ] as const;
    expect(said(pods({}), [{ name: 'a', taints }])).toEqual([]);
  });

  it('of a resource are tolerated for pods that request it', () => {
    expect(said(container({ 'nvidia.com/gpu': '1' }), [gpu])).toEqual([]);
  });

  it('may be tolerated by a RuntimeClass of the cluster', () => {
    expect(said(pods({ runtimeClassName: 'unknown' }), [large])).toEqual([]);
  });
});

describe('resources', () => {
  const first = `${SPEC}.containers[0].resources.requests[cpu]`;
  const cpu = (amount: string): string =>
    `fits no node pool: large: Insufficient cpu (requests ${amount} cpu of 3920m)`;

  it.each([
    ['as much as a node has', container({ cpu: '3920m', memory: '14Gi' }, TOLERATED)],
    ['a resource that no profile needs to list', container({ 'ephemeral-storage': '1Ti' }, TOLERATED)],
    [
      'an init container that runs before the others',
      pods({
        ...TOLERATED,
        initContainers: [{ name: 'init', image: 'a', ...resources({ cpu: 2 }) }],
        containers: [{ name: 'web', image: 'a', ...resources({ cpu: 3 }) }],
      }),
    ],
  ])('fit: %s', (_, yaml) => {
    expect(said(yaml, [large])).toEqual([]);
  });

  it('say all that is missing', () => {
    expect(said(container({ cpu: 4, memory: '15Gi' }, TOLERATED), [large])).toEqual([
      `error ${first}: fits no node pool: large: Insufficient cpu, Insufficient memory (requests 4 cpu of 3920m, 15Gi memory of 14Gi)`,
    ]);
  });

  it.each([
    [
      'a limit without a request',
      { containers: [{ name: 'web', image: 'a', resources: { limits: { cpu: 5 } } }] },
      '5',
      `${SPEC}.containers[0].resources.limits[cpu]`,
    ],
    [
      'sidecars',
      {
        initContainers: [{ name: 'log', image: 'a', restartPolicy: 'Always', ...resources({ cpu: 2 }) }],
        containers: [{ name: 'web', image: 'a', ...resources({ cpu: 3 }) }],
      },
      '5',
      first,
    ],
    ['the pod', resources({ cpu: 6 }), '6', `${SPEC}.resources.requests[cpu]`],
  ])('count %s', (_, spec, amount, path) => {
    expect(said(pods({ ...TOLERATED, ...spec }), [large])).toEqual([`error ${path}: ${cpu(amount)}`]);
  });

  it('count the overhead of a RuntimeClass, and the defaults of a LimitRange', () => {
    const others = [
      {
        apiVersion: 'node.k8s.io/v1',
        kind: 'RuntimeClass',
        metadata: { name: 'vm' },
        handler: 'vm',
        overhead: { podFixed: { cpu: '1' } },
      },
      {
        apiVersion: 'v1',
        kind: 'LimitRange',
        metadata: { name: 'a', namespace: 'shop' },
        spec: { limits: [{ type: 'Container', defaultRequest: { cpu: '3' } }] },
      },
    ];
    const yaml = [
      pods({ ...TOLERATED, runtimeClassName: 'vm' }),
      ...others.map((each) => JSON.stringify(each)),
    ];
    expect(said(yaml.join('\n---\n'), [large])).toEqual([`error ${SPEC}: ${cpu('4')}`]);
  });

  it('of a device that another pool lists are missing here', () => {
    const spec = { nodeSelector: { disk: 'hdd' } };
    const hdd = { ...small, allocatable: { cpu: '4' } };
    expect(said(container({ 'nvidia.com/gpu': '1' }, spec), [hdd, gpu])).toEqual([
      `error ${SPEC}.containers[0].resources.requests[nvidia.com/gpu]: fits no node pool: small: Insufficient nvidia.com/gpu (requests 1 nvidia.com/gpu of 0); gpu: ${MISMATCH}`,
    ]);
  });

  it('of a device that no pool lists are a warning', () => {
    expect(said(container({ 'acme.com/fpga': '1' }, TOLERATED), [large])).toEqual([
      `warning ${SPEC}.containers[0].resources.requests[acme.com/fpga]: fits no node pool: large: Insufficient acme.com/fpga (requests 1 acme.com/fpga of 0), but no node pool of the profile lists acme.com/fpga`,
    ]);
  });
});

describe('what something may make good is a warning', () => {
  const pool = [small];
  const nowhere = { nodeSelector: { tier: 'web' } };
  const message = `warning ${SPEC}.nodeSelector: fits no node pool: small: ${MISMATCH}`;

  it('a DaemonSet', () => {
    expect(said(deployment(nowhere, {}, 'DaemonSet'), pool)).toEqual([message]);
  });

  it('Karpenter in the set', () => {
    const karpenter = '{ apiVersion: karpenter.sh/v1, kind: NodePool, metadata: { name: web }, spec: {} }';
    expect(said(`${pods(nowhere)}\n---\n${karpenter}`, pool)).toEqual([
      `${message}, but NodePool web may add other nodes`,
    ]);
  });

  it('a controller that may change the template', () => {
    expect(said(deployment(nowhere, {}, 'Runner', 'example.com/v1'), pool)).toEqual([
      `${message}, but the controller of Runner may change the pods`,
    ]);
  });

  it('a VerticalPodAutoscaler', () => {
    const vertical =
      '{ apiVersion: autoscaling.k8s.io/v1, kind: VerticalPodAutoscaler, metadata: { name: web, namespace: shop }, spec: { targetRef: { apiVersion: apps/v1, kind: Deployment, name: web } } }';
    expect(said(`${container({ cpu: 9 }, TOLERATED)}\n---\n${vertical}`, [large])).toEqual([
      `warning ${SPEC}.containers[0].resources.requests[cpu]: fits no node pool: large: Insufficient cpu (requests 9 cpu of 3920m), but its VerticalPodAutoscaler may lower the requests`,
    ]);
  });
});

it.each([
  ['a node that it names', deployment({ nodeName: 'n', nodeSelector: { tier: 'web' } })],
  ['another scheduler', deployment({ schedulerName: 'volcano', nodeSelector: { tier: 'web' } })],
  ['no replicas', deployment({ nodeSelector: { tier: 'web' } }, { replicas: 0 })],
  [
    'a Job that is suspended',
    deployment({ nodeSelector: { tier: 'web' } }, { suspend: true }, 'Job', 'batch/v1'),
  ],
])('is not about %s', (_, yaml) => {
  expect(said(yaml)).toEqual([]);
});
