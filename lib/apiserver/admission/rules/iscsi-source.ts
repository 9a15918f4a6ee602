import type { CheckedField } from '../checked-field';

const LONGEST_PORTAL = 64;

/**
 * `iscsi` of a pod's volume.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateISCSIVolumeSource 1.36
 */
export function inlineIscsi(source: CheckedField, volume: CheckedField, volumeName: string): void {
  iscsi(source);
  if (isTooLongAPortal(source, volumeName)) {
    const message = `must be at most ${LONGEST_PORTAL} characters together with the target portal`;
    volume.child('name').invalid(message);
  }
}

/**
 * `iscsi` of a PersistentVolume.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateISCSIPersistentVolumeSource 1.36
 */
export function persistentIscsi(source: CheckedField, _volume: CheckedField, volumeName: string): void {
  iscsi(source);
  if (isTooLongAPortal(source, volumeName)) {
    // The server reports this field, and initiatorName, in lower case.
    const message = `must be at most ${LONGEST_PORTAL} characters together with the name of the volume`;
    source.child('targetportal').invalid(message);
  }
  const secret = source.child('secretRef');
  if (secret.isSet) secret.child('name').needs();
}

function isTooLongAPortal(source: CheckedField, volumeName: string): boolean {
  const portal = source.child('targetPortal').text;
  return source.child('initiatorName').isSet && Buffer.byteLength(`${volumeName}:${portal}`) > LONGEST_PORTAL;
}

function iscsi(source: CheckedField): void {
  const [iqn, initiator] = [source.child('iqn'), source.child('initiatorName')];
  source.child('targetPortal').needs();
  if (iqn.needs()) iscsiName(iqn, iqn);
  source.child('lun').mustBeWithin(0, 255);
  const secret = source.child('secretRef');
  const usesChap = source.child('chapAuthDiscovery').isTrue || source.child('chapAuthSession').isTrue;
  if (usesChap && !secret.isSet) secret.required('must be set with CHAP authentication');
  if (initiator.isSet) iscsiName(initiator, source.child('initiatorname'));
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateISCSIVolumeSource 1.36 */
function iscsiName({ text }: CheckedField, at: CheckedField): void {
  const isName =
    /^iqn\.\d{4}-\d{2}\.[A-Za-z0-9\-.]+:[^,;*&$|\s]+$/.test(text) ||
    /^eui.[A-Za-z0-9]{16}$/.test(text) ||
    /^naa.[A-Za-z0-9]{32}$/.test(text);
  if (!isName) at.holding(text).invalid('must be an iSCSI name of the form iqn, eui or naa');
}
