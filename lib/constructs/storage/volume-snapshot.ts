import type { Construct } from 'constructs';
import type { CustomPatches } from '../../kube/custom/patches';
import { referTo } from '../core/existing';
import { requireInstalled } from '../core/installed';
import { propsShape } from '../core/kubernetes-words';
import { checkName } from '../core/metadata';
import { below } from '../core/problems';
import { optional } from '../core/props';
import type { Reference } from '../core/reference';
import { nameIn, nameOrReference } from '../core/reference';
import type { ResourceProps } from '../core/resource';
import { Resource, RESOURCE_SHAPES } from '../core/resource';
import { text } from '../core/shapes';

/** Props of a VolumeSnapshot. */
export interface VolumeSnapshotProps extends ResourceProps {
  /** The claim whose volume is copied, by name or reference: `db.claim('/data', 0)` is that of a replica. */
  readonly of: string | Reference<'PersistentVolumeClaim'>;
  /** Name of the VolumeSnapshotClass. @default the cluster's default class for the driver of the volume */
  readonly snapshotClass?: string;
}

const PROPS = propsShape<VolumeSnapshotProps>(
  { ...RESOURCE_SHAPES, of: nameOrReference<'PersistentVolumeClaim'>(), snapshotClass: text },
  { source: '`of`', claim: '`of`', volumeSnapshotClassName: '`snapshotClass`' },
);

/**
 * A copy of a volume at the time when it is applied first. A claim starts with its content: `from: snapshot`. `installed` of
 * the profile has to name `snapshot-controller`.
 *
 * | object | when | why |
 * |---|---|---|
 * | VolumeSnapshot | always | makes the driver of the volume take a snapshot |
 */
export class VolumeSnapshot extends Resource<VolumeSnapshotProps, CustomPatches['VolumeSnapshot']> {
  /** The size of the claim that it is of, where that is known. */
  readonly size: string | undefined;

  constructor(scope: Construct, id: string, props: VolumeSnapshotProps) {
    super(scope, id, props, {
      apiVersion: 'snapshot.storage.k8s.io/v1',
      kind: 'VolumeSnapshot',
      shape: PROPS,
      content: (report) => {
        const { of, snapshotClass } = props as Partial<VolumeSnapshotProps>;
        const claim = nameIn(of, 'PersistentVolumeClaim', below('of', report));
        if (claim === undefined)
          report({
            code: 'MISSING_PROP',
            path: 'of',
            message: 'Required value: a VolumeSnapshot is of a claim',
            hint: 'Set `of`, such as a PersistentVolumeClaim.',
          });
        if (snapshotClass !== undefined) checkName(snapshotClass, 'snapshotClass', report);
        return {
          spec: {
            source: { persistentVolumeClaimName: claim },
            ...optional('volumeSnapshotClassName', snapshotClass),
          },
        };
      },
    });
    const { of } = this.props as Partial<VolumeSnapshotProps>;
    this.size = typeof of === 'object' ? (of as { readonly size?: string }).size : undefined;
    requireInstalled(this, 'snapshot-controller');
    referTo(this.object, () => [this.props]);
  }
}
