import * as kplus from 'cdk8s-plus-27';
import type { Chart, Storage, WorkerProps } from '../../../lib';
import { existing, PersistentVolumeClaim, Worker } from '../../../lib';
import { at, faultsOf, only, podOf } from '../rendering';

function mounted(
  storage: (chart: Chart) => Readonly<Record<string, Storage>>,
  more: Partial<WorkerProps> = {},
) {
  const object = only('Deployment', (chart) => {
    new Worker(chart, 'app', { image: 'a/b:1', storage: storage(chart), security: 'baseline', ...more });
  });
  return {
    volumes: at(object, 'spec.template.spec.volumes'),
    mounts: at(object, 'spec.template.spec.containers.0.volumeMounts'),
  };
}

describe('storage', () => {
  it.each<[string, Storage, object]>([
    ['temporary', { temporary: true }, { emptyDir: {} }],
    [
      'in memory',
      { temporary: 'memory', size: '64Mi' },
      { emptyDir: { medium: 'Memory', sizeLimit: '64Mi' } },
    ],
    ['a claim by name', { claim: 'data' }, { persistentVolumeClaim: { claimName: 'data' } }],
    [
      'a folder of the node',
      { hostPath: '/var/log', type: 'Directory' },
      { hostPath: { path: '/var/log', type: 'Directory' } },
    ],
    ['anything else', { volume: { nfs: { server: 's', path: '/' } } }, { nfs: { server: 's', path: '/' } }],
    [
      'a disk for each pod',
      { ephemeral: '1Gi', storageClass: 'fast' },
      {
        ephemeral: {
          volumeClaimTemplate: {
            spec: {
              accessModes: ['ReadWriteOnce'],
              resources: { requests: { storage: '1Gi' } },
              storageClassName: 'fast',
            },
          },
        },
      },
    ],
  ])('is %s', (_, storage, source) => {
    expect(mounted(() => ({ '/mnt/data': storage }))).toEqual({
      volumes: [{ name: 'data', ...source }],
      mounts: [{ name: 'data', mountPath: '/mnt/data' }],
    });
  });

  it('is a claim of ours, of cdk8s-plus, or one that exists', () => {
    const { volumes } = mounted((chart) => ({
      '/ours': new PersistentVolumeClaim(chart, 'ours', { size: '1Gi' }),
      '/theirs': { claim: new kplus.PersistentVolumeClaim(chart, 'theirs'), readOnly: true },
      '/there': existing('PersistentVolumeClaim', 'there'),
    }));
    expect(volumes).toEqual([
      { name: 'shop-ours', persistentVolumeClaim: { claimName: 'shop-ours' } },
      { name: 'shop-theirs', persistentVolumeClaim: { claimName: 'shop-theirs' } },
      { name: 'there', persistentVolumeClaim: { claimName: 'there' } },
    ]);
  });

  it('is mounted with what is said of the mount', () => {
    const { mounts } = mounted(() => ({
      '/a': { claim: 'data', readOnly: true, subPath: 'a', mountPropagation: 'HostToContainer' },
    }));
    expect(mounts).toEqual([
      { name: 'data', mountPath: '/a', readOnly: true, subPath: 'a', mountPropagation: 'HostToContainer' },
    ]);
  });

  it('takes the class of the profile where it names none', () => {
    const profile = { storageClasses: ['standard', 'fast'] };
    const pod = podOf({ storage: { '/data': { ephemeral: '1Gi' } } }, { profile });
    expect(at(pod, 'volumes.0.ephemeral.volumeClaimTemplate.spec.storageClassName')).toBe('standard');
  });
});

describe('volumes of a pod', () => {
  it('are each its own where they start empty', () => {
    const cache = { '/a/cache': { temporary: true }, '/b/cache': { temporary: true } } as const;
    const { volumes, mounts } = mounted(() => cache);
    expect(volumes).toEqual([
      { name: 'cache', emptyDir: {} },
      { name: 'cache-2', emptyDir: {} },
    ]);
    expect(mounts).toEqual([
      { name: 'cache', mountPath: '/a/cache' },
      { name: 'cache-2', mountPath: '/b/cache' },
    ]);
  });

  it('are not shared by containers that do not say so', () => {
    const pod = podOf({
      security: 'baseline',
      storage: { '/cache': { temporary: true } },
      sidecars: { proxy: { image: 'a/p:1', storage: { '/cache': { temporary: true } } } },
    });
    expect(at(pod, 'volumes')).toHaveLength(2);
    expect(at(pod, 'containers.0.volumeMounts.0.name')).not.toBe(
      at(pod, 'initContainers.0.volumeMounts.0.name'),
    );
  });

  it('are shared by containers that name them', () => {
    const shared = { temporary: true, name: 'shared' } as const;
    const pod = podOf({
      security: 'baseline',
      storage: { '/out': shared },
      containers: { reader: { image: 'a/r:1', storage: { '/in': { ...shared, readOnly: true } } } },
      sidecars: { proxy: { image: 'a/p:1', storage: { '/see': { shared: 'shared', readOnly: true } } } },
    });
    expect(at(pod, 'volumes')).toEqual([{ name: 'shared', emptyDir: {} }]);
    expect(at(pod, 'containers.1.volumeMounts')).toEqual([
      { name: 'shared', mountPath: '/in', readOnly: true },
    ]);
    expect(at(pod, 'initContainers.0.volumeMounts')).toEqual([
      { name: 'shared', mountPath: '/see', readOnly: true },
    ]);
  });

  it('leave the names that the user gives to the user', () => {
    const pod = podOf({
      security: 'baseline',
      storage: { '/data': { temporary: true } },
      containers: { other: { image: 'a/o:1', storage: { '/x': { claim: 'c', name: 'data' } } } },
    });
    expect(at(pod, 'volumes')).toEqual([
      { name: 'data-2', emptyDir: {} },
      { name: 'data', persistentVolumeClaim: { claimName: 'c' } },
    ]);
  });
});

