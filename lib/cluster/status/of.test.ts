import type { KubeObject } from '../../manifest/manifest';
import { statusOf } from './of';
import { selectorOf } from './selector';
import type { PodStatus, WorkloadStatus } from './types';

const NOW = Date.parse('2026-01-02T00:00:00Z');

interface Made {
  readonly uid?: string;
  readonly owner?: readonly [kind: string, uid: string];
  readonly metadata?: object;
  readonly spec?: object;
  readonly status?: object;
}

function made(apiVersion: string, kind: string, name: string, parts: Made = {}): KubeObject {
  const { uid = `${kind}/${name}`, owner, metadata, spec = {}, status = {} } = parts;
  const [ownerKind = '', ownerUid = ''] = owner ?? [];
  const reference = {
    apiVersion: 'apps/v1',
    kind: ownerKind,
    name: ownerUid.split('/')[1] ?? '',
    uid: ownerUid,
    controller: true,
  };
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      namespace: 'shop',
      uid,
      creationTimestamp: '2026-01-01T23:59:00Z',
      ...(owner && { ownerReferences: [reference] }),
      ...metadata,
    },
    spec,
    status,
  };
}

const ready = { type: 'Ready', status: 'True' };
const container = (name = 'main') => ({ name, image: `example.com/${name}:1` });
const running = { name: 'main', ready: true, restartCount: 0, state: { running: {} } };

const pod = (name: string, status: object, { spec, ...parts }: Made = {}): KubeObject =>
  made('v1', 'Pod', name, { ...parts, spec: { nodeName: 'n1', containers: [container()], ...spec }, status });

const runs = (name: string, parts?: Made): KubeObject =>
  pod(name, { phase: 'Running', conditions: [ready], containerStatuses: [running] }, parts);

const deployment = (name: string, wanted: number, has: number, status: object = {}): KubeObject =>
  made('apps/v1', 'Deployment', name, {
    spec: { replicas: wanted },
    status: {
      replicas: wanted,
      readyReplicas: has,
      updatedReplicas: wanted,
      availableReplicas: has,
      ...status,
    },
  });

const replicaSet = (name: string, owner: string, spec: object = {}, status: object = {}): KubeObject =>
  made('apps/v1', 'ReplicaSet', name, { owner: ['Deployment', `Deployment/${owner}`], spec, status });

const event = (
  about: string,
  reason: string,
  message: string,
  lastTimestamp = '2026-01-01T23:59:30Z',
): KubeObject => ({
  ...made('v1', 'Event', `${about}.${reason}.${lastTimestamp}`),
  type: 'Warning',
  involvedObject: { uid: about },
  reason,
  message,
  lastTimestamp,
});

function only(objects: readonly KubeObject[]): WorkloadStatus {
  const [found, ...more] = statusOf(objects, NOW);
  if (found === undefined || more.length > 0) throw new Error(`${more.length} more`);
  return found;
}

function podOf(
  status: object,
  { events = [], ...parts }: Made & { events?: readonly KubeObject[] } = {},
): PodStatus {
  const [found] = only([pod('p', status, parts), ...events]).pods;
  if (found === undefined) throw new Error('no pod');
  return found;
}

const waiting = (reason: string, more: object = {}) => ({
  phase: 'Pending',
  containerStatuses: [
    { name: 'main', image: 'example.com/main:1', restartCount: 0, state: { waiting: { reason, ...more } } },
  ],
});

