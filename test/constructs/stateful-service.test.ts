import type { StatefulServiceProps } from '../../lib';
import { StatefulService } from '../../lib';
import type { Surroundings } from './rendering';
import { at, faults, rendered } from './rendering';

const PROPS: StatefulServiceProps = { image: 'postgres:16.4', port: 5432 };

function db(props: Partial<StatefulServiceProps> = {}, around: Surroundings = {}) {
  return rendered((chart) => new StatefulService(chart, 'db', { ...PROPS, ...props }), around);
}

const spec = (props: Partial<StatefulServiceProps>, around?: Surroundings): unknown =>
  db(props, around).get({ kind: 'StatefulSet' }).object['spec'];

const LABELS = { 'app.kubernetes.io/instance': 'shop-db', 'app.kubernetes.io/name': 'shop-db' };

describe('a StatefulService', () => {
  it('is a StatefulSet with a headless Service that names each replica before it is ready', () => {
    const set = db();
    expect([...set].map(({ id }) => id.kind)).toEqual(['ServiceAccount', 'StatefulSet', 'Service']);
    expect(at(set.get({ kind: 'StatefulSet' }).object, 'spec.serviceName')).toBe('shop-db');
    expect(set.get({ kind: 'Service' }).object).toMatchObject({
      metadata: { name: 'shop-db' },
      spec: {
        clusterIP: 'None',
        publishNotReadyAddresses: true,
        selector: LABELS,
        ports: [{ name: 'postgresql', port: 5432 }],
      },
    });
  });

  it('says how it and its replicas are reached', () => {
    rendered((chart) => {
      const service = new StatefulService(chart, 'db', { ...PROPS, firstReplica: 1 });
      expect([service.host, service.address, service.replicaHost(0)]).toEqual([
        'shop-db',
        'shop-db:5432',
        'shop-db-1.shop-db',
      ]);
    });
  });

  it('has a name that leaves room for its revisions', () => {
    const set = rendered((chart) => new StatefulService(chart, 'd'.repeat(80), PROPS));
    expect(set.get({ kind: 'StatefulSet' }).id.name.length).toBeLessThanOrEqual(52);
    const name = 'd'.repeat(53);
    expect(faults((chart) => new StatefulService(chart, 'db', { ...PROPS, name }))).toEqual([
      'INVALID_NAME name',
    ]);
  });

  it('starts, ends, numbers and keeps replicas as it is told', () => {
    const props = {
      replicas: 3,
      podManagement: 'Parallel',
      storage: {
        '/data': { size: '1Gi', keep: { whenDeleted: false } },
        '/more': { size: '1Gi', keep: { whenDeleted: false } },
      },
      firstReplica: 5,
      minReady: 5,
      revisionHistory: 2,
    } as const;
    expect(spec(props)).toMatchObject({
      replicas: 3,
      podManagementPolicy: 'Parallel',
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete', whenScaled: 'Retain' },
      ordinals: { start: 5 },
      minReadySeconds: 5,
      revisionHistoryLimit: 2,
    });
  });

  it('is rolled out as it is told', () => {
    expect(spec({})).not.toHaveProperty('updateStrategy');
    expect(at(spec({ rollout: 'on-delete' }), 'updateStrategy')).toEqual({ type: 'OnDelete' });
    expect(at(spec({ rollout: { partition: 2, maxUnavailable: '50%' } }), 'updateStrategy')).toEqual({
      type: 'RollingUpdate',
      rollingUpdate: { partition: 2, maxUnavailable: '50%' },
    });
  });

  it('has a budget from two replicas on', () => {
    expect(db({ replicas: 2 }).find({ kind: 'PodDisruptionBudget' })).toHaveLength(1);
  });
});

