import type { Construct } from 'constructs';
import type { Patches } from '../../kube/patches';
import { propsShape } from '../core/kubernetes-words';
import { checkName } from '../core/metadata';
import type { Reporter } from '../core/problems';
import { below } from '../core/problems';
import { optional } from '../core/props';
import type { ResourceProps } from '../core/resource';
import { CLUSTER_SCOPED_SHAPES, Resource } from '../core/resource';
import { choice, list, record, text } from '../core/shapes';
import type { ClaimSpec } from './claim';
import { ACCESS, accessModesOf, checkAccessModes, checkSize, SIZE } from './claim';
import type { NodeSelection, VolumeMedium } from './volume-medium';
import { checkMedium, MEDIUM_SHAPES, renderMedium, renderNodes } from './volume-medium';

/** The claim that a volume is kept for. */
export interface ClaimOfVolume {
  /** Namespace of the claim. */
  readonly namespace: string;
  /** Name of the claim. */
  readonly name: string;
}

/** Props of a PersistentVolume. Exactly one of `csi`, `nfs`, `local` and `hostPath` says where it is. */
export interface PersistentVolumeProps
  extends
    Omit<ResourceProps, 'namespace'>,
    VolumeMedium,
    NodeSelection,
    Pick<ClaimSpec, 'accessModes' | 'volumeMode'> {
  /** Size, a quantity such as `20Gi`. */
  readonly size: string;
  /** Name of the class that claims have to name. @default '': claims name the volume */
  readonly storageClass?: string;
  /** What becomes of it when its claim is deleted. @default 'Retain', set by the API server */
  readonly reclaimPolicy?: 'Retain' | 'Delete';
  /** Options of the mount: `['nfsvers=4.1']`. @default none */
  readonly mountOptions?: readonly string[];
  /** The only claim that may bind to it. @default any that fits */
  readonly claim?: ClaimOfVolume;
}

const PROPS = propsShape<PersistentVolumeProps>(
  {
    ...CLUSTER_SCOPED_SHAPES,
    ...MEDIUM_SHAPES,
    size: SIZE,
    accessModes: ACCESS,
    volumeMode: choice(['Filesystem', 'Block']),
    storageClass: text,
    reclaimPolicy: choice(['Retain', 'Delete']),
    mountOptions: list(text),
    claim: record<ClaimOfVolume>({ namespace: text, name: text }),
  },
  {
    capacity: '`size`',
    storageClassName: '`storageClass`',
    persistentVolumeReclaimPolicy: '`reclaimPolicy`',
    claimRef: '`claim`',
    nodeAffinity: '`nodes` and `zones`',
  },
);

/**
 * A volume that exists already: on an NFS server, by a CSI driver, or on the disk of nodes. A claim binds to it by
 * `volume: media`.
 *
 * | object | when | why |
 * |---|---|---|
 * | PersistentVolume | always | says where the volume is, and which nodes reach it |
 */
export class PersistentVolume extends Resource<PersistentVolumeProps, Patches['PersistentVolume']> {
  /** Its class; `''` for none. */
  readonly storageClass: string;

  constructor(scope: Construct, id: string, props: PersistentVolumeProps) {
    super(scope, id, props, {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      shape: PROPS,
      content: (report) => {
        check(props, report);
        return { spec: render(props) };
      },
    });
    this.storageClass = this.props.storageClass ?? '';
  }
}

/** Source: ValidatePersistentVolumeSpec of core/v1. */
function check(props: PersistentVolumeProps, report: Reporter): void {
  const { size, storageClass = '', claim } = props;
  checkSize(size, 'size', report);
  checkAccessModes(props.accessModes, report);
  checkMedium(props, report);
  if (storageClass !== '') checkName(storageClass, 'storageClass', report);
  if (claim === undefined) return;
  for (const path of ['namespace', 'name'] as const) {
    if ((claim[path] as string | undefined) !== undefined)
      checkName(claim[path], path, below('claim', report));
    else
      report({
        code: 'MISSING_PROP',
        path: `claim.${path}`,
        message: `Required value: the ${path} of the claim`,
      });
  }
}

function render(props: PersistentVolumeProps): object {
  const { size, storageClass = '', volumeMode, reclaimPolicy, mountOptions, claim } = props;
  return {
    capacity: { storage: size },
    accessModes: accessModesOf(props.accessModes),
    storageClassName: storageClass,
    ...optional('volumeMode', volumeMode),
    ...optional('persistentVolumeReclaimPolicy', reclaimPolicy),
    ...optional('mountOptions', mountOptions),
    ...optional('claimRef', claim && { apiVersion: 'v1', kind: 'PersistentVolumeClaim', ...claim }),
    ...renderMedium(props),
    ...optional('nodeAffinity', renderNodes(props)),
  };
}
