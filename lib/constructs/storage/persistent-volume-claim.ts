import type { Construct } from 'constructs';
import type { Patches } from '../../kube/patches';
import type { ClaimSpec } from './claim';
import { CLAIM_SHAPES, CLAIM_WORDS, checkClaim, renderClaimSpec } from './claim';
import { defaultStorageClass } from '../core/environment';
import { referTo } from '../core/existing';
import { optional } from '../core/props';
import type { ResourceProps } from '../core/resource';
import { Resource, RESOURCE_SHAPES } from '../core/resource';
import { propsShape } from '../core/kubernetes-words';

/** Props of a PersistentVolumeClaim. */
export interface PersistentVolumeClaimProps extends ResourceProps, ClaimSpec {}

const PROPS = propsShape<PersistentVolumeClaimProps>({ ...RESOURCE_SHAPES, ...CLAIM_SHAPES }, CLAIM_WORDS);

/**
 * A volume that outlives the pods that use it. Mount it with `storage: { '/data': claim }`.
 *
 * | object | when | why |
 * |---|---|---|
 * | PersistentVolumeClaim | always | requests the volume |
 */
export class PersistentVolumeClaim extends Resource<
  PersistentVolumeClaimProps,
  Patches['PersistentVolumeClaim']
> {
  readonly volumeMode: ClaimSpec['volumeMode'];

  constructor(scope: Construct, id: string, props: PersistentVolumeClaimProps) {
    super(scope, id, props, {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      shape: PROPS,
      content: (report) => {
        checkClaim(props, report);
        return {
          spec: renderClaimSpec({ ...optional('storageClass', defaultStorageClass(this)), ...props }),
        };
      },
    });
    this.volumeMode = this.props.volumeMode;
    referTo(this.object, () => [this.props]);
  }
}
