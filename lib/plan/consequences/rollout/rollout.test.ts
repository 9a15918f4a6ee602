import { having, object } from '../../../../test/plan/changes';
import { sentences, workload } from '../../../../test/plan/consequences/consequences';

type Plain = Record<string, unknown>;

function said(kind: string, spec: Plain, pod: Plain = {}, ...others: object[]): string[] {
  const [before, after] = ['a:1', 'a:2'].map((image) =>
    workload(kind, { ...(kind === 'StatefulSet' && { serviceName: 'a' }), ...spec }, image, {
      containers: [{ name: 'app', image, ...pod }],
    }),
  );
  return sentences('rollout', [before ?? {}, ...others], [after ?? {}, ...others]);
}

const rolling = (partition: number): object => ({ rollingUpdate: { partition } });

it.each([
  ['Deployment', { strategy: { type: 'Recreate' } }, 'stops its 1 pod, and then starts new ones.'],
  ['StatefulSet', { replicas: 0 }, 'has no pods to replace.'],
  ['StatefulSet', { replicas: 1 }, 'replaces pod 0, with 0 of 1 serving.'],
  [
    'StatefulSet',
    { replicas: 3, updateStrategy: rolling(2) },
    'replaces pod 2, with 2 of 3 serving, and keeps the 2 pods below partition 2.',
  ],
  [
    'StatefulSet',
    { replicas: 3, updateStrategy: rolling(1) },
    'replaces its pods one by one, from 2 down to 1, with 2 of 3 serving, and keeps the 1 pod below partition 1.',
  ],
  [
    'StatefulSet',
    { replicas: 2, ordinals: { start: 5 }, updateStrategy: rolling(6) },
    'replaces pod 6, with 1 of 2 serving, and keeps the 1 pod below partition 6.',
  ],
  [
    'StatefulSet',
    { replicas: 1, updateStrategy: rolling(9) },
    'replaces no pods: its partition is 9, beyond its 1 pod.',
  ],
  [
    'DaemonSet',
    { updateStrategy: { type: 'OnDelete' } },
    'replaces a pod only when it is deleted: its update strategy is OnDelete.',
  ],
  [
    'DaemonSet',
    { updateStrategy: { rollingUpdate: { maxSurge: '10%', maxUnavailable: 0 } } },
    'replaces its pod on every node, on 10% of the nodes at a time, and starts each new pod before the old one stops.',
  ],
  [
    'DaemonSet',
    { updateStrategy: { rollingUpdate: { maxUnavailable: 3 } } },
    'replaces its pod on every node, with no pod on at most 3 nodes at a time.',
  ],
])('a %s with %j', (kind, spec, rest) => {
  expect(said(kind, spec)).toEqual([`info: ${kind} shop/a ${rest}`]);
});

describe('a budget', () => {
  const budget = (spec: object, app = 'a') =>
    object('policy/v1', 'PodDisruptionBudget', { spec: { selector: { matchLabels: { app } }, ...spec } });
  const about = (spec: Plain, ...others: object[]) => said('Deployment', spec, {}, ...others).slice(1);

  it.each([{ minAvailable: '60%' }, { maxUnavailable: '20%' }, { maxUnavailable: 1 }])(
    'with %j allows no evictions while a pod is missing',
    (spec) => {
      expect(about({ replicas: 4 }, budget(spec))).toEqual([
        'info: While Deployment shop/a is down to 3 of 4 pods, PodDisruptionBudget shop/a allows no evictions, and a node with one of them cannot be drained. The rollout itself continues.',
      ]);
    },
  );

  it('may require more pods than a rollout leaves', () => {
    expect(about({ replicas: 4 }, budget({ minAvailable: 4 }))).toEqual([
      'warning: Deployment shop/a may drop to 3 of 4 pods, below the 4 that PodDisruptionBudget shop/a requires: budgets limit evictions, not rollouts.',
    ]);
  });

  it('has nothing to say of other pods, of several workloads, or without a limit', () => {
    expect(about({ replicas: 4 }, budget({ maxUnavailable: 0 }, 'b'))).toEqual([]);
    const other = having(workload('Deployment'), 'metadata.name', 'b');
    expect(about({ replicas: 4 }, budget({ maxUnavailable: 0 }), other)).toEqual([]);
    expect(about({ replicas: 4 }, budget({}))).toEqual([]);
    expect(about({ replicas: 4 }, budget({ maxUnavailable: 2 }))).toEqual([]);
  });

  it('has nothing to say where no pod is missing', () => {
    const strategy = { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } };
    expect(about({ replicas: 4, strategy }, budget({ minAvailable: 4 }))).toEqual([]);
  });
});

