import { dnsSubdomain } from '../../../../kube/names';
import type { CheckedField } from '../../checked-field';
import { accessModes, VOLUME_MODES } from '../claims';
import { noBacksteps } from '../files';
import { mustBeBasic, mustBePositive } from '../quantities';
import { nodeSelector } from '../selectors';
import { inOrder, sharedSources, volumeSource } from '../volume-sources';

const RECLAIM_POLICIES = ['Delete', 'Recycle', 'Retain'];

/** The order in which the server looks for the source of a PersistentVolume. */
const ORDER = `
  hostPath gcePersistentDisk awsElasticBlockStore glusterfs flocker nfs rbd quobyte cephfs iscsi cinder fc flexVolume
  azureFile vsphereVolume photonPersistentDisk portworxVolume azureDisk scaleIO local storageos csi
`;
const SOURCES = inOrder([...sharedSources(true), { name: 'local', check: local }], ORDER);

/**
 * `spec` of a PersistentVolume.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidatePersistentVolumeSpec 1.36
 */
export function persistentVolumeSpec(spec: CheckedField, name: string): void {
  accessModes(spec.child('accessModes'));
  capacity(spec.child('capacity'));
  const policy = spec.child('persistentVolumeReclaimPolicy');
  policy.mustBeOneOf(RECLAIM_POLICIES);
  const affinity = spec.child('nodeAffinity');
  if (affinity.child('required').isSet) nodeSelector(affinity.child('required'));
  else if (affinity.isSet) affinity.child('required').required();

  if (!volumeSource(spec, name, SOURCES)) spec.required('must specify a volume type');
  if (policy.text === 'Recycle' && isRoot(spec.child('hostPath').child('path').text)) {
    policy.forbidden('must not be Recycle for the whole file system of a node');
  }
  const className = spec.child('storageClassName');
  if (className.text !== '') className.must(dnsSubdomain);
  spec.child('volumeMode').mustBeOneOf(VOLUME_MODES);
  attributesClass(spec);
}

/**
 * The inline volume of a VolumeAttachment: a CSI volume without a PersistentVolume.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidatePersistentVolumeSpec 1.36
 */
export function inlineVolumeSpec(spec: CheckedField): void {
  for (const field of ['claimRef', 'nodeAffinity']) {
    if (spec.child(field).isSet) spec.child(field).forbidden('must not be set for an inline volume');
  }
  if (spec.child('capacity').size > 0)
    spec.child('capacity').forbidden('must not be set for an inline volume');
  if (!spec.child('csi').isSet) spec.child('csi').required('must be set for an inline volume');
  accessModes(spec.child('accessModes'));
  const policy = spec.child('persistentVolumeReclaimPolicy');
  if (policy.text !== '' && policy.text !== 'Retain') policy.forbidden('must be Retain for an inline volume');
  if (!volumeSource(spec, '', SOURCES)) spec.required('must specify a volume type');
  const className = spec.child('storageClassName');
  if (className.text !== '') className.forbidden('must not be set for an inline volume');
  const mode = spec.child('volumeMode');
  if (mode.isSet && mode.text !== 'Filesystem') mode.forbidden('must be Filesystem for an inline volume');
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidatePersistentVolumeSpec 1.36 */
function capacity(list: CheckedField): void {
  list.needs();
  if (!list.key('storage').isSet || list.size > 1) list.notSupported(['storage']);
  for (const amount of list.entries) {
    mustBeBasic(amount);
    mustBePositive(amount);
  }
}

/**
 * A disk of one node, which the volume must select with nodeAffinity.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateLocalVolumeSource 1.36
 */
function local(source: CheckedField, spec: CheckedField): void {
  const path = source.child('path');
  if (path.needs()) noBacksteps(path);
  const affinity = spec.child('nodeAffinity');
  if (!affinity.isSet) affinity.required('Local volume requires node affinity');
}

function isRoot(path: string): boolean {
  return path.startsWith('/') && path.split('/').every((part) => part === '' || part === '.');
}

function attributesClass(spec: CheckedField): void {
  const attributes = spec.child('volumeAttributesClassName');
  if (!attributes.isSet) return;
  if (attributes.needs()) attributes.must(dnsSubdomain);
  if (!spec.child('csi').isSet) spec.child('csi').required('must be set with volumeAttributesClassName');
}
