import { parseQuantity } from '../../kube/quantity';
import { checkName } from '../core/metadata';
import type { Reporter } from '../core/problems';
import { oneOfKnown, optional, shown } from '../core/props';

/** What a claim asks for. */
export interface ClaimSpec {
  /** Size: `20Gi`. */
  readonly size: string;
  /** @default the first of the profile's storage classes, else the cluster's default class */
  readonly storageClass?: string;
  /** @default ['ReadWriteOnce'] */
  readonly accessModes?: readonly AccessMode[];
  /** @default 'Filesystem', as the API server fills in */
  readonly volumeMode?: 'Filesystem' | 'Block';
}

export type AccessMode = 'ReadWriteOnce' | 'ReadOnlyMany' | 'ReadWriteMany' | 'ReadWriteOncePod';

const ACCESS_MODES: readonly AccessMode[] = [
  'ReadWriteOnce',
  'ReadOnlyMany',
  'ReadWriteMany',
  'ReadWriteOncePod',
];

/** `spec` of a PersistentVolumeClaim. */
export function renderClaimSpec({ size, storageClass, accessModes, volumeMode }: ClaimSpec): object {
  return {
    accessModes: accessModes ?? ['ReadWriteOnce'],
    resources: { requests: { storage: size } },
    ...optional('storageClassName', storageClass),
    ...optional('volumeMode', volumeMode),
  };
}

/** Tells of a claim that the API server refuses. Source: ValidatePersistentVolumeClaimSpec of core/v1. */
export function checkClaim(claim: ClaimSpec, report: Reporter): void {
  const { size, storageClass, accessModes, volumeMode } = claim;
  checkSize(size, 'size', report);
  // No class at all is said by no text.
  if (storageClass !== '') checkName(storageClass, 'storageClass', report);
  oneOfKnown(volumeMode, ['Filesystem', 'Block'], 'volumeMode', report);
  if (accessModes === undefined) return;
  for (const mode of accessModes) oneOfKnown(mode, ACCESS_MODES, 'accessModes', report);
  const path = 'accessModes';
  if (accessModes.length === 0)
    report({ code: 'MISSING_PROP', path, message: 'a disk needs an access mode' });
  if (accessModes.length > 1 && accessModes.includes('ReadWriteOncePod'))
    report({ code: 'INVALID_PROP', path, message: 'ReadWriteOncePod goes with no other mode' });
}

/** Tells of a size that is no quantity above zero. */
export function checkSize(size: unknown, path: string, report: Reporter): void {
  if (typeof size === 'string' && (parseQuantity(size)?.nanos ?? 0n) > 0n) return;
  const hint = 'Write it as Kubernetes does: 500Mi, 20Gi, 1Ti.';
  if (size === undefined) report({ code: 'MISSING_PROP', path, message: 'a disk needs a size', hint });
  else report({ code: 'INVALID_QUANTITY', path, message: `${shown(size)} is no size`, hint });
}
