import type { KubeObject } from '../../manifest/manifest';
import { Related } from './related';
import { isSettledAtOnce, settled } from './settled';
import type { Settled } from './verdict';

const NOW = Date.parse('2026-01-02T00:00:00Z');

interface Made {
  readonly metadata?: object;
  readonly spec?: object;
  readonly status?: object;
  readonly owner?: KubeObject;
}

function made(apiVersion: string, kind: string, { metadata, owner, ...rest }: Made = {}): KubeObject {
  const reference = owner && {
    apiVersion: owner.apiVersion,
    kind: owner.kind,
    name: owner.metadata.name,
    uid: owner.metadata['uid'],
    controller: true,
  };
  const name = 'a';
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      namespace: 'shop',
      uid: kind,
      generation: 2,
      ...(reference && { ownerReferences: [reference] }),
      ...metadata,
    },
    ...rest,
  };
}

const is = (type: string, status: string, reason = '', message = '', more: object = {}) => ({
  type,
  status,
  reason,
  message,
  ...more,
});
const told = (...conditions: readonly object[]): Made => ({ status: { observedGeneration: 2, conditions } });

const judged = (object: KubeObject, ...around: readonly KubeObject[]): Settled =>
  settled(object, new Related([object, ...around], NOW));

const warning = (about: KubeObject, reason: string, message: string): KubeObject => ({
  ...made('v1', 'Event', { metadata: { uid: reason } }),
  type: 'Warning',
  involvedObject: { uid: about.metadata['uid'] },
  reason,
  message,
});

describe('an object of a built-in kind', () => {
  it.each<[string, KubeObject, Settled['state'], RegExp]>([
    ['that nobody acts upon', made('v1', 'ConfigMap'), 'ready', /^$/],
    [
      'that is being deleted',
      made('v1', 'ConfigMap', { metadata: { deletionTimestamp: 'x' } }),
      'progressing',
      /deleted/,
    ],
    ['Namespace', made('v1', 'Namespace', { status: { phase: 'Active' } }), 'ready', /^$/],
    ['Namespace', made('v1', 'Namespace'), 'progressing', /not active/],
    ['Service', made('v1', 'Service', { spec: { type: 'ClusterIP' } }), 'ready', /^$/],
    ['Service', made('v1', 'Service', { spec: { type: 'LoadBalancer' } }), 'progressing', /no address/],
    [
      'Service',
      made('v1', 'Service', {
        spec: { type: 'LoadBalancer' },
        status: { loadBalancer: { ingress: [{ ip: '203.0.113.1' }] } },
      }),
      'ready',
      /^$/,
    ],
    [
      'ResourceQuota',
      made('v1', 'ResourceQuota', { spec: { hard: { pods: '1' } } }),
      'progressing',
      /not seen/,
    ],
    [
      'ResourceQuota',
      made('v1', 'ResourceQuota', { spec: { hard: { pods: '1' } }, status: { hard: { pods: '1' } } }),
      'ready',
      /^$/,
    ],
    ['PersistentVolume', made('v1', 'PersistentVolume', { status: { phase: 'Available' } }), 'ready', /^$/],
    [
      'CustomResourceDefinition',
      made('apiextensions.k8s.io/v1', 'CustomResourceDefinition', told(is('Established', 'True'))),
      'ready',
      /^$/,
    ],
    [
      'CustomResourceDefinition',
      made('apiextensions.k8s.io/v1', 'CustomResourceDefinition', {
        status: { conditions: [is('Established', 'False', 'Installing')] },
      }),
      'progressing',
      /not established/,
    ],
    [
      'CustomResourceDefinition',
      made('apiextensions.k8s.io/v1', 'CustomResourceDefinition', {
        status: { conditions: [is('NamesAccepted', 'False', 'ListKindConflict', 'in use')] },
      }),
      'failed',
      /ListKindConflict: in use/,
    ],
    [
      'APIService',
      made('apiregistration.k8s.io/v1', 'APIService', told(is('Available', 'False', 'MissingEndpoints'))),
      'progressing',
      /MissingEndpoints/,
    ],
    ['PodDisruptionBudget', made('policy/v1', 'PodDisruptionBudget'), 'progressing', /not seen it yet/],
    [
      'PodDisruptionBudget',
      made('policy/v1', 'PodDisruptionBudget', { status: { observedGeneration: 1 } }),
      'progressing',
      /last change/,
    ],
    ['PodDisruptionBudget', made('policy/v1', 'PodDisruptionBudget', told()), 'ready', /^$/],
    ['HorizontalPodAutoscaler', made('autoscaling/v2', 'HorizontalPodAutoscaler'), 'ready', /^$/],
    [
      'HorizontalPodAutoscaler',
      made('autoscaling/v2', 'HorizontalPodAutoscaler', {
        status: {
          conditions: [is('AbleToScale', 'True'), is('ScalingActive', 'False', 'FailedGetResourceMetric')],
        },
      }),
      'ready',
      /does not scale: FailedGetResourceMetric/,
    ],
    [
      'HorizontalPodAutoscaler',
      made('autoscaling/v2', 'HorizontalPodAutoscaler', {
        status: { conditions: [is('AbleToScale', 'False', 'FailedGetScale', 'not found')] },
      }),
      'progressing',
      /FailedGetScale: not found/,
    ],
    [
      'CronJob whose last Job failed',
      made('batch/v1', 'CronJob', { status: { lastScheduleTime: 'x' } }),
      'ready',
      /^$/,
    ],
    ['Pod', made('v1', 'Pod', { status: { phase: 'Failed', reason: 'Evicted' } }), 'failed', /Evicted/],
    ['Pod', made('v1', 'Pod', { status: { phase: 'Pending' } }), 'progressing', /scheduler/],
  ])('%s: %#', (_, object, state, message) => {
    const found = judged(object);
    expect(found.state).toBe(state);
    expect(found.message ?? '').toMatch(message);
  });

  it('is watched only if others wait for it', () => {
    const id = (apiVersion: string, kind: string) => ({ apiVersion, kind });
    expect(isSettledAtOnce(id('rbac.authorization.k8s.io/v1', 'Role'))).toBe(true);
    expect(isSettledAtOnce(id('apps/v1', 'Deployment'))).toBe(false);
    expect(isSettledAtOnce(id('example.com/v1', 'Role'))).toBe(false);
  });
});

