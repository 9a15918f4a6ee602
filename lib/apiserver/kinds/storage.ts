import type { CheckedField } from '../admission/checked-field';
import { recordIn } from '../defaults/plain';
import { compareQuantities, parseQuantity } from '../../kube/quantity';
import { isPlainRecord, type PlainRecord } from '../../manifest/data';
import { equal } from '../update/equal';
import type { KindUpdate } from './kind-update';

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidatePersistentVolumeClaimUpdate 1.36 */
export const persistentVolumeClaimUpdate: KindUpdate = {
  kind: '/PersistentVolumeClaim',
  about:
    'The spec may not change, apart from resources.requests.storage, which may grow where the storage class allows it, volumeAttributesClassName, and a storageClassName or volumeName that was not set.',
  settle(claim, was) {
    const [spec, before] = [recordIn(claim, 'spec'), recordIn(was ?? {}, 'spec')];
    if (spec !== undefined) linkDataSources(spec, before);
  },
  check: claimCheck,
};

/**
 * Keeps dataSource and dataSourceRef of a claim in sync. Sources that dataSource does not support are silently dropped,
 * and so is a reference to another namespace, whose feature gate is off.
 *
 * @source k8s.io/kubernetes pkg/api/persistentvolumeclaim/util.go EnforceDataSourceBackwardsCompatibility, NormalizeDataSources, DropDisabledFields 1.36
 */
function linkDataSources(spec: PlainRecord, before: PlainRecord | undefined): void {
  const namespace = recordIn(spec, 'dataSourceRef')?.['namespace'];
  const isUsed = before?.['dataSourceRef'] !== undefined;
  if (!isUsed && namespace !== undefined && namespace !== '') delete spec['dataSourceRef'];
  const [source, reference] = [recordIn(spec, 'dataSource'), recordIn(spec, 'dataSourceRef')];
  if (reference !== undefined) {
    if (reference['namespace'] === undefined) spec['dataSource'] ??= { ...reference };
  } else if (source !== undefined && isPlainSource(source)) spec['dataSourceRef'] = { ...source };
  else delete spec['dataSource'];
}

function isPlainSource({ apiGroup, kind }: PlainRecord): boolean {
  if (kind === 'PersistentVolumeClaim') return apiGroup === undefined || apiGroup === '';
  return kind === 'VolumeSnapshot' && apiGroup === 'snapshot.storage.k8s.io';
}

const CLAIM_HINT =
  'Keep the field as it is, or make a new claim under a new name and copy the data: deleting the claim may delete its volume.';

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidatePersistentVolumeClaimUpdate 1.36 */
function claimCheck(now: CheckedField, was: CheckedField): void {
  const [spec, before] = [now.child('spec'), was.child('spec')];
  const names = new Set([...spec.entries, ...before.entries].map(({ name }) => name));
  const changed = [...names].filter((name) => {
    const [value, old] = [spec.child(name), before.child(name)];
    if (name === 'volumeAttributesClassName') return false;
    if ((name === 'volumeName' || name === 'storageClassName') && !old.isSet) return false;
    if (name === 'resources') return !equal(withoutSize(value.value), withoutSize(old.value));
    return !equal(value.value, old.value);
  });
  if (changed.length > 0)
    spec.forbidden(
      `spec is immutable after creation except resources.requests: updates to ${changed.join(' and ')} are forbidden`,
      CLAIM_HINT,
    );
  size(spec, before);
}

/** Both sides must request a size; the amount is checked separately. */
function withoutSize(resources: unknown): unknown {
  if (!isPlainRecord(resources)) return resources;
  const requests = recordIn(resources, 'requests');
  if (requests?.['storage'] === undefined) return resources;
  return { ...resources, requests: { ...requests, storage: '' } };
}

function size(spec: CheckedField, before: CheckedField): void {
  const [now, was] = [spec, before].map((each) =>
    each.child('resources').child('requests').child('storage'),
  ) as [CheckedField, CheckedField];
  const [size, old] = [parseQuantity(now.text || '0'), parseQuantity(was.text || '0')];
  if (size === undefined || old === undefined || compareQuantities(size, old) >= 0) return;
  now.forbidden(
    `field can not be less than previous value: it is ${was.text} and would be ${now.text || 'nothing'}`,
    CLAIM_HINT,
  );
}

/** The fields of a PersistentVolume that are not its source. */
const VOLUME_FIELDS = [
  'accessModes',
  'capacity',
  'claimRef',
  'mountOptions',
  'nodeAffinity',
  'persistentVolumeReclaimPolicy',
  'storageClassName',
  'volumeAttributesClassName',
  'volumeMode',
];

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidatePersistentVolumeUpdate 1.36 */
export const persistentVolumeUpdate: KindUpdate = {
  kind: '/PersistentVolume',
  about:
    'The source and volumeMode may not change, nor nodeAffinity once it is set, nor volumeAttributesClassName be taken away.',
  check(now, was) {
    const [spec, before] = [now.child('spec'), was.child('spec')];
    const hint = 'Make a new PersistentVolume under a new name.';
    if (!equal(sourceOf(spec.value, before.value), sourceOf(before.value))) {
      spec
        .child('persistentvolumesource')
        .forbidden('spec.persistentvolumesource is immutable after creation', hint);
    }
    const [affinity, old] = [spec.child('nodeAffinity'), before.child('nodeAffinity')];
    if (old.isSet && !equal(affinity.value, old.value)) {
      now.child('nodeAffinity').invalid('field is immutable', hint);
    }
    const [className, oldName] = [
      spec.child('volumeAttributesClassName'),
      before.child('volumeAttributesClassName'),
    ];
    if (oldName.isSet && !className.isSet) className.forbidden('field is immutable once it is set');
  },
};

/**
 * The source of a volume. A secret for expansion can be added to a CSI volume.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidatePersistentVolumeUpdate 1.36
 */
function sourceOf(spec: unknown, before?: unknown): PlainRecord {
  const source = Object.fromEntries(
    Object.entries(isPlainRecord(spec) ? spec : {}).filter(([name]) => !VOLUME_FIELDS.includes(name)),
  );
  const [csi, old] = [source['csi'], isPlainRecord(before) ? before['csi'] : undefined];
  if (!isPlainRecord(csi) || !isPlainRecord(old) || old['controllerExpandSecretRef'] !== undefined) {
    return source;
  }
  const { controllerExpandSecretRef: _, ...rest } = csi;
  return { ...source, csi: rest };
}
