import { deployment, having, metadata, podSpec, refusals } from './objects';

const template = { metadata: { labels: { app: 'web' } }, spec: podSpec() };
const selector = { matchLabels: { app: 'web' } };
const apps = (kind: string, spec: object): object => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: metadata('web'),
  spec: { selector, template, ...spec },
});
const job = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: metadata('migrate'),
  spec: { template: { spec: { ...podSpec(), restartPolicy: 'Never' } } },
};
const cronJob = {
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata: metadata('nightly'),
  spec: { schedule: '0 3 * * *', jobTemplate: { spec: job.spec } },
};
const claim = {
  metadata: { name: 'data' },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
};

describe('a workload that is well-formed is taken', () => {
  it.each([
    ['Deployment', deployment],
    ['ReplicaSet', apps('ReplicaSet', {})],
    ['DaemonSet', apps('DaemonSet', {})],
    ['StatefulSet', apps('StatefulSet', { serviceName: 'web', volumeClaimTemplates: [claim] })],
    ['Job', job],
    ['CronJob', cronJob],
  ])('%s', (_, object) => {
    expect(refusals(object)).toEqual([]);
  });
});

describe('a Deployment is refused', () => {
  it.each<[string, string, unknown, string[]]>([
    ['without a selector', 'spec.selector', undefined, ['spec.selector', 'spec.template.metadata.labels']],
    ['with an empty selector', 'spec.selector', {}, ['spec.selector']],
    [
      'whose selector does not select its pods',
      'spec.selector.matchLabels.app',
      'api',
      ['spec.template.metadata.labels'],
    ],
    ['with pods that end', 'spec.template.spec.restartPolicy', 'Never', ['spec.template.spec.restartPolicy']],
    ['with fewer than no replicas', 'spec.replicas', -1, ['spec.replicas']],
    [
      'that can neither add nor remove a pod',
      'spec.strategy',
      { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } },
      ['spec.strategy.rollingUpdate.maxUnavailable'],
    ],
    [
      'that has more than all pods unavailable',
      'spec.strategy',
      { rollingUpdate: { maxUnavailable: '101%' } },
      ['spec.strategy.rollingUpdate.maxUnavailable'],
    ],
    [
      'that recreates its pods and rolls them as well',
      'spec.strategy',
      { type: 'Recreate', rollingUpdate: {} },
      ['spec.strategy.rollingUpdate'],
    ],
    [
      'whose deadline ends before a pod counts as ready',
      'spec.minReadySeconds',
      600,
      ['spec.progressDeadlineSeconds'],
    ],
  ])('%s', (_, path, value, refused) => {
    expect(refusals(having(deployment, path, value))).toEqual(refused);
  });
});

describe('a StatefulSet', () => {
  it('mounts the volumes of its claims', () => {
    const mounted = structuredClone(template) as unknown as {
      spec: { containers: { volumeMounts: object[] }[] };
    };
    mounted.spec.containers[0]?.volumeMounts.push({ name: 'data', mountPath: '/data' });
    expect(refusals(apps('StatefulSet', { template: mounted, volumeClaimTemplates: [claim] }))).toEqual([]);
    expect(refusals(apps('StatefulSet', { template: mounted }))).toEqual([
      'spec.template.spec.containers[0].volumeMounts[1].name',
    ]);
  });

  it('is refused with a claim for nothing', () => {
    const empty = having(claim, 'spec.resources', {});
    expect(refusals(apps('StatefulSet', { volumeClaimTemplates: [empty] }))).toEqual([
      'spec.volumeClaimTemplates[0].spec.resources[storage]',
    ]);
  });
});

describe('a DaemonSet', () => {
  it('either adds a pod or takes one away, not both', () => {
    const updateStrategy = { rollingUpdate: { maxSurge: 1, maxUnavailable: 1 } };
    expect(refusals(apps('DaemonSet', { updateStrategy }))).toEqual([
      'spec.updateStrategy.rollingUpdate.maxSurge',
    ]);
    expect(refusals(apps('DaemonSet', { updateStrategy: { rollingUpdate: { maxUnavailable: 0 } } }))).toEqual(
      ['spec.updateStrategy.rollingUpdate.maxUnavailable'],
    );
  });
});

describe('a Job is refused', () => {
  it.each<[string, string, unknown, string[]]>([
    [
      'without a restart policy, since the usual one never ends',
      'spec.template.spec.restartPolicy',
      undefined,
      ['spec.template.spec.restartPolicy'],
    ],
    [
      'with a selector of its own',
      'spec.selector',
      selector,
      ['spec.selector', 'spec.template.metadata.labels'],
    ],
    [
      'with indexes but no completions',
      'spec',
      { ...job.spec, completionMode: 'Indexed', parallelism: 2 },
      ['spec.completions'],
    ],
    ['with a limit per index without indexes', 'spec.backoffLimitPerIndex', 1, ['spec.backoffLimitPerIndex']],
    [
      'with a failure policy about a container that is not there',
      'spec.podFailurePolicy',
      { rules: [{ action: 'FailJob', onExitCodes: { containerName: 'api', operator: 'In', values: [1] } }] },
      ['spec.podFailurePolicy.rules[0].onExitCodes.containerName'],
    ],
    [
      'with exit codes out of order',
      'spec.podFailurePolicy',
      { rules: [{ action: 'FailJob', onExitCodes: { operator: 'In', values: [2, 1] } }] },
      ['spec.podFailurePolicy.rules[0].onExitCodes.values'],
    ],
    [
      'with a success that counts more indexes than there are',
      'spec',
      {
        ...job.spec,
        completionMode: 'Indexed',
        completions: 3,
        successPolicy: { rules: [{ succeededIndexes: '0-3' }] },
      },
      ['spec.successPolicy.rules[0].succeededIndexes'],
    ],
  ])('%s', (_, path, value, refused) => {
    expect(refusals(having(job, path, value))).toEqual(refused);
  });
});

describe('a CronJob is refused', () => {
  it.each<[string, string, unknown, string[]]>([
    ['without a schedule', 'spec.schedule', '', ['spec.schedule']],
    ['at hour 24', 'spec.schedule', '0 24 * * *', ['spec.schedule']],
    ['in a time zone that is none', 'spec.timeZone', 'Europe/Atlantis', ['spec.timeZone']],
    ['with a name whose Jobs would have none', 'metadata.name', 'a'.repeat(53), ['metadata.name']],
    [
      'with a selector for its Jobs',
      'spec.jobTemplate.spec.selector',
      selector,
      ['spec.jobTemplate.spec.selector'],
    ],
  ])('%s', (_, path, value, refused) => {
    expect(refusals(having(cronJob, path, value))).toEqual(refused);
  });
});