describe('a claim', () => {
  const claim = made('v1', 'PersistentVolumeClaim', {
    spec: { storageClassName: 'fast' },
    status: { phase: 'Pending' },
  });
  const late = made('storage.k8s.io/v1', 'StorageClass', { metadata: { name: 'fast' } });
  const waits = { ...late, volumeBindingMode: 'WaitForFirstConsumer' };
  const user = made('v1', 'Pod', {
    spec: { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'a' } }] },
  });

  it('that is bound when a pod needs it is settled until one does', () => {
    expect(judged(claim, waits)).toEqual({ state: 'ready', message: 'gets its volume when a pod needs it' });
    expect(judged(claim, waits, user).state).toBe('progressing');
    expect(judged(claim, { ...late, volumeBindingMode: 'Immediate' }).state).toBe('progressing');
  });

  it('says why it gets no volume', () => {
    const event = warning(claim, 'ProvisioningFailed', 'quota of disks exceeded');
    expect(judged(claim, { ...late, volumeBindingMode: 'Immediate' }, event).message).toBe(
      'is not bound: quota of disks exceeded',
    );
    expect(judged(claim).message).toBe('is not bound: there is no StorageClass fast');
    expect(judged({ ...claim, status: { phase: 'Lost' } }).state).toBe('failed');
  });

  it('whose class may not be read is not waited for before a pod needs it', () => {
    const unread = new Set(['StorageClass']);
    expect(settled(claim, new Related([claim], NOW, unread)).state).toBe('ready');
    expect(settled(claim, new Related([claim, user], NOW, unread)).state).toBe('progressing');
  });
});

