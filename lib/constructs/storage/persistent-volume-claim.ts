import type { Construct } from 'constructs';
import type { ClaimSpec } from './claim';
import { CLAIM_KEYS, checkClaim, renderClaimSpec } from './claim';
import { defaultStorageClass } from '../core/environment';
import type { Keys } from '../core/props';
import { optional } from '../core/props';
import type { ResourceProps } from '../core/resource';
import { Resource, RESOURCE_KEYS } from '../core/resource';

/** Props of a PersistentVolumeClaim. */
export interface PersistentVolumeClaimProps extends ResourceProps, ClaimSpec {}

const KEYS: Keys<PersistentVolumeClaimProps> = {
  ...RESOURCE_KEYS,
  ...CLAIM_KEYS,
};

/**
 * A volume that outlives the pods that use it. Mount it with `storage: { '/data': claim }`.
 *
 * | object | when | why |
 * |---|---|---|
 * | PersistentVolumeClaim | always | requests the volume |
 */
export class PersistentVolumeClaim extends Resource<PersistentVolumeClaimProps> {
  readonly volumeMode: ClaimSpec['volumeMode'];

  constructor(scope: Construct, id: string, props: PersistentVolumeClaimProps) {
    super(scope, id, props, {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      keys: KEYS,
      content: (report) => {
        checkClaim(props, report);
        return {
          spec: renderClaimSpec({ ...optional('storageClass', defaultStorageClass(this)), ...props }),
        };
      },
    });
    this.volumeMode = props.volumeMode;
  }
}
