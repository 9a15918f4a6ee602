import type {
  ClaimSpec,
  ClusterProfile,
  PersistentVolumeClaimProps,
  PersistentVolumeProps,
  StatefulServiceProps,
} from '../../index';
import {
  check,
  existing,
  PersistentVolume,
  PersistentVolumeClaim,
  StatefulService,
  StorageClass,
  VolumeSnapshot,
} from '../../index';
import { at, faults, only, podOf, rendered } from '../../../test/constructs/rendering';

const SNAPSHOTS = { profile: { installed: ['snapshot-controller'] } } as const;

function claimOf(props: Partial<PersistentVolumeClaimProps>, profile: ClusterProfile = {}): unknown {
  return only(
    'PersistentVolumeClaim',
    (chart) => new PersistentVolumeClaim(chart, 'data', { size: '1Gi', ...props }),
    {
      profile,
    },
  )['spec'];
}

function volumeOf(props: Partial<PersistentVolumeProps>): unknown {
  return only('PersistentVolume', (chart) => new PersistentVolume(chart, 'media', { size: '1Gi', ...props }))[
    'spec'
  ];
}

describe('a claim', () => {
  const WORDS: ClusterProfile = { storageClasses: { standard: 'gp3', fast: 'io2', shared: 'efs' } };

  it('takes its class by the words of the profile, else by name', () => {
    expect(claimOf({}, WORDS)).toMatchObject({ storageClassName: 'gp3' });
    expect(claimOf({ storageClass: 'fast' }, WORDS)).toMatchObject({ storageClassName: 'io2' });
    expect(claimOf({ storageClass: 'io2' }, WORDS)).toMatchObject({ storageClassName: 'io2' });
    expect(claimOf({ storageClass: '' }, WORDS)).toMatchObject({ storageClassName: '' });
    expect(claimOf({ storageClass: 'fast' }, { storageClasses: ['gp3'] })).toMatchObject({
      storageClassName: 'fast',
    });
    const storage = { '/tmp': { ephemeral: '1Gi', storageClass: 'shared' } };
    expect(
      at(podOf({ storage }, { profile: WORDS }), 'volumes.0.ephemeral.volumeClaimTemplate.spec'),
    ).toMatchObject({
      storageClassName: 'efs',
    });
  });

  it('has classes that check knows by their names', () => {
    const set = rendered(
      (chart) => {
        new PersistentVolumeClaim(chart, 'known', { size: '1Gi', storageClass: 'fast' });
        new PersistentVolumeClaim(chart, 'unknown', { size: '1Gi', storageClass: 'fats' });
      },
      { profile: WORDS },
    );
    const found = check(set).filter(({ rule }) => rule === 'wiring/storage-class-missing');
    expect(found.map(({ id }) => id.name)).toEqual(['shop-unknown']);
  });

  it('takes one access mode without a list', () => {
    expect(claimOf({ accessModes: 'ReadWriteMany' })).toMatchObject({ accessModes: ['ReadWriteMany'] });
    expect(claimOf({ accessModes: ['ReadOnlyMany', 'ReadWriteOnce'] })).toMatchObject({
      accessModes: ['ReadOnlyMany', 'ReadWriteOnce'],
    });
  });

  it('starts with a snapshot, or with a copy of another claim', () => {
    const set = rendered((chart) => {
      const db = new StatefulService(chart, 'db', {
        image: 'acme/db:1',
        port: 5432,
        firstReplica: 1,
        storage: { '/data': '10Gi' },
      });
      const before = new VolumeSnapshot(chart, 'before', {
        of: db.claim('/data', 0),
        snapshotClass: 'daily',
      });
      const copy = new PersistentVolumeClaim(chart, 'copy', { size: '10Gi', from: before });
      new PersistentVolumeClaim(chart, 'clone', { size: '20Gi', from: copy });
    }, SNAPSHOTS);
    expect(set.get({ kind: 'VolumeSnapshot' }).object['spec']).toEqual({
      source: { persistentVolumeClaimName: 'data-shop-db-1' },
      volumeSnapshotClassName: 'daily',
    });
    const from = (name: string): unknown =>
      at(set.get({ kind: 'PersistentVolumeClaim', name }).object, 'spec.dataSource');
    expect(from('shop-copy')).toEqual({
      apiGroup: 'snapshot.storage.k8s.io',
      kind: 'VolumeSnapshot',
      name: 'shop-before',
    });
    expect(from('shop-clone')).toEqual({ kind: 'PersistentVolumeClaim', name: 'shop-copy' });
    expect(check(set).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('binds to the volume that it names, with its class', () => {
    const set = rendered(
      (chart) => {
        const media = new PersistentVolume(chart, 'media', {
          size: '1Ti',
          accessModes: 'ReadWriteMany',
          nfs: { server: 'files.example', path: '/media' },
        });
        new PersistentVolumeClaim(chart, 'claim', {
          size: '1Ti',
          accessModes: 'ReadWriteMany',
          volume: media,
        });
      },
      { profile: WORDS },
    );
    expect(set.get({ kind: 'PersistentVolumeClaim' }).object['spec']).toMatchObject({
      volumeName: 'shop-media',
      storageClassName: '',
    });
    expect(check(set).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it.each<[object, string]>([
    [{ from: existing('ConfigMap', 'a') }, 'INVALID_PROP from'],
    [{ from: { kind: 'PersistentVolumeClaim', name: 'a', size: '2Gi' } }, 'INVALID_QUANTITY from'],
    [
      { from: { kind: 'PersistentVolumeClaim', name: 'a', size: '1Gi', volumeMode: 'Block' } },
      'INVALID_PROP from',
    ],
    [{ accessModes: 'ReadWriteAll' }, 'INVALID_PROP accessModes'],
    [{ volume: existing('Secret', 'a') }, 'INVALID_PROP volume'],
    [{ dataSource: {} }, 'UNKNOWN_PROP dataSource'],
  ])('is checked: %j', (props, fault) => {
    expect(
      faults(
        (chart) =>
          new PersistentVolumeClaim(chart, 'data', { size: '1Gi', ...(props as Partial<ClaimSpec>) }),
      ),
    ).toEqual([fault]);
  });
});

describe('a static volume', () => {
  it.each<[Partial<PersistentVolumeProps>, object]>([
    [{ nfs: { server: 'a', path: '/b' } }, { nfs: { server: 'a', path: '/b' } }],
    [
      { csi: { driver: 'efs.csi.aws.com', handle: 'fs-1', attributes: { a: 'b' } } },
      { csi: { driver: 'efs.csi.aws.com', volumeHandle: 'fs-1', volumeAttributes: { a: 'b' } } },
    ],
    [
      { local: '/mnt/a', nodes: ['node-1'] },
      {
        local: { path: '/mnt/a' },
        nodeAffinity: {
          required: {
            nodeSelectorTerms: [
              { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: ['node-1'] }] },
            ],
          },
        },
      },
    ],
    [{ hostPath: '/mnt/a', reclaimPolicy: 'Delete' }, { hostPath: { path: '/mnt/a' } }],
  ])('is where it is: %j', (props, spec) => {
    expect(volumeOf(props)).toMatchObject({
      capacity: { storage: '1Gi' },
      accessModes: ['ReadWriteOnce'],
      storageClassName: '',
      ...spec,
    });
  });

  it.each<[object, string]>([
    [{}, 'MISSING_PROP'],
    [{ hostPath: '/a', nfs: { server: 'a', path: '/' } }, 'INVALID_PROP'],
    [{ local: '/a' }, 'MISSING_PROP nodes'],
    [{ hostPath: 'a' }, 'INVALID_PROP hostPath'],
    [{ nfs: { server: 'a' } }, 'MISSING_PROP nfs.path'],
    [{ hostPath: '/a', claim: { name: 'a' } }, 'MISSING_PROP claim.namespace'],
    [{ hostPath: '/a', accessModes: [] }, 'MISSING_PROP accessModes'],
  ])('is checked: %j', (props, fault) => {
    expect(faults((chart) => new PersistentVolume(chart, 'media', { size: '1Gi', ...props }))).toEqual([
      fault,
    ]);
  });
});

it('a class lets its volumes grow, in the zone of their pod', () => {
  const { metadata, ...rest } = only(
    'StorageClass',
    (chart) => new StorageClass(chart, 'fast', { provisioner: 'ebs.csi.aws.com', isDefault: true }),
  );
  expect(metadata.annotations).toEqual({ 'storageclass.kubernetes.io/is-default-class': 'true' });
  expect(rest).toMatchObject({ allowVolumeExpansion: true, volumeBindingMode: 'WaitForFirstConsumer' });
});

describe('a volume of replicas', () => {
  const template = (storage: NonNullable<StatefulServiceProps['storage']>): unknown =>
    only(
      'StatefulSet',
      (chart) => new StatefulService(chart, 'db', { image: 'acme/db:1', port: 1, storage }),
    )['spec'];

  it('has annotations, and is kept or not', () => {
    const spec = template({ '/data': { size: '1Gi', annotations: { a: 'b' }, keep: false } });
    expect(at(spec, 'volumeClaimTemplates.0.metadata.annotations')).toEqual({ a: 'b' });
    expect(at(spec, 'persistentVolumeClaimRetentionPolicy')).toEqual({
      whenDeleted: 'Delete',
      whenScaled: 'Delete',
    });
    expect(template({ '/data': '1Gi' })).not.toHaveProperty('persistentVolumeClaimRetentionPolicy');
  });

  it('has a claim that others can name, or there is a problem', () => {
    expect(
      faults((chart) =>
        new StatefulService(chart, 'db', { image: 'acme/db:1', port: 1, storage: { '/data': '1Gi' } }).claim(
          '/date',
          0,
        ),
      ),
    ).toEqual(["INVALID_PROP claim('/date', 0)"]);
  });
});

it('a snapshot needs a claim, and the snapshot controller in the profile', () => {
  expect(faults((chart) => new VolumeSnapshot(chart, 'a', {} as never), SNAPSHOTS)).toEqual([
    'MISSING_PROP of',
  ]);
  expect(faults((chart) => new VolumeSnapshot(chart, 'a', { of: 'b' }), { profile: {} })).toEqual([
    'MISSING_PROP installed',
  ]);
});