describe('a Deployment', () => {
  const deployment = (status: object, more: Made = {}): KubeObject =>
    made('apps/v1', 'Deployment', {
      metadata: { annotations: { 'deployment.kubernetes.io/revision': '2' } },
      spec: { replicas: 1 },
      status: { observedGeneration: 2, replicas: 1, updatedReplicas: 1, ...status },
      ...more,
    });
  const set = (owner: KubeObject, revision: string): KubeObject =>
    made('apps/v1', 'ReplicaSet', {
      owner,
      metadata: {
        name: `a-${revision}`,
        uid: `set-${revision}`,
        annotations: { 'deployment.kubernetes.io/revision': revision },
      },
      spec: { replicas: 1 },
      status: { replicas: 1 },
    });
  const crashing = (owner: KubeObject): KubeObject =>
    made('v1', 'Pod', {
      owner,
      metadata: { name: `pod of ${owner.metadata.name}`, uid: `pod-${String(owner.metadata['uid'])}` },
      status: {
        phase: 'Running',
        containerStatuses: [
          {
            name: 'main',
            restartCount: 4,
            state: { waiting: { reason: 'CrashLoopBackOff' } },
            lastState: { terminated: { exitCode: 1 } },
          },
        ],
      },
    });

  it('is settled once all its pods are of the present revision, and available', () => {
    expect(judged(deployment({ readyReplicas: 1, availableReplicas: 1 }))).toEqual({ state: 'ready' });
    expect(judged(deployment({ readyReplicas: 1 })).message).toBe('0 of 1 pods are available');
    const before = deployment({ readyReplicas: 1, availableReplicas: 1, observedGeneration: 1 });
    expect(judged(before)).toMatchObject({
      state: 'progressing',
      message: expect.stringMatching(/last change/) as string,
    });
  });

  it('is not judged by pods of the revision before', () => {
    const object = deployment({});
    const [old, present] = [set(object, '1'), set(object, '2')];
    expect(judged(object, old, present, crashing(old))).toMatchObject({
      state: 'progressing',
      outlook: 'passing',
    });
    expect(judged(object, old, present, crashing(present))).toMatchObject({
      state: 'progressing',
      outlook: 'crashing',
      message: 'container main ended with exit code 1, restarted 4 times',
    });
  });

  it('has failed once its controller says so, with the reason of its pod', () => {
    const late = is('Progressing', 'False', 'ProgressDeadlineExceeded', 'has timed out progressing.');
    const object = deployment({ conditions: [late] });
    expect(judged(object)).toMatchObject({ state: 'failed', message: 'has timed out progressing.' });
    const present = set(object, '2');
    expect(judged(object, present, crashing(present))).toMatchObject({
      state: 'failed',
      message: expect.stringMatching(/^container main ended with exit code 1/) as string,
    });
  });

  it('is not judged by the deadline of a rollout that it went back from', () => {
    const of = (name: string): object =>
      is(
        'Progressing',
        'False',
        'ProgressDeadlineExceeded',
        `ReplicaSet "${name}" has timed out progressing.`,
      );
    const sets = [set(deployment({}), '1'), set(deployment({}), '2')];
    expect(judged(deployment({ conditions: [of('a-1')] }), ...sets)).toMatchObject({ state: 'progressing' });
    expect(judged(deployment({ conditions: [of('a-2')] }), ...sets)).toMatchObject({ state: 'failed' });
    // Whoever may not read ReplicaSets goes by what the controller says.
    expect(judged(deployment({ conditions: [of('a-1')] }))).toMatchObject({ state: 'failed' });
  });

  it('that is paused is where it should be', () => {
    const paused = deployment({}, { spec: { replicas: 1, paused: true } });
    expect(judged(paused)).toMatchObject({
      state: 'ready',
      message: expect.stringMatching(/^is paused: /) as string,
    });
  });
});

describe('a Job', () => {
  it('is waited for until it is done', () => {
    const job = (status: object): Settled => judged(made('batch/v1', 'Job', { spec: {}, status }));
    expect(job({ active: 1, startTime: 'x' })).toMatchObject({
      state: 'progressing',
      message: expect.stringMatching(/0 of 1/) as string,
    });
    expect(job({ conditions: [is('Complete', 'True')] }).state).toBe('ready');
    expect(job({ conditions: [is('Failed', 'True', 'BackoffLimitExceeded')] })).toMatchObject({
      state: 'failed',
      message: 'BackoffLimitExceeded',
    });
  });
});

