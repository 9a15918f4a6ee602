import type { Construct } from 'constructs';
import type { Patches } from '../../kube/patches';
import type { ClaimSpec, ClassOf } from './claim';
import { CLAIM_SHAPES, CLAIM_WORDS, checkClaim, renderClaimSpec } from './claim';
import { storageClassOf } from '../core/environment';
import { referTo } from '../core/existing';
import { below } from '../core/problems';
import { optional } from '../core/props';
import type { Reference } from '../core/reference';
import { nameIn, nameOrReference } from '../core/reference';
import type { ResourceProps } from '../core/resource';
import { Resource, RESOURCE_SHAPES } from '../core/resource';
import { propsShape } from '../core/kubernetes-words';

/** Props of a PersistentVolumeClaim. */
export interface PersistentVolumeClaimProps extends ResourceProps, ClaimSpec {
  /** The PersistentVolume that it binds to, by name or reference. @default one that is provisioned or free */
  readonly volume?: string | Reference<'PersistentVolume'>;
}

const PROPS = propsShape<PersistentVolumeClaimProps>(
  { ...RESOURCE_SHAPES, ...CLAIM_SHAPES, volume: nameOrReference<'PersistentVolume'>() },
  { ...CLAIM_WORDS, volumeName: '`volume`' },
);

/**
 * A volume that outlives the pods that use it. Mount it with `storage: { '/data': claim }`, in several workloads where its
 * access mode lets them share it. It grows when `size` does, where its storage class allows that, and never shrinks.
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
  /** Its size, a quantity. */
  readonly size: string;

  constructor(scope: Construct, id: string, props: PersistentVolumeClaimProps) {
    super(scope, id, props, {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      shape: PROPS,
      content: (report) => {
        checkClaim(props, report);
        const { volume } = props;
        const volumeName = nameIn(volume, 'PersistentVolume', below('volume', report));
        // A claim of another class than its volume never binds; one that exists already may have none.
        const classOf: ClassOf = (word) =>
          word === undefined && volume !== undefined ? classOfVolume(volume) : storageClassOf(this, word);
        return { spec: { ...renderClaimSpec(props, classOf), ...optional('volumeName', volumeName) } };
      },
    });
    this.volumeMode = this.props.volumeMode;
    this.size = this.props.size;
    referTo(this.object, () => [this.props]);
  }
}

/** The storage class of a volume that a claim names: of one of ours its own, else none. */
function classOfVolume(volume: string | Reference<'PersistentVolume'>): string {
  return (volume as { readonly storageClass?: string }).storageClass ?? '';
}
