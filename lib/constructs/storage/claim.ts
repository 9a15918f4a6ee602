import { compareQuantities, parseQuantity } from '../../kube/quantity';
import { checkName } from '../core/metadata';
import type { Reporter } from '../core/problems';
import { below } from '../core/problems';
import { optional, shown } from '../core/props';
import type { Reference } from '../core/reference';
import { nameIn, nameOrReference, referenceTo } from '../core/reference';
import type { Shape, Shapes } from '../core/shape';
import type { Words } from '../core/shapes';
import { anyOf, choice, list, text } from '../core/shapes';

/** Size and kind of a volume that is claimed. */
export interface ClaimSpec {
  /** Size, a quantity such as `20Gi`. */
  readonly size: string;
  /**
   * Storage class, by a word of the profile's `storageClasses`, by name or by reference; `''` for none.
   * @default the first of the profile's storage classes, else the cluster's default class
   */
  readonly storageClass?: string | Reference<'StorageClass'>;
  /** How nodes may mount it. @default 'ReadWriteOnce' */
  readonly accessModes?: AccessMode | readonly AccessMode[];
  /** Whether it has a file system or is a block device. @default 'Filesystem', set by the API server */
  readonly volumeMode?: 'Filesystem' | 'Block';
  /** What it holds at first: a VolumeSnapshot, or a copy of another claim of the namespace. @default nothing */
  readonly from?: Reference<'VolumeSnapshot' | 'PersistentVolumeClaim'>;
}

/** How nodes and pods may mount a volume. */
export type AccessMode = 'ReadWriteOnce' | 'ReadOnlyMany' | 'ReadWriteMany' | 'ReadWriteOncePod';

const ACCESS_MODES: readonly AccessMode[] = [
  'ReadWriteOnce',
  'ReadOnlyMany',
  'ReadWriteMany',
  'ReadWriteOncePod',
];

/** Access modes, or the only one. */
export const ACCESS = anyOf<AccessMode | readonly AccessMode[]>([
  choice(ACCESS_MODES),
  list(choice(ACCESS_MODES)),
]);

/** A quantity. */
export const SIZE: Shape<string> = { ...text, code: 'INVALID_QUANTITY' };

export const CLAIM_SHAPES: Shapes<ClaimSpec> = {
  size: SIZE,
  storageClass: nameOrReference<'StorageClass'>(),
  accessModes: ACCESS,
  volumeMode: choice(['Filesystem', 'Block']),
  from: referenceTo<'VolumeSnapshot' | 'PersistentVolumeClaim'>(),
};

/** What takes the place of Kubernetes' words in a claim. */
export const CLAIM_WORDS: Words = {
  resources: '`size`',
  storageClassName: '`storageClass`',
  dataSource: '`from`',
  dataSourceRef: '`from`',
};

/** The name of a storage class, by the word for it; that of the default class without a word. */
export type ClassOf = (word: string | undefined) => string | undefined;

/** `spec` of a PersistentVolumeClaim. */
export function renderClaimSpec(claim: ClaimSpec, classOf: ClassOf): object {
  const { size, storageClass, accessModes, volumeMode, from } = claim;
  const name = typeof storageClass === 'object' ? storageClass.name : classOf(storageClass);
  return {
    accessModes: accessModesOf(accessModes),
    resources: { requests: { storage: size } },
    ...optional('storageClassName', name),
    ...optional('volumeMode', volumeMode),
    ...optional('dataSource', from && renderSource(from)),
  };
}

export function accessModesOf(modes: ClaimSpec['accessModes'] = 'ReadWriteOnce'): readonly AccessMode[] {
  return typeof modes === 'string' ? [modes] : modes;
}

/** `dataSource` of a claim: only that of a snapshot names its group. */
function renderSource({ kind, name }: Reference): object {
  return { ...(kind === 'VolumeSnapshot' ? { apiGroup: 'snapshot.storage.k8s.io' } : {}), kind, name };
}

/** Reports what the API server refuses in a claim. Source: ValidatePersistentVolumeClaimSpec of core/v1. */
export function checkClaim(claim: ClaimSpec, report: Reporter): void {
  const { size, storageClass, from } = claim;
  checkSize(size, 'size', report);
  checkStorageClass(storageClass, report);
  if (from !== undefined) checkSource(claim, from, below('from', report));
  checkAccessModes(claim.accessModes, report);
}

/** Source: ValidatePersistentVolumeClaimSpec and ValidatePersistentVolumeSpec of core/v1. */
export function checkAccessModes(modes: ClaimSpec['accessModes'], report: Reporter): void {
  const path = 'accessModes';
  const accessModes = accessModesOf(modes);
  if (accessModes.length === 0)
    report({ code: 'MISSING_PROP', path, message: 'Required value: a claim needs an access mode' });
  if (accessModes.length > 1 && accessModes.includes('ReadWriteOncePod'))
    report({
      code: 'INVALID_PROP',
      path,
      message: 'Forbidden: "ReadWriteOncePod" may not be combined with other access modes',
    });
}

/** What a construct says of the claim that it makes. */
type KnownClaim = Reference & Partial<Pick<ClaimSpec, 'size' | 'volumeMode'>>;

/** Source: "CSI Volume Cloning" of the Kubernetes documentation, and "Volume Snapshots". */
function checkSource(
  { size, volumeMode = 'Filesystem' }: ClaimSpec,
  from: KnownClaim,
  report: Reporter,
): void {
  if (from.kind !== 'VolumeSnapshot' && from.kind !== 'PersistentVolumeClaim') {
    const message = `expected a VolumeSnapshot or a PersistentVolumeClaim, got ${from.kind} "${from.name}"`;
    return report({ code: 'INVALID_PROP', message });
  }
  checkName(from.name, '', report);
  const [has, needs] = [size, from.size].map((each) =>
    each === undefined ? undefined : parseQuantity(each),
  );
  if (has !== undefined && needs !== undefined && compareQuantities(has, needs) < 0) {
    const message = `Invalid value: ${from.kind} "${from.name}" has ${String(from.size)}, which is more than ${size}`;
    report({ code: 'INVALID_QUANTITY', message, hint: 'Set `size` to at least that.' });
  }
  if (
    from.kind === 'PersistentVolumeClaim' &&
    'size' in from &&
    (from.volumeMode ?? 'Filesystem') !== volumeMode
  )
    report({ code: 'INVALID_PROP', message: `Invalid value: the volumeMode of "${from.name}" is another` });
}

/** Reports what cannot be the name of a storage class; the empty string means none. */
export function checkStorageClass(storageClass: ClaimSpec['storageClass'], report: Reporter): void {
  if (storageClass !== '') nameIn(storageClass, 'StorageClass', below('storageClass', report));
}

/** Reports a size that is not a quantity greater than zero. */
export function checkSize(size: unknown, path: string, report: Reporter): void {
  if (typeof size === 'string' && (parseQuantity(size)?.nanos ?? 0n) > 0n) return;
  const hint = 'Sizes look like 500Mi, 20Gi or 1Ti.';
  if (size === undefined)
    report({ code: 'MISSING_PROP', path, message: 'Required value: a volume needs a size', hint });
  else
    report({
      code: 'INVALID_QUANTITY',
      path,
      message: `Invalid value: ${shown(size)}: expected a quantity greater than zero`,
      hint,
    });
}
