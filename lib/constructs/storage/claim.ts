import { parseQuantity } from '../../kube/quantity';
import type { Reporter } from '../core/problems';
import { below } from '../core/problems';
import { optional, shown } from '../core/props';
import type { Reference } from '../core/reference';
import { nameIn, nameOrReference } from '../core/reference';
import type { Shape, Shapes } from '../core/shape';
import type { Words } from '../core/shapes';
import { choice, list, text } from '../core/shapes';

/** Size and kind of a volume that is claimed. */
export interface ClaimSpec {
  /** Size, a quantity such as `20Gi`. */
  readonly size: string;
  /**
   * Storage class, by name or reference; `''` for none.
   * @default the first of the profile's storage classes, else the cluster's default class
   */
  readonly storageClass?: string | Reference<'StorageClass'>;
  /** How nodes may mount it. @default ['ReadWriteOnce'] */
  readonly accessModes?: readonly AccessMode[];
  /** Whether it has a file system or is a block device. @default 'Filesystem', set by the API server */
  readonly volumeMode?: 'Filesystem' | 'Block';
}

/** How nodes and pods may mount a volume. */
export type AccessMode = 'ReadWriteOnce' | 'ReadOnlyMany' | 'ReadWriteMany' | 'ReadWriteOncePod';

const ACCESS_MODES: readonly AccessMode[] = [
  'ReadWriteOnce',
  'ReadOnlyMany',
  'ReadWriteMany',
  'ReadWriteOncePod',
];

/** A quantity. */
export const SIZE: Shape<string> = { ...text, code: 'INVALID_QUANTITY' };

export const CLAIM_SHAPES: Shapes<ClaimSpec> = {
  size: SIZE,
  storageClass: nameOrReference<'StorageClass'>(),
  accessModes: list(choice(ACCESS_MODES)),
  volumeMode: choice(['Filesystem', 'Block']),
};

/** What takes the place of Kubernetes' words in a claim. */
export const CLAIM_WORDS: Words = { resources: '`size`', storageClassName: '`storageClass`' };

/** `spec` of a PersistentVolumeClaim. */
export function renderClaimSpec({ size, storageClass, accessModes, volumeMode }: ClaimSpec): object {
  return {
    accessModes: accessModes ?? ['ReadWriteOnce'],
    resources: { requests: { storage: size } },
    ...optional('storageClassName', typeof storageClass === 'object' ? storageClass.name : storageClass),
    ...optional('volumeMode', volumeMode),
  };
}

/** Reports what the API server refuses in a claim. Source: ValidatePersistentVolumeClaimSpec of core/v1. */
export function checkClaim(claim: ClaimSpec, report: Reporter): void {
  const { size, storageClass, accessModes } = claim;
  checkSize(size, 'size', report);
  checkStorageClass(storageClass, report);
  if (accessModes === undefined) return;
  const path = 'accessModes';
  if (accessModes.length === 0)
    report({ code: 'MISSING_PROP', path, message: 'Required value: a claim needs an access mode' });
  if (accessModes.length > 1 && accessModes.includes('ReadWriteOncePod'))
    report({
      code: 'INVALID_PROP',
      path,
      message: 'Forbidden: "ReadWriteOncePod" may not be combined with other access modes',
    });
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
