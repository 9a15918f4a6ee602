import { HOST_PATH_TYPES } from '../../../kube/mount';
import type { ClaimSpec } from '../../storage/claim';
import { checkSize, renderClaimSpec } from '../../storage/claim';
import type { VolumeSource, Volumes } from '../pod/volumes';
import type { Reporter } from '../../core/problems';
import type { Keys } from '../../core/props';
import { checkKeys, isRecord, oneOfKnown, optional, shown } from '../../core/props';
import type { Reference } from '../../core/reference';
import { isReference } from '../../core/reference';
import type { Mount } from './mount';

export type { ClaimSpec };

/** How a volume appears in a container. */
export interface MountOptions {
  /** @default false */
  readonly readOnly?: boolean;
  /** Folder of the volume that appears, rather than its root. @default the root */
  readonly subPath?: string;
  /** Name of the volume: containers of one pod that name the same volume share it. @default one that is free */
  readonly name?: string;
  /** Whether mounts made later are seen here or on the node. @default 'None', as the API server fills in */
  readonly mountPropagation?: 'None' | 'HostToContainer' | 'Bidirectional';
}

/** An empty folder that lives as long as the pod. */
export interface TemporaryStorage extends MountOptions {
  /** `true` on the node's disk, `'memory'` in memory (counts as the container's). */
  readonly temporary: true | 'memory';
  /** Most it may hold: `1Gi`. @default no limit of its own */
  readonly size?: string;
}

/** A claim that exists, or is made beside the workload. */
export interface ClaimedStorage extends MountOptions {
  readonly claim: string | Reference<'PersistentVolumeClaim'>;
}

/** A disk of its own for each pod, gone with the pod. */
export interface EphemeralStorage extends MountOptions {
  /** Size: `10Gi`. */
  readonly ephemeral: string;
  /** @default the cluster's default class */
  readonly storageClass?: string;
}

/** A folder or file of the node. */
export interface HostStorage extends MountOptions {
  readonly hostPath: string;
  /** What must be there: `Directory`, `DirectoryOrCreate`, `File`, `Socket` … @default not checked */
  readonly type?: string;
}

/** Any other volume source, as Kubernetes spells it: `{ volume: { nfs: { server, path } } }`. */
export interface OtherStorage extends MountOptions {
  readonly volume: VolumeSource;
}

/** A volume that another container of the pod names, or a disk of the replica. */
export interface SharedStorage extends Omit<MountOptions, 'name'> {
  /** Name of the volume. */
  readonly shared: string;
}

/** What a workload keeps its files on, by the path where it appears. */
export type Storage =
  | TemporaryStorage
  | ClaimedStorage
  | EphemeralStorage
  | HostStorage
  | OtherStorage
  | SharedStorage
  | Reference<'PersistentVolumeClaim'>;

const MOUNT_KEYS: Keys<MountOptions> = { readOnly: true, subPath: true, name: true, mountPropagation: true };
/** The props of each form of storage, by the prop that tells it from the others. */
const FORMS = {
  temporary: { ...MOUNT_KEYS, temporary: true, size: true } satisfies Keys<TemporaryStorage>,
  claim: { ...MOUNT_KEYS, claim: true } satisfies Keys<ClaimedStorage>,
  ephemeral: { ...MOUNT_KEYS, ephemeral: true, storageClass: true } satisfies Keys<EphemeralStorage>,
  hostPath: { ...MOUNT_KEYS, hostPath: true, type: true } satisfies Keys<HostStorage>,
  volume: { ...MOUNT_KEYS, volume: true } satisfies Keys<OtherStorage>,
  shared: {
    readOnly: true,
    subPath: true,
    mountPropagation: true,
    shared: true,
  } satisfies Keys<SharedStorage>,
};
const PROPAGATIONS = ['None', 'HostToContainer', 'Bidirectional'];