describe('a quota', () => {
  const quota = (hard: object, rest: object = {}) =>
    object('v1', 'ResourceQuota', { spec: { hard, ...rest } });
  const pod = { resources: { requests: { cpu: '500m' }, limits: { cpu: '1', memory: '1Gi' } } };
  const about = (spec: Plain, ...others: object[]) => said('Deployment', spec, pod, ...others).slice(1);
  const blocked = (resource: string, hard: string, taken: string) =>
    `warning: The rollout of Deployment shop/a is stuck: no new pod fits next to its 2 old pods, and none of them may stop first. ResourceQuota shop/a allows ${resource} ${hard}, and each new pod takes ${taken}.`;

  it.each([
    ['limits.cpu', '2', '1'],
    ['limits.memory', '2Gi', '1Gi'],
    ['cpu', '1', '500m'],
    ['count/pods', '2', '1'],
  ])('counts %s', (resource, hard, taken) => {
    expect(about({ replicas: 2 }, quota({ [resource]: hard }))).toEqual([blocked(resource, hard, taken)]);
  });

  it('counts the other pods of the namespace', () => {
    const other = (kind: string, spec: Plain) =>
      having(
        workload(kind, spec, 'b', { containers: [{ name: 'app', image: 'b', ...pod }] }),
        'metadata.name',
        'b',
      );
    const single = having(
      object('v1', 'Pod', { spec: { containers: [{ name: 'app', image: 'b', ...pod }] } }),
      'metadata.name',
      'c',
    );
    const room = quota({ 'requests.cpu': '3' });
    expect(about({ replicas: 2 }, room, other('Deployment', { replicas: 4 }))).toEqual([
      blocked('requests.cpu', '3', '500m'),
    ]);
    expect(about({ replicas: 2 }, room, other('Deployment', { replicas: 3 }))).toEqual([]);
    expect(about({ replicas: 2 }, room, other('Deployment', { replicas: 3 }), single)).toEqual([
      blocked('requests.cpu', '3', '500m'),
    ]);
    expect(
      about({ replicas: 2 }, room, having(other('Deployment', { replicas: 4 }), 'metadata.namespace', 'x')),
    ).toEqual([]);
  });

  it('says how many new pods can be created at all', () => {
    expect(about({ replicas: 2 }, quota({ cpu: '100m' }))).toEqual([
      'warning: Only 0 of 2 new pods of Deployment shop/a can be created: ResourceQuota shop/a allows cpu 100m, and each new pod takes 500m.',
    ]);
  });

  it('stops a rollout whose old pods take more than there is', () => {
    const [before, after] = ['2', '1'].map((cpu) =>
      workload('Deployment', { replicas: 2 }, 'a', {
        containers: [{ name: 'app', image: 'a', resources: { requests: { cpu } } }],
      }),
    );
    const room = quota({ cpu: '3' });
    expect(sentences('rollout', [before ?? {}, room], [after ?? {}, room]).slice(1)).toEqual([
      blocked('cpu', '3', '1'),
    ]);
  });

  it('counts pods of the namespace default where none is named', () => {
    const nowhere = (each: object) => having(each as never, 'metadata.namespace');
    const [before, after] = ['a:1', 'a:2'].map((image) =>
      nowhere(workload('Deployment', { replicas: 2 }, image)),
    );
    for (const room of [
      nowhere(quota({ pods: '2' })),
      having(quota({ pods: '2' }), 'metadata.namespace', 'default'),
    ])
      expect(sentences('rollout', [before ?? {}, room], [after ?? {}, room]).slice(1)).toEqual([
        expect.stringContaining('The rollout of Deployment a is stuck'),
      ]);
  });

  it('slows a rollout where some of the new pods fit', () => {
    const strategy = { rollingUpdate: { maxSurge: 2, maxUnavailable: 0 } };
    expect(about({ replicas: 2, strategy }, quota({ cpu: '1500m' }))).toEqual([
      'info: The rollout of Deployment shop/a is slower: 1 of 2 new pods fit next to the old ones. ResourceQuota shop/a allows cpu 1500m, and each new pod takes 500m.',
    ]);
    expect(about({ replicas: 2, strategy }, quota({ cpu: '2' }))).toEqual([]);
  });

  it('counts pods in its scopes, and not the others', () => {
    const tight = { cpu: '1' };
    expect(about({ replicas: 2 }, quota(tight, { scopes: ['NotTerminating', 'NotBestEffort'] }))).toEqual([
      blocked('cpu', '1', '500m'),
    ]);
    expect(about({ replicas: 2 }, quota(tight, { scopes: ['NotBestEffort', 'Terminating'] }))).toEqual([]);
  });

  it('counts what a LimitRange gives containers', () => {
    const range = (limit: object) =>
      object('v1', 'LimitRange', { spec: { limits: [{ type: 'Container', ...limit }] } });
    const bare = (...others: object[]) => said('Deployment', { replicas: 2 }, {}, ...others).slice(1);
    const tight = quota({ 'requests.cpu': '1' });
    expect(bare(tight)).toEqual([]);
    expect(bare(tight, range({ defaultRequest: { cpu: '500m' } }))).toEqual([
      blocked('requests.cpu', '1', '500m'),
    ]);
    expect(bare(tight, range({ max: { cpu: '500m' } }))).toEqual([blocked('requests.cpu', '1', '500m')]);
    expect(bare(tight, range({ defaultRequest: { cpu: '300m' } }))).toEqual([]);
  });

  it('counts requests that are given as limits alone', () => {
    const limited = { resources: { limits: { cpu: '500m' } } };
    const found = said('Deployment', { replicas: 2 }, limited, quota({ 'requests.cpu': '1' }));
    expect(found.slice(1)).toEqual([blocked('requests.cpu', '1', '500m')]);
  });

  const job = (spec: object = {}) =>
    having(
      object('batch/v1', 'Job', {
        spec: {
          parallelism: 2,
          completions: 2,
          ...spec,
          template: { spec: { restartPolicy: 'Never', containers: [{ name: 'app', image: 'b', ...pod }] } },
        },
      }),
      'metadata.name',
      'j',
    );

  it('counts the pods of a Job that the change starts, and not of one that may be complete', () => {
    const [before, after] = ['a:1', 'a:2'].map((image) =>
      workload('Deployment', { replicas: 2 }, image, { containers: [{ name: 'app', image, ...pod }] }),
    );
    const room = quota({ cpu: '2' });
    const rollout = (old: readonly object[], now: readonly object[]): string[] =>
      sentences('rollout', [before ?? {}, room, ...old], [after ?? {}, room, ...now]).filter((each) =>
        each.includes('Deployment shop/a is'),
      );
    expect(rollout([], [])).toEqual([]);
    expect(rollout([], [job()])).toEqual([blocked('cpu', '2', '500m')]);
    expect(rollout([job()], [job()])).toEqual([]);
    expect(rollout([], [job({ suspend: true })])).toEqual([]);
    expect(rollout([job({ suspend: true })], [job({ suspend: false })])).toEqual([
      blocked('cpu', '2', '500m'),
    ]);
  });

  it('limits new workloads and Jobs, and more replicas', () => {
    const room = quota({ pods: '3' });
    const deployment = (replicas: number) => workload('Deployment', { replicas });
    expect(sentences('rollout', [room], [room, deployment(5)])).toEqual([
      'warning: Only 3 of 5 new pods of Deployment shop/a can be created: ResourceQuota shop/a allows pods 3, and each new pod takes 1.',
    ]);
    expect(sentences('rollout', [room, deployment(2)], [room, deployment(4)])).toEqual([
      'warning: Only 3 of 4 pods of Deployment shop/a can be created: ResourceQuota shop/a allows pods 3, and each new pod takes 1.',
    ]);
    expect(sentences('rollout', [room, deployment(5)], [room, deployment(4)])).toEqual([]);
    expect(sentences('rollout', [room], [room, job({ parallelism: 9, completions: 4 })])).toEqual([
      'warning: Only 3 of 4 new pods of Job shop/j can be created: ResourceQuota shop/a allows pods 3, and each new pod takes 1.',
    ]);
    expect(sentences('rollout', [room], [room, job({ parallelism: 3, completions: 9 })])).toEqual([]);
  });

  it('has nothing to say of a scope, another namespace, or another resource', () => {
    const tight = { cpu: '1' };
    expect(about({ replicas: 2 }, quota(tight, { scopes: ['BestEffort'] }))).toEqual([]);
    const scopeSelector = { matchExpressions: [{ scopeName: 'PriorityClass', operator: 'Exists' }] };
    expect(about({ replicas: 2 }, quota(tight, { scopeSelector }))).toEqual([]);
    expect(about({ replicas: 2 }, having(quota(tight), 'metadata.namespace', 'x'))).toEqual([]);
    expect(
      about({ replicas: 2 }, quota({ 'requests.storage': '1', 'requests.ephemeral-storage': '1' })),
    ).toEqual([]);
  });
});
