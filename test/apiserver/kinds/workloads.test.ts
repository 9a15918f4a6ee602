import { effect, having, object, refusals } from '../../plan/changes';

const pod = { containers: [{ name: 'app', image: 'a:1' }] };
const template = { metadata: { labels: { app: 'a' } }, spec: pod };

describe('a StatefulSet', () => {
  const set = object('apps/v1', 'StatefulSet', {
    spec: {
      serviceName: 'a',
      replicas: 3,
      selector: { matchLabels: { app: 'a' } },
      template,
      volumeClaimTemplates: [
        {
          metadata: { name: 'data' },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
        },
      ],
    },
  });

  it.each([
    ['serviceName', 'spec.serviceName', 'b', 'spec.serviceName'],
    ['podManagementPolicy', 'spec.podManagementPolicy', 'Parallel', 'spec.podManagementPolicy'],
    [
      'the size of its claims',
      'spec.volumeClaimTemplates.0.spec.resources.requests.storage',
      '2Gi',
      'spec.volumeClaimTemplates',
    ],
  ])('cannot change %s, which is said of the field since 1.37', (_, path, value, field) => {
    expect(refusals(set, having(set, path, value), '1.36')).toEqual(['spec']);
    expect(refusals(set, having(set, path, value), '1.37')).toEqual([field]);
  });

  it.each([
    ['replicas', 'spec.replicas', 5],
    ['the update strategy', 'spec.updateStrategy', { rollingUpdate: { partition: 2 } }],
    ['how its claims are kept', 'spec.persistentVolumeClaimRetentionPolicy', { whenDeleted: 'Delete' }],
    ['minReadySeconds', 'spec.minReadySeconds', 10],
  ])('can change %s', (_, path, value) => {
    expect(effect(set, having(set, path, value))).toBe('updated');
  });

  it('can change how many revisions it keeps since 1.33', () => {
    const after = having(set, 'spec.revisionHistoryLimit', 3);
    expect(effect(set, after, '1.33')).toBe('updated');
    expect(effect(set, after, '1.32')).toBe('rejected');
  });

  it('knows its claims by what the server adds to them', () => {
    const claim = 'spec.volumeClaimTemplates.0';
    const explicit = having(
      having(set, `${claim}.kind`, 'PersistentVolumeClaim'),
      `${claim}.apiVersion`,
      'v1',
    );
    expect(effect(set, explicit)).toBe('none');
  });
});

describe('a Job', () => {
  const job = object('batch/v1', 'Job', {
    spec: { template: { spec: { ...pod, restartPolicy: 'Never' } } },
  });
  const image = 'spec.template.spec.containers.0.image';

  it.each([
    ['its template', image, 'a:2', ['spec.template']],
    ['its completions', 'spec.completions', 2, ['spec.completions']],
    ['its completion mode', 'spec.completionMode', 'Indexed', ['spec.completionMode']],
    ['the pods that it selects', 'spec.selector', { matchLabels: { a: 'b' } }, ['spec.selector']],
  ])('cannot change %s', (_, path, value, paths) => {
    expect(refusals(job, having(job, path, value))).toEqual(expect.arrayContaining(paths));
  });

  it('can change how much of it runs at a time', () => {
    expect(effect(job, having(job, 'spec.parallelism', 0))).toBe('updated');
    expect(effect(job, having(job, 'spec.suspend', true))).toBe('updated');
  });

  it('can change completions together with parallelism where it is indexed', () => {
    const indexed = having(job, 'spec', {
      ...(job['spec'] as object),
      completionMode: 'Indexed',
      completions: 2,
      parallelism: 2,
    });
    const after = having(having(indexed, 'spec.completions', 3), 'spec.parallelism', 3);
    expect(effect(indexed, after)).toBe('updated');
    expect(refusals(indexed, having(indexed, 'spec.completions', 3))).toEqual(['spec.completions']);
  });

  it('can change where and with what its pods run while it is suspended', () => {
    const suspended = having(job, 'spec.suspend', true);
    expect(effect(suspended, having(suspended, 'spec.template.spec.nodeSelector', { a: 'b' }))).toBe(
      'updated',
    );
    const resources = having(suspended, 'spec.template.spec.containers.0.resources', {
      limits: { cpu: '2' },
    });
    expect(effect(suspended, resources, '1.36')).toBe('updated');
    expect(effect(suspended, resources, '1.35')).toBe('rejected');
    expect(effect(suspended, having(suspended, image, 'a:2'))).toBe('rejected');
  });

  it('says nothing of the labels that the server gives it', () => {
    const labels = {
      'job-name': 'a',
      'controller-uid': 'c0ffee',
      'batch.kubernetes.io/controller-uid': 'c0ffee',
    };
    const dumped = having(having(job, 'spec.template.metadata', { labels }), 'spec.selector', {
      matchLabels: { 'batch.kubernetes.io/controller-uid': 'c0ffee' },
    });
    expect(effect(dumped, job)).toBe('none');
  });
});

describe('a Pod', () => {
  const base = object('v1', 'Pod', { spec: { ...pod, activeDeadlineSeconds: 60 } });

  it('can change its images, wait less long, and tolerate more', () => {
    expect(effect(base, having(base, 'spec.containers.0.image', 'a:2'))).toBe('updated');
    expect(effect(base, having(base, 'spec.activeDeadlineSeconds', 30))).toBe('updated');
    expect(effect(base, having(base, 'spec.tolerations', [{ key: 'a', operator: 'Exists' }]))).toBe(
      'updated',
    );
  });

  it.each([
    [
      'another container',
      'spec.containers',
      [...pod.containers, { name: 'b', image: 'b' }],
      ['spec.containers'],
    ],
    ['a longer deadline', 'spec.activeDeadlineSeconds', 90, ['spec.activeDeadlineSeconds']],
    ['another environment', 'spec.containers.0.env', [{ name: 'A', value: 'b' }], ['spec']],
    ['another node', 'spec.nodeSelector', { a: 'b' }, ['spec']],
  ])('cannot get %s', (_, path, value, paths) => {
    expect(refusals(base, having(base, path, value))).toEqual(paths);
  });

  it('cannot have a toleration taken away', () => {
    const tolerant = having(base, 'spec.tolerations', [{ key: 'a', operator: 'Exists' }]);
    expect(refusals(tolerant, base)).toEqual(['spec.tolerations']);
  });

  it('can have gates taken away, and where it may run narrowed while it has some', () => {
    const gated = having(base, 'spec.schedulingGates', [{ name: 'x.io/a' }]);
    expect(effect(gated, having(gated, 'spec.nodeSelector', { a: 'b' }))).toBe('updated');
    expect(effect(gated, base)).toBe('updated');
    expect(effect(base, gated)).toBe('rejected');
  });

  it('knows what admission plugins add to it', () => {
    const dumped = having(base, 'spec', {
      ...(base['spec'] as object),
      priority: 0,
      serviceAccountName: 'default',
      enableServiceLinks: true,
      volumes: [{ name: 'kube-api-access-x2v9k', projected: { sources: [] } }],
    });
    expect(effect(dumped, base)).toBe('none');
  });
});
