import { dnsLabel, dnsSubdomain } from '../../../kube/names';
import type { CheckedField } from '../checked-field';
import { annotations, labels } from './meta';
import { mustBePositive } from './quantities';
import { labelSelector } from './selectors';

const ACCESS_MODES = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];
export const VOLUME_MODES = ['Block', 'Filesystem'];

/**
 * `spec` of a PersistentVolumeClaim.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidatePersistentVolumeClaimSpec 1.36
 */
export function claimSpec(spec: CheckedField): void {
  accessModes(spec.child('accessModes'));
  labelSelector(spec.child('selector'));
  const storage = spec.child('resources').child('requests').key('storage');
  // The server leaves `requests` out of the path.
  const at = spec.child('resources').key('storage').holding(storage.value);
  if (!storage.isSet) at.required();
  else mustBePositive(at);

  const storageClass = spec.child('storageClassName');
  if (storageClass.text !== '') storageClass.must(dnsSubdomain);
  spec.child('volumeMode').mustBeOneOf(VOLUME_MODES);
  dataSources(spec);
  const attributes = spec.child('volumeAttributesClassName');
  if (attributes.text !== '') attributes.must(dnsSubdomain);
}

/**
 * The claim template in an ephemeral volume of a pod: a spec, with labels and annotations and no other metadata.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidatePersistentVolumeClaimTemplate 1.36
 */
export function claimTemplate(template: CheckedField): void {
  const metadata = template.child('metadata');
  annotations(metadata.child('annotations'));
  labels(metadata.child('labels'));
  for (const field of metadata.entries) {
    if (field.name === 'labels' || field.name === 'annotations') continue;
    metadata.child(field.name).forbidden('must not be set in a template');
  }
  claimSpec(template.child('spec'));
}

/**
 * Access modes of a volume or a claim; the server names the list.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidatePersistentVolumeClaimSpec, ValidatePersistentVolumeSpec 1.36
 */
export function accessModes(list: CheckedField): void {
  if (!list.needs('at least 1 access mode is required')) return;
  for (const mode of list.texts) list.holding(mode).mustBeOneOf(ACCESS_MODES);
  const known = list.texts.filter((mode) => ACCESS_MODES.includes(mode));
  if (known.includes('ReadWriteOncePod') && known.some((mode) => mode !== 'ReadWriteOncePod')) {
    list.forbidden('may not use ReadWriteOncePod with other access modes');
  }
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidatePersistentVolumeClaimSpec 1.36 */
function dataSources(spec: CheckedField): void {
  const [source, reference] = [spec.child('dataSource'), spec.child('dataSourceRef')];
  for (const each of [source, reference]) if (each.isSet) dataSource(each);
  const namespace = reference.child('namespace');
  if (!reference.isSet || !source.isSet) return;
  if (namespace.text !== '')
    return spec.invalid('dataSource must not be set together with dataSourceRef.namespace');
  const isSame = ['apiGroup', 'kind', 'name'].every(
    (name) => source.child(name).value === reference.child(name).value,
  );
  if (!isSame) spec.invalid('dataSource must match dataSourceRef');
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateDataSource, validateDataSourceRef 1.36 */
function dataSource(source: CheckedField): void {
  const [group, kind, namespace] = [
    source.child('apiGroup'),
    source.child('kind'),
    source.child('namespace'),
  ];
  source.child('name').needs();
  kind.needs();
  if (group.text !== '') {
    if (group.since('1.29')) group.must(dnsSubdomain);
  } else if (kind.text !== 'PersistentVolumeClaim') {
    source.invalid('must be a PersistentVolumeClaim, or have the apiGroup of what it is');
  }
  if (namespace.text !== '') namespace.must(dnsLabel);
}