describe('its disks', () => {
  it('are claims of each replica, mounted where they are named', () => {
    const rendering = spec({ storage: { '/var/lib/postgresql/data': '20Gi' } });
    expect(at(rendering, 'volumeClaimTemplates')).toEqual([
      {
        metadata: { name: 'data', labels: LABELS },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '20Gi' } } },
      },
    ]);
    expect(at(rendering, 'template.spec.containers.0.volumeMounts')).toContainEqual({
      name: 'data',
      mountPath: '/var/lib/postgresql/data',
    });
    expect(at(rendering, 'template.spec.volumes')).toEqual([{ name: 'tmp-db', emptyDir: {} }]);
  });

  it('are as they are told in detail', () => {
    const disk = {
      size: '1Gi',
      storageClass: 'fast',
      accessModes: ['ReadWriteOncePod'],
      name: 'wal',
      labels: { disk: 'wal' },
      subPath: 'pg',
      readOnly: true,
    } as const;
    const rendering = spec({ storage: { '/wal': disk } });
    expect(at(rendering, 'volumeClaimTemplates.0')).toEqual({
      metadata: { name: 'wal', labels: { ...LABELS, disk: 'wal' } },
      spec: {
        accessModes: ['ReadWriteOncePod'],
        resources: { requests: { storage: '1Gi' } },
        storageClassName: 'fast',
      },
    });
    expect(at(rendering, 'template.spec.containers.0.volumeMounts.0')).toEqual({
      name: 'wal',
      mountPath: '/wal',
      readOnly: true,
      subPath: 'pg',
    });
  });

  it('are of the class that the profile names first', () => {
    const around = { profile: { storageClasses: ['gp3', 'io2'] } };
    const claims = at(
      spec({ storage: { '/a': '1Gi', '/b': { size: '1Gi', storageClass: 'io2' } } }, around),
      'volumeClaimTemplates',
    );
    expect(at(claims, '0.spec.storageClassName')).toBe('gp3');
    expect(at(claims, '1.spec.storageClassName')).toBe('io2');
  });

  it('stand beside other volumes, whose names they keep free', () => {
    const rendering = spec({
      security: 'baseline',
      storage: { '/data': '1Gi', '/cache': { temporary: true } },
      sidecars: { backup: { image: 'a/b:1', storage: { '/data': { temporary: true } } } },
    });
    expect(at(rendering, 'template.spec.volumes')).toEqual([
      { name: 'cache', emptyDir: {} },
      { name: 'data-2', emptyDir: {} },
    ]);
  });

  it('are shared with other containers by their name', () => {
    const sidecars = { backup: { image: 'a/b:1', storage: { '/from': { shared: 'data', readOnly: true } } } };
    const rendering = spec({ storage: { '/data': '1Gi' }, sidecars });
    expect(at(rendering, 'template.spec.initContainers.0.volumeMounts.0')).toEqual({
      name: 'data',
      mountPath: '/from',
      readOnly: true,
    });
  });
});

it.each<[object, string]>([
  [{ port: undefined }, 'MISSING_PROP port'],
  [{ storage: { '/data': 'big' } }, 'INVALID_QUANTITY storage./data.size'],
  [{ storage: { '/data': '0' } }, 'INVALID_QUANTITY storage./data.size'],
  [{ storage: { '/data': { size: '1Gi', clas: 'x' } } }, 'UNKNOWN_PROP storage./data.clas'],
  [{ storage: { '/data': { size: '1Gi', volumeMode: 'Block' } } }, 'UNKNOWN_PROP storage./data.volumeMode'],
  [{ storage: { '/data': { size: '1Gi', name: 'My Disk' } } }, 'INVALID_NAME storage./data.name'],
  [
    { storage: { '/data': { size: '1Gi', accessModes: ['Once'] } } },
    'INVALID_PROP storage./data.accessModes[0]',
  ],
  [
    { storage: { '/data': { size: '1Gi', labels: { 'a b': 'c' } } } },
    'INVALID_LABEL storage./data.labels.a b',
  ],
  [{ storage: { '/a/data': '1Gi', '/b/data': '1Gi' } }, 'DUPLICATE_NAME storage./b/data'],
  [{ rollout: { partition: -1 } }, 'INVALID_PROP rollout.partition'],
  [{ rollout: { maxUnavailable: 0 } }, 'INVALID_PROP rollout.maxUnavailable'],
  [{ rollout: { maxSurge: 1 } }, 'UNKNOWN_PROP rollout.maxSurge'],
  [
    { storage: { '/data': { size: '1Gi', keep: { whenDelete: true } } } },
    'UNKNOWN_PROP storage./data.keep.whenDelete',
  ],
  [{ claimRetention: { whenDeleted: 'Retain' } }, 'UNKNOWN_PROP claimRetention'],
  [{ storage: { '/data': { size: '1Gi', keep: false }, '/more': '2Gi' } }, 'INVALID_PROP storage./more.keep'],
  [{ podManagement: 'parallel' }, 'INVALID_PROP podManagement'],
  [{ firstReplica: -1 }, 'INVALID_PROP firstReplica'],
])('tells of %j', (props, fault) => {
  expect(faults((chart) => new StatefulService(chart, 'db', { ...PROPS, ...props }))).toEqual([fault]);
});