describe('a pod', () => {
  it('has what kubectl prints, and where it runs', () => {
    expect(only([runs('p')])).toEqual({
      id: { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'p' },
      state: 'ready',
      wanted: 1,
      ready: 1,
      age: 60,
      pods: [
        {
          name: 'p',
          phase: 'Running',
          ready: '1/1',
          restarts: 0,
          age: 60,
          node: 'n1',
          images: ['example.com/main:1'],
        },
      ],
    });
  });

  it('that crashes says how it ended', () => {
    const crashing = {
      phase: 'Running',
      containerStatuses: [
        {
          name: 'main',
          restartCount: 3,
          state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 40s' } },
          lastState: { terminated: { exitCode: 2, reason: 'Error', message: 'no config\nat all\n' } },
        },
      ],
    };
    expect(podOf(crashing)).toMatchObject({
      phase: 'CrashLoopBackOff',
      ready: '0/1',
      restarts: 3,
      reason: 'container main ended with exit code 2: no config; at all, restarted 3 times',
    });
  });

  it('that the kubelet kills says by which probe', () => {
    const killed = {
      phase: 'Running',
      containerStatuses: [
        {
          name: 'main',
          restartCount: 2,
          state: { waiting: { reason: 'CrashLoopBackOff' } },
          lastState: { terminated: { exitCode: 137, reason: 'Error' } },
        },
      ],
    };
    const events = [event('Pod/p', 'Unhealthy', 'Liveness probe failed: connection refused')];
    expect(podOf(killed, { events }).reason).toBe(
      'container main ended with exit code 137, since its probe failed (Liveness probe failed: connection refused), restarted 2 times',
    );
  });

  it('whose image cannot be pulled says what the last pull came to', () => {
    const events = [
      event('Pod/p', 'Failed', 'Failed to pull image "example.com/main:1": not found'),
      event('Pod/p', 'Failed', 'Error: ImagePullBackOff', '2026-01-01T23:59:40Z'),
    ];
    expect(
      podOf(waiting('ImagePullBackOff', { message: 'Back-off pulling image' }), { events }),
    ).toMatchObject({
      phase: 'ImagePullBackOff',
      reason:
        'container main cannot get its image: ImagePullBackOff: Failed to pull image "example.com/main:1": not found',
    });
    expect(podOf(waiting('InvalidImageName', { message: 'bad' })).reason).toBe(
      'container main cannot get its image example.com/main:1: InvalidImageName: bad',
    );
  });

  it('says what keeps its containers from being created', () => {
    expect(podOf(waiting('CreateContainerConfigError', { message: 'secret "a" not found' })).reason).toBe(
      'container main cannot start: CreateContainerConfigError: secret "a" not found',
    );
    const events = [
      event('Pod/p', 'FailedMount', 'MountVolume.SetUp failed for volume "a" : secret "a" not found'),
      event('Pod/p', 'FailedScheduling', '0/3 nodes are available', '2026-01-01T23:59:50Z'),
    ];
    expect(podOf(waiting('ContainerCreating'), { events }).reason).toMatch(/^MountVolume.SetUp failed/);
    expect(podOf(waiting('ContainerCreating')).reason).toBeUndefined();
  });

  it('that fits no node says what the scheduler says', () => {
    const conditions = [
      { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/3 nodes are available' },
    ];
    const found = podOf({ phase: 'Pending', conditions }, { spec: { nodeName: undefined } });
    expect(found).toMatchObject({ phase: 'Pending', reason: 'cannot be scheduled: 0/3 nodes are available' });
    expect(found).not.toHaveProperty('node');
  });

  it('that is not ready says which probe fails', () => {
    const status = { phase: 'Running', containerStatuses: [{ ...running, ready: false }] };
    const events = [
      event('Pod/p', 'Unhealthy', 'Readiness probe failed: HTTP probe failed with statuscode: 503'),
    ];
    expect(podOf(status, { events }).reason).toBe(
      'Readiness probe failed: HTTP probe failed with statuscode: 503',
    );
    expect(podOf(status).reason).toBe('container main is not ready');
  });

  it('that is ready says how a container ended before', () => {
    const lastState = { terminated: { exitCode: 137, reason: 'OOMKilled' } };
    const status = {
      phase: 'Running',
      conditions: [ready],
      containerStatuses: [{ ...running, restartCount: 1, lastState }],
    };
    expect(only([pod('p', status)])).toMatchObject({
      state: 'ready',
      reason:
        'container main was killed: it needs more memory than its limit (OOMKilled, exit code 137); restarted once',
    });
  });

  it.each([
    ['Init:0/2', { initContainerStatuses: [{ name: 'a', state: { running: {} } }] }],
    [
      'Init:CrashLoopBackOff',
      { initContainerStatuses: [{ name: 'a', state: { waiting: { reason: 'CrashLoopBackOff' } } }] },
    ],
    ['Init:ExitCode:3', { initContainerStatuses: [{ name: 'a', state: { terminated: { exitCode: 3 } } }] }],
    [
      'PodInitializing',
      {
        initContainerStatuses: [{ name: 'a', state: { terminated: { exitCode: 0 } } }],
        containerStatuses: [{ name: 'main', state: { waiting: { reason: 'PodInitializing' } } }],
      },
    ],
    [
      'Completed',
      {
        phase: 'Succeeded',
        containerStatuses: [{ name: 'main', state: { terminated: { exitCode: 0, reason: 'Completed' } } }],
      },
    ],
    ['Evicted', { phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource: memory.' }],
    [
      'NotReady',
      {
        containerStatuses: [
          running,
          { name: 'b', state: { terminated: { exitCode: 0, reason: 'Completed' } } },
        ].reverse(),
      },
    ],
    [
      'SchedulingGated',
      { conditions: [{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' }] },
    ],
  ])('is %s', (phase, status) => {
    const initContainers = [container('a'), container('b')];
    expect(podOf({ phase: 'Pending', ...status }, { spec: { initContainers } }).phase).toBe(phase);
  });

  it('counts init containers that go on', () => {
    const initContainers = [{ ...container('proxy'), restartPolicy: 'Always' }];
    const status = {
      phase: 'Running',
      conditions: [ready],
      initContainerStatuses: [
        { name: 'proxy', started: true, ready: true, restartCount: 2, state: { running: {} } },
      ],
      containerStatuses: [running],
    };
    expect(podOf(status, { spec: { initContainers } })).toMatchObject({
      phase: 'Running',
      ready: '2/2',
      restarts: 2,
    });
  });

  it('that should be gone says what holds it', () => {
    const metadata = { deletionTimestamp: '2026-01-01T23:59:30Z', finalizers: ['a/b'] };
    expect(podOf({ phase: 'Running' }, { metadata })).toMatchObject({
      phase: 'Terminating',
      reason: 'should have ended 30s ago, held by the finalizers a/b',
    });
  });
});

describe('a workload', () => {
  const owner = ['ReplicaSet', 'ReplicaSet/web-1'] as const;

  it('has the pods of its ReplicaSets', () => {
    const found = only([
      deployment('web', 2, 2),
      replicaSet('web-1', 'web'),
      runs('b', { owner }),
      runs('a', { owner }),
    ]);
    expect(found).toMatchObject({
      id: { kind: 'Deployment', name: 'web' },
      state: 'ready',
      wanted: 2,
      available: 2,
    });
    expect(found.pods.map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it.each([
    [{ observedGeneration: 0 }, { generation: 2 }, 'its controller has not seen the last change yet'],
    [{ updatedReplicas: 1 }, {}, '1 of 2 pods are updated'],
    [{ readyReplicas: 1 }, {}, '1 of 2 pods are ready'],
    [{ availableReplicas: 1 }, {}, '1 of 2 pods are available'],
    [{ replicas: 3 }, {}, '1 old pod has to end'],
  ])('with %j is progressing', (status, metadata, reason) => {
    const object = deployment('web', 2, 2, status);
    const changed = { ...object, metadata: { ...object.metadata, ...metadata } };
    expect(only([changed])).toMatchObject({ state: 'progressing', reason });
  });

  it('that cannot roll out has failed by its stuck pod, not by one that was replaced', () => {
    const objects = [deployment('web', 1, 0), replicaSet('web-1', 'web', {}, { replicas: 1 })];
    const stuck = pod('p', waiting('ErrImagePull', { message: 'denied' }), { owner });
    expect(only([...objects, stuck])).toMatchObject({
      state: 'failed',
      reason: 'container main cannot get its image example.com/main:1: ErrImagePull: denied',
    });
    const evicted = pod('p', { phase: 'Failed', reason: 'Evicted' }, { owner });
    expect(only([...objects, evicted])).toMatchObject({
      state: 'progressing',
      reason: '0 of 1 pods are ready',
    });
  });

  it('that replaces pods which cannot run is on the way', () => {
    const revision = (number: string): object => ({
      annotations: { 'deployment.kubernetes.io/revision': number },
    });
    const object = made('apps/v1', 'Deployment', 'web', {
      metadata: revision('2'),
      spec: { replicas: 1 },
      status: { updatedReplicas: 1 },
    });
    const sets = ['1', '2'].map((number) =>
      made('apps/v1', 'ReplicaSet', `web-${number}`, {
        owner: ['Deployment', 'Deployment/web'],
        metadata: revision(number),
        status: { replicas: 1 },
      }),
    );
    const of = (set: string) =>
      pod('p', waiting('ErrImagePull', { message: 'denied' }), {
        owner: ['ReplicaSet', `ReplicaSet/${set}`],
      });
    expect(only([object, ...sets, of('web-1')]).state).toBe('progressing');
    expect(only([object, ...sets, of('web-2')]).state).toBe('failed');
  });

  it('whose pods are refused says by what', () => {
    const objects = [deployment('web', 1, 0), replicaSet('web-1', 'web', { replicas: 1 }, { replicas: 0 })];
    const refused = event(
      'ReplicaSet/web-1',
      'FailedCreate',
      'pods "web-1-x" is forbidden: exceeded quota: q',
    );
    expect(only([...objects, refused])).toMatchObject({
      state: 'failed',
      reason: 'its pods cannot be created: pods "web-1-x" is forbidden: exceeded quota: q',
    });
    const set = made('apps/v1', 'StatefulSet', 'db', { spec: { replicas: 1 } });
    const other = event('StatefulSet/db', 'FailedCreate', 'violates PodSecurity "restricted:latest"');
    expect(only([set, other]).reason).toMatch(/violates PodSecurity/);
  });

  it('beyond its deadline has failed', () => {
    const conditions = [
      { type: 'Progressing', status: 'False', message: 'ReplicaSet "web-1" has timed out progressing.' },
    ];
    expect(only([deployment('web', 1, 0, { conditions })])).toMatchObject({
      state: 'failed',
      reason: 'ReplicaSet "web-1" has timed out progressing.',
    });
  });

  it('does not wait for replicas below a partition', () => {
    const updateStrategy = { rollingUpdate: { partition: 2 } };
    const status = { readyReplicas: 3, updatedReplicas: 1, availableReplicas: 3 };
    expect(
      only([made('apps/v1', 'StatefulSet', 'db', { spec: { replicas: 3, updateStrategy }, status })]).state,
    ).toBe('ready');
  });

  it('of Jobs is as the last one: complete, or failed with the reason', () => {
    const job = (name: string, created: string, status: object): KubeObject =>
      made('batch/v1', 'Job', name, {
        owner: ['CronJob', 'CronJob/nightly'],
        metadata: { creationTimestamp: created },
        status,
      });
    const failed = {
      conditions: [{ type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded', message: 'too often' }],
    };
    const complete = { conditions: [{ type: 'Complete', status: 'True' }], succeeded: 1 };
    const cron = made('batch/v1', 'CronJob', 'nightly');
    const [early, late] = ['2026-01-01T00:00:00Z', '2026-01-01T12:00:00Z'] as const;
    expect(only([cron, job('a', early, failed), job('b', late, complete)])).toMatchObject({ state: 'ready' });
    expect(only([cron, job('b', late, failed), job('a', early, complete)])).toMatchObject({
      state: 'failed',
      reason: 'Job b: BackoffLimitExceeded: too often',
    });
    expect(only([cron])).toMatchObject({ state: 'ready', reason: 'has not run yet' });
  });

  it('of a kind that is not listed is judged by its pods', () => {
    const set = made('apps/v1', 'ReplicaSet', 'web-1', {
      owner: ['Rollout', 'Rollout/web'],
      spec: { replicas: 1 },
    });
    const old = made('apps/v1', 'ReplicaSet', 'old-1', {
      owner: ['Rollout', 'Rollout/old'],
      spec: { replicas: 0 },
    });
    const found = only([set, old, runs('p', { owner })]);
    expect(found).toMatchObject({
      id: { kind: 'Rollout', name: 'web' },
      state: 'ready',
      wanted: 1,
      ready: 1,
    });
  });

  it('of the manifests that is not there is missing; others are left out', () => {
    const ids = ['web', 'gone'].map((name) => ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      namespace: 'shop',
      name,
    }));
    const found = statusOf([deployment('web', 1, 1), deployment('other', 1, 1)], NOW, { ids });
    expect(found.map(({ id, state }) => [id.name, state])).toEqual([
      ['gone', 'missing'],
      ['web', 'ready'],
    ]);
  });
});

describe('a selector', () => {
  it.each([
    ['app=shop', true],
    ['app == shop, tier!=cache', true],
    ['app in (shop, other),tier', true],
    ['app notin (shop)', false],
    ['tier=cache', false],
    ['!tier', false],
    ['other!=x,!none', true],
  ])('%s', (text, expected) => {
    expect(selectorOf(text)({ app: 'shop', tier: 'web' })).toBe(expected);
  });

  it.each(['', 'a b', 'app in shop', 'app=shop,', '=x', 'app=a=b'])("refuses '%s'", (text) => {
    expect(() => selectorOf(text)).toThrow(/is no label selector/);
  });

  it('takes an empty value', () => {
    expect(selectorOf('app=')({ app: '' })).toBe(true);
  });
});