describe('a custom resource', () => {
  const custom = (parts?: Made): KubeObject => made('example.com/v1', 'Thing', parts);
  const of = (group: string, kind: string, parts?: Made): KubeObject => made(`${group}/v1`, kind, parts);
  const parents = (...conditions: readonly object[]): Made => ({
    spec: { parentRefs: [{ name: 'public' }] },
    status: { parents: [{ parentRef: { name: 'public' }, conditions }] },
  });

  it.each<[string, KubeObject, Settled['state'], RegExp]>([
    ['without a status', custom(), 'ready', /^$/],
    ['with a status that says nothing', custom({ status: { count: 1 } }), 'ready', /^$/],
    ['of an earlier generation', custom({ status: { observedGeneration: 1 } }), 'progressing', /last change/],
    [
      'whose generation is a text',
      custom({ status: { observedGeneration: '1' } }),
      'progressing',
      /last change/,
    ],
    ['that is ready', custom(told(is('Ready', 'True'))), 'ready', /^$/],
    [
      'that is not ready',
      custom(told(is('Ready', 'False', 'NoHost', 'no such host'))),
      'progressing',
      /^NoHost: no such host$/,
    ],
    [
      'whose condition is of an earlier generation',
      custom(told(is('Ready', 'True', '', '', { observedGeneration: 1 }))),
      'progressing',
      /last change/,
    ],
    [
      'that is stalled',
      custom(told(is('Stalled', 'True', 'BadSpec'), is('Ready', 'True'))),
      'failed',
      /BadSpec/,
    ],
    ['being reconciled', custom(told(is('Reconciling', 'True'), is('Ready', 'True'))), 'progressing', /./],
    ['that has failed', custom(told(is('Failed', 'True', 'Broken'))), 'failed', /Broken/],
    ['that is available', custom(told(is('Available', 'True'))), 'ready', /^$/],
    ['Certificate', of('cert-manager.io', 'Certificate'), 'progressing', /not seen it/],
    ['Certificate', of('cert-manager.io', 'Certificate', told(is('Ready', 'True'))), 'ready', /^$/],
    [
      'CertificateRequest',
      of('cert-manager.io', 'CertificateRequest', told(is('Ready', 'False', 'Failed', 'denied by CA'))),
      'failed',
      /denied by CA/,
    ],
    [
      'ExternalSecret',
      of('external-secrets.io', 'ExternalSecret', told(is('Ready', 'False', 'SecretSyncedError', 'no key'))),
      'progressing',
      /no key/,
    ],
    [
      'HelmRelease that is suspended',
      of('helm.toolkit.fluxcd.io', 'HelmRelease', { spec: { suspend: true } }),
      'ready',
      /suspended/,
    ],
    [
      'Gateway',
      of('gateway.networking.k8s.io', 'Gateway', told(is('Accepted', 'True'))),
      'progressing',
      /Programmed/,
    ],
    [
      'Gateway',
      of('gateway.networking.k8s.io', 'Gateway', told(is('Accepted', 'True'), is('Programmed', 'True'))),
      'ready',
      /^$/,
    ],
    ['HTTPRoute', of('gateway.networking.k8s.io', 'HTTPRoute', parents()), 'progressing', /parent public/],
    [
      'HTTPRoute',
      of(
        'gateway.networking.k8s.io',
        'HTTPRoute',
        parents(is('Accepted', 'True'), is('ResolvedRefs', 'False', 'BackendNotFound', 'no Service web')),
      ),
      'progressing',
      /^parent public: BackendNotFound: no Service web$/,
    ],
    [
      'HTTPRoute',
      of(
        'gateway.networking.k8s.io',
        'HTTPRoute',
        parents(is('Accepted', 'True'), is('ResolvedRefs', 'True')),
      ),
      'ready',
      /^$/,
    ],
    [
      'HTTPRoute of which one parent has not answered',
      of('gateway.networking.k8s.io', 'HTTPRoute', {
        ...parents(is('Accepted', 'True'), is('ResolvedRefs', 'True')),
        spec: { parentRefs: [{ name: 'public' }, { name: 'internal' }] },
      }),
      'progressing',
      /internal has not answered/,
    ],
    [
      'Rollout',
      of('argoproj.io', 'Rollout', { status: { phase: 'Degraded', message: 'aborted' } }),
      'failed',
      /aborted/,
    ],
    ['Rollout', of('argoproj.io', 'Rollout', { status: { phase: 'Progressing' } }), 'progressing', /./],
    [
      'Rollout at a step that a person ends',
      of('argoproj.io', 'Rollout', {
        spec: { strategy: { canary: { steps: [{ setWeight: 10 }, { pause: {} }] } } },
        status: { phase: 'Paused', message: 'CanaryPauseStep', currentStepIndex: 1 },
      }),
      'ready',
      /until it is promoted/,
    ],
    [
      'Rollout at a step that ends by itself',
      of('argoproj.io', 'Rollout', {
        spec: { strategy: { canary: { steps: [{ pause: { duration: '5m' } }] } } },
        status: { phase: 'Paused', currentStepIndex: 0 },
      }),
      'progressing',
      /paused/,
    ],
    [
      'VolumeSnapshot',
      of('snapshot.storage.k8s.io', 'VolumeSnapshot', { status: {} }),
      'progressing',
      /not ready/,
    ],
    [
      'Application',
      of('argoproj.io', 'Application', {
        status: { health: { status: 'Healthy' }, sync: { status: 'OutOfSync' } },
      }),
      'ready',
      /^$/,
    ],
    ['Canary', of('flagger.app', 'Canary', { status: { phase: 'Failed' } }), 'failed', /analysis/],
  ])('%s: %#', (_, object, state, message) => {
    const found = judged(object);
    expect(found.state).toBe(state);
    expect(found.message ?? '').toMatch(message);
  });
});
