import { having, refusals } from '../../objects';

const volume = {
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: { name: 'disk' },
  spec: { capacity: { storage: '10Gi' }, accessModes: ['ReadWriteOnce'] },
};
const iscsi = { targetPortal: '10.0.0.1:3260', iqn: 'iqn.2001-04.com.example:disk', lun: 0 };

describe('the source of a PersistentVolume', () => {
  it.each<[string, Record<string, unknown>, string[]]>([
    ['is needed', {}, ['spec']],
    ['is one', { nfs: { server: 's', path: '/p' }, hostPath: { path: '/p' } }, ['spec.nfs']],
    [
      'may be a flexVolume beside one before it',
      { hostPath: { path: '/p' }, flexVolume: { driver: 'd' } },
      [],
    ],
    [
      'must not come after a flexVolume',
      { flexVolume: { driver: 'd' }, csi: { driver: 'd', volumeHandle: 'h' } },
      ['spec.csi'],
    ],
    [
      'names an iSCSI portal that fits beside the name of the volume',
      { iscsi: { ...iscsi, targetPortal: 'a'.repeat(60), initiatorName: iscsi.iqn } },
      ['spec.iscsi.targetportal'],
    ],
    [
      'names a namespace of endpoints, if any',
      { glusterfs: { endpoints: 'e', path: 'p', endpointsNamespace: '' } },
      ['spec.glusterfs.endpointsNamespace'],
    ],
    [
      'names a namespace of its secret, if any',
      { azureFile: { secretName: 's', shareName: 's', secretNamespace: '' } },
      ['spec.azureFile.secretNamespace'],
    ],
    [
      'has a tenant of at most 64 characters',
      { quobyte: { registry: 'a:1', volume: 'v', tenant: 't'.repeat(65) } },
      ['spec.quobyte.tenant'],
    ],
    [
      'has a port in each address',
      { quobyte: { registry: 'a:1,b', volume: 'v' } },
      ['spec.quobyte.registry'],
    ],
  ])('%s', (_, source, paths) => {
    expect(refusals(having(volume, 'spec', { ...volume.spec, ...source }))).toEqual(paths);
  });
});

describe('a VolumeAttachment', () => {
  const attachment = {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'VolumeAttachment',
    metadata: { name: 'a' },
    spec: { attacher: 'Ebs.csi.aws.com', nodeName: 'n', source: { persistentVolumeName: 'disk' } },
  };
  const inline = { accessModes: ['ReadWriteOnce'], csi: { driver: 'd', volumeHandle: 'h' } };

  it.each<[string, string, unknown, string[]]>([
    ['is of a volume by name', 'spec.nodeName', 'n', []],
    ['is of an inline volume', 'spec.source', { inlineVolumeSpec: inline }, []],
    ['has a volume', 'spec.source', {}, ['spec.source']],
    [
      'has one volume',
      'spec.source',
      { inlineVolumeSpec: inline, persistentVolumeName: 'x' },
      ['spec.source'],
    ],
    ['has an attacher', 'spec.attacher', undefined, ['spec.attacher']],
    ['names a node', 'spec.nodeName', '', ['spec.nodeName']],
    [
      'gives an inline volume no capacity',
      'spec.source',
      { inlineVolumeSpec: { ...inline, capacity: { storage: '1Gi' } } },
      ['spec.source.inlineVolumeSpec.capacity'],
    ],
    [
      'has inline volumes of CSI drivers alone',
      'spec.source',
      { inlineVolumeSpec: { accessModes: ['ReadWriteOnce'], nfs: { server: 's', path: '/p' } } },
      ['spec.source.inlineVolumeSpec.csi'],
    ],
  ])('%s', (_, path, value, paths) => {
    expect(refusals(having(attachment, path, value))).toEqual(paths);
  });
});
