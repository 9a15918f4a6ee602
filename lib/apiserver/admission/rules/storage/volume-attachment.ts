import { dnsSubdomain } from '../../../../kube/names';
import type { CheckedField } from '../../checked-field';
import type { KindRule } from '../kind-rule';
import { csiDriverName } from '../volume-sources';
import { inlineVolumeSpec } from './persistent-volume-spec';

/** @source k8s.io/kubernetes pkg/apis/storage/validation/validation.go ValidateVolumeAttachment, validateVolumeAttachmentSpec 1.36 */
export const volumeAttachment: KindRule = {
  kind: 'storage.k8s.io/VolumeAttachment',
  about: 'Attacher, node, and the one volume: of a PersistentVolume or inline.',
  check(object) {
    const spec = object.child('spec');
    csiDriverName(spec.child('attacher'));
    source(spec.child('source'));
    spec.child('nodeName').must(dnsSubdomain);
  },
};

/** @source k8s.io/kubernetes pkg/apis/storage/validation/validation.go validateVolumeAttachmentSource 1.36 */
function source(field: CheckedField): void {
  const [inline, name] = [field.child('inlineVolumeSpec'), field.child('persistentVolumeName')];
  const either = 'must have one of inlineVolumeSpec and persistentVolumeName';
  if (inline.isSet && name.isSet) field.forbidden(either);
  else if (inline.isSet) inlineVolumeSpec(inline);
  else if (!name.isSet) field.required(either);
  if (name.isSet) name.must(dnsSubdomain);
}