describe('a root that is read-only', () => {
  it('comes with a writable /tmp, for each container its own', () => {
    const pod = podOf({ sidecars: { proxy: { image: 'a/p:1' } } });
    expect(at(pod, 'volumes')).toEqual([
      { name: 'tmp-app', emptyDir: {} },
      { name: 'tmp-proxy', emptyDir: {} },
    ]);
    expect(at(pod, 'containers.0.volumeMounts')).toEqual([{ name: 'tmp-app', mountPath: '/tmp' }]);
  });

  it('leaves /tmp alone where something is mounted there', () => {
    const pod = podOf({ storage: { '/tmp/': { temporary: 'memory' } } });
    expect(at(pod, 'containers.0.volumeMounts')).toEqual([{ name: 'tmp', mountPath: '/tmp/' }]);
  });

  it('has volumes of different names for containers whose names are long and alike', () => {
    const [one, two] = [`${'x'.repeat(61)}1`, `${'x'.repeat(61)}2`];
    const pod = podOf({ containers: { [one]: { image: 'a/b:1' }, [two]: { image: 'a/b:1' } } });
    const names = (at(pod, 'volumes') as { name: string }[]).map(({ name }) => name);
    expect(new Set(names).size).toBe(3);
    for (const name of names) expect(name.length).toBeLessThanOrEqual(63);
  });
});

describe('wrong storage', () => {
  it.each([
    ['a size alone', '10Gi', 'INVALID_PROP storage./x'],
    ['nothing', {}, 'INVALID_PROP storage./x'],
    ['a ConfigMap', existing('ConfigMap', 'c'), 'INVALID_PROP storage./x'],
    ['no size', { ephemeral: 'big' }, 'INVALID_QUANTITY storage./x.ephemeral'],
    ['a size of nothing', { ephemeral: '0Gi' }, 'INVALID_QUANTITY storage./x.ephemeral'],
    ['a size that is a number', { ephemeral: 10 }, 'INVALID_QUANTITY storage./x.ephemeral'],
    ['a prop of another form', { claim: 'c', size: '1Gi' }, 'UNKNOWN_PROP storage./x.size'],
    ['a misspelled prop', { temporary: true, readonly: true }, 'UNKNOWN_PROP storage./x.readonly'],
    ['a volume that no one names', { shared: 'nowhere' }, 'INVALID_PROP storage./x'],
    ['a name that is none', { temporary: true, name: 'My Data' }, 'INVALID_NAME storage./x.name'],
    ['a path that leads out', { claim: 'c', subPath: '../x' }, 'INVALID_PROP storage./x.subPath'],
    ['a node path that leads out', { hostPath: '/var/../etc' }, 'INVALID_PROP storage./x.hostPath'],
    ['a node path of no kind', { hostPath: '/x', type: 'Folder' }, 'INVALID_PROP storage./x.type'],
    [
      'mounts for the node',
      { claim: 'c', mountPropagation: 'Bidirectional' },
      'INVALID_PROP storage./x.mountPropagation',
    ],
  ])('%s', (_, storage, fault) => {
    expect(faultsOf({ storage: { '/x': storage } })).toEqual([fault]);
  });

  it('is a path that is relative or has a colon', () => {
    expect(faultsOf({ storage: { data: { temporary: true } } })).toEqual(['INVALID_PROP storage.data']);
    expect(faultsOf({ storage: { '/a:b': { temporary: true } } })).toEqual(['INVALID_PROP storage./a:b']);
  });

  it('is two things at one path', () => {
    const storage = { '/data': { temporary: true }, '/data/': { claim: 'c' } };
    expect(faultsOf({ storage })).toEqual(['DUPLICATE_NAME storage./data/']);
    const files = { '/data': existing('ConfigMap', 'c') };
    expect(faultsOf({ files, storage: { '/data': { temporary: true } } })).toEqual([
      'DUPLICATE_NAME storage./data',
    ]);
  });

  it('is two volumes of one name', () => {
    const storage = { '/a': { temporary: true, name: 'x' }, '/b': { claim: 'c', name: 'x' } };
    expect(faultsOf({ storage })).toEqual(['DUPLICATE_NAME storage./b.name']);
  });

  it('is a disk without a file system', () => {
    const [fault] = faultsOf({
      storage: { '/x': { kind: 'PersistentVolumeClaim', name: 'raw', volumeMode: 'Block' } },
    });
    expect(fault).toBe('INVALID_PROP storage./x');
  });
});