/** The mount at `mountPath`, and its volume among `volumes`. */
export function renderStorage(
  mountPath: string,
  storage: Storage,
  volumes: Volumes,
  report: Reporter,
): Mount {
  if (isReference(storage)) return renderStorage(mountPath, { claim: storage }, volumes, report);
  const form = isRecord(storage) ? Object.entries(FORMS).find(([prop]) => prop in storage) : undefined;
  if (form === undefined) {
    const hint = `Expected { ${Object.keys(FORMS).join(' }, { ')} }; a size alone is for a StatefulService.`;
    report({ code: 'INVALID_PROP', message: `${shown(storage)} is no storage`, hint });
    return { name: 'none', mountPath };
  }
  checkKeys(storage, form[1], report);
  return {
    name: nameVolume(mountPath, storage, volumes, report),
    mountPath,
    ...renderMountOptions(storage, report),
  };
}

function nameVolume(mountPath: string, storage: Described, volumes: Volumes, report: Reporter): string {
  if ('shared' in storage) return volumes.shared(storage.shared, report);
  const source = renderSource(storage, volumes.storageClass, report);
  const { name } = storage;
  return name === undefined
    ? volumes.nameFor(wantedName(mountPath, storage), source)
    : volumes.named(name, source, report);
}

/** The options of a mount beside its name and path. */
export function renderMountOptions(options: MountOptions, report: Reporter): MountOptions {
  const { readOnly, subPath, mountPropagation } = options;
  oneOfKnown(mountPropagation, PROPAGATIONS, 'mountPropagation', report);
  return {
    ...optional('readOnly', readOnly),
    ...optional('subPath', subPath),
    ...optional('mountPropagation', mountPropagation),
  };
}

/** Storage in words of ours. */
type Described = Exclude<Storage, Reference<'PersistentVolumeClaim'>>;

function renderSource(
  storage: Exclude<Described, SharedStorage>,
  storageClass: string | undefined,
  report: Reporter,
): VolumeSource {
  if ('temporary' in storage) {
    if (storage.size !== undefined) checkSize(storage.size, 'size', report);
    const medium = storage.temporary === 'memory' ? { medium: 'Memory' } : {};
    return { emptyDir: { ...medium, ...optional('sizeLimit', storage.size) } };
  }
  if ('claim' in storage) return { persistentVolumeClaim: { claimName: claimName(storage.claim, report) } };
  if ('ephemeral' in storage) {
    checkSize(storage.ephemeral, 'ephemeral', report);
    const claimed = storage.storageClass ?? storageClass;
    const spec = renderClaimSpec({ size: storage.ephemeral, ...optional('storageClass', claimed) });
    return { ephemeral: { volumeClaimTemplate: { spec } } };
  }
  if ('hostPath' in storage) {
    oneOfKnown(storage.type, HOST_PATH_TYPES, 'type', report);
    const { hostPath: path } = storage;
    if (!path.startsWith('/') || path.split('/').includes('..'))
      report({
        code: 'INVALID_PROP',
        path: 'hostPath',
        message: `"${path}" is no absolute path without ".."`,
      });
    return { hostPath: { path: storage.hostPath, ...optional('type', storage.type) } };
  }
  return storage.volume;
}

function claimName(claim: ClaimedStorage['claim'], report: Reporter): string {
  if (typeof claim === 'string') return claim;
  const { kind, name, volumeMode } = claim as Reference & Pick<ClaimSpec, 'volumeMode'>;
  if (kind !== 'PersistentVolumeClaim') {
    const hint = 'ConfigMaps and Secrets go under `files`.';
    report({ code: 'INVALID_PROP', message: `the ${kind} ${name} is no PersistentVolumeClaim`, hint });
  }
  if (volumeMode === 'Block') {
    const hint = 'Give the container the device by an override: `volumeDevices`.';
    report({
      code: 'INVALID_PROP',
      message: `${name} is a disk without a file system, and has no files`,
      hint,
    });
  }
  return name;
}

function wantedName(mountPath: string, storage: Described): string {
  if ('claim' in storage) return typeof storage.claim === 'string' ? storage.claim : storage.claim.name;
  return mountPath.split('/').filter(Boolean).pop() ?? 'root';
}
