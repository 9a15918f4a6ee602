import { checkName } from '../../core/metadata';
import { HOST_PATH_TYPES } from '../../../kube/mount';
import type { ClaimSpec, ClassOf } from '../../storage/claim';
import { checkSize, checkStorageClass, renderClaimSpec, SIZE } from '../../storage/claim';
import type { VolumeSource, Volumes } from '../pod/volumes';
import type { Reporter } from '../../core/problems';
import { oneOfKnown, optional } from '../../core/props';
import type { Reference } from '../../core/reference';
import { isReference, nameOrReference, referenceTo } from '../../core/reference';
import type { Shapes } from '../../core/shape';
import type { RecordShape, Words } from '../../core/shapes';
import {
  anyOf,
  choice,
  constant,
  flag,
  forms,
  kubernetesObject,
  mapOf,
  record,
  text,
} from '../../core/shapes';
import type { Mount } from './mount';

export type { ClaimSpec };

/** How a volume appears in a container. */
export interface MountOptions {
  /** Whether the volume is read-only. @default false */
  readonly readOnly?: boolean;
  /** Folder of the volume that is mounted instead of its root. @default the root */
  readonly subPath?: string;
  /** Name of the volume; containers of one pod that use the same name share it. @default one that is free */
  readonly name?: string;
  /** Whether later mounts are visible here or on the node. @default 'None', set by the API server */
  readonly mountPropagation?: 'None' | 'HostToContainer' | 'Bidirectional';
}

/** An empty folder that lives as long as the pod. */
export interface TemporaryStorage extends MountOptions {
  /** `true` for the node's disk, `'memory'` for memory, which counts towards the container's limit. */
  readonly temporary: true | 'memory';
  /** Most that it may hold, a quantity such as `1Gi`. @default not limited */
  readonly size?: string;
}

/** A volume by its claim. */
export interface ClaimedStorage extends MountOptions {
  /** The claim, by name or reference. */
  readonly claim: string | Reference<'PersistentVolumeClaim'>;
}

/** A volume for each pod, deleted with it. */
export interface EphemeralStorage extends MountOptions {
  /** Size, a quantity such as `10Gi`. */
  readonly ephemeral: string;
  /**
   * Storage class, by a word of the profile's `storageClasses`, by name or by reference; `''` for none.
   * @default the first of the profile's storage classes, else the cluster's default class
   */
  readonly storageClass?: string | Reference<'StorageClass'>;
}

/** A folder or file of the node. */
export interface HostStorage extends MountOptions {
  /** Path on the node. */
  readonly hostPath: string;
  /** What must exist there: `Directory`, `DirectoryOrCreate`, `File`, `Socket` … @default not checked */
  readonly type?: string;
}

/** Any other volume source of core/v1: `{ volume: { nfs: { server, path } } }`. */
export interface OtherStorage extends MountOptions {
  /** The source. */
  readonly volume: VolumeSource;
}

/** A volume that another container of the pod names, or a volume of the replica. */
export interface SharedStorage extends Omit<MountOptions, 'name'> {
  /** Name of the volume. */
  readonly shared: string;
}

/** A volume of a container. */
export type Storage =
  | TemporaryStorage
  | ClaimedStorage
  | EphemeralStorage
  | HostStorage
  | OtherStorage
  | SharedStorage
  | Reference<'PersistentVolumeClaim'>;

export const MOUNT_SHAPES: Shapes<MountOptions> = {
  readOnly: flag,
  subPath: text,
  name: text,
  mountPropagation: choice(['None', 'HostToContainer', 'Bidirectional']),
};
const { name: _, ...UNNAMED } = MOUNT_SHAPES;

/** The props of each form of storage, by the prop that it is known by. */
export const STORAGE_FORMS: Readonly<Record<string, RecordShape<Described>>> = {
  temporary: record<TemporaryStorage>({
    ...MOUNT_SHAPES,
    temporary: anyOf<true | 'memory'>([constant(true), choice(['memory'])]),
    size: SIZE,
  }),
  claim: record<ClaimedStorage>({ ...MOUNT_SHAPES, claim: nameOrReference<'PersistentVolumeClaim'>() }),
  ephemeral: record<EphemeralStorage>({
    ...MOUNT_SHAPES,
    ephemeral: SIZE,
    storageClass: nameOrReference<'StorageClass'>(),
  }),
  hostPath: record<HostStorage>({ ...MOUNT_SHAPES, hostPath: text, type: text }),
  volume: record<OtherStorage>({ ...MOUNT_SHAPES, volume: kubernetesObject }),
  shared: record<SharedStorage>({ ...UNNAMED, shared: text }),
};

/** What takes the place of Kubernetes' words for the sources of volumes. */
export const STORAGE_WORDS: Words = {
  emptyDir: '`{ temporary: true }`',
  persistentVolumeClaim: '`{ claim }`',
  configMap: 'the prop `files`',
  secret: 'the prop `files`',
  projected: 'the prop `files`',
  nfs: '`{ volume: { nfs: … } }`',
  csi: '`{ volume: { csi: … } }`',
};

const FORMS = forms(STORAGE_FORMS, STORAGE_WORDS);

export const STORAGE = mapOf(
  anyOf<Storage>([FORMS, referenceTo<'PersistentVolumeClaim'>()], {
    expected: FORMS.expected,
    hint: 'Only a StatefulService takes a size alone.',
  }),
  "{ '/data': { claim: 'data' } }",
);

/** The mount at `mountPath`, and its volume among `volumes`. */
export function renderStorage(
  mountPath: string,
  storage: Storage,
  volumes: Volumes,
  report: Reporter,
): Mount {
  if (isReference(storage)) return renderStorage(mountPath, { claim: storage }, volumes, report);
  return {
    name: nameVolume(mountPath, storage, volumes, report),
    mountPath,
    ...renderMountOptions(storage),
  };
}

function nameVolume(mountPath: string, storage: Described, volumes: Volumes, report: Reporter): string {
  if ('shared' in storage) return volumes.shared(storage.shared, report);
  const source = renderSource(storage, volumes.classOf, report);
  const { name } = storage;
  return name === undefined
    ? volumes.nameFor(wantedName(mountPath, storage), source)
    : volumes.named(name, source, report);
}

/** The options of a mount, apart from its name and path. */
export function renderMountOptions(options: MountOptions): MountOptions {
  const { readOnly, subPath, mountPropagation } = options;
  return {
    ...optional('readOnly', readOnly),
    ...optional('subPath', subPath),
    ...optional('mountPropagation', mountPropagation),
  };
}

/** Storage, apart from references. */
type Described = Exclude<Storage, Reference<'PersistentVolumeClaim'>>;

function renderSource(
  storage: Exclude<Described, SharedStorage>,
  classOf: ClassOf,
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
    checkStorageClass(storage.storageClass, report);
    const claimed = { size: storage.ephemeral, ...optional('storageClass', storage.storageClass) };
    const spec = renderClaimSpec(claimed, classOf);
    return { ephemeral: { volumeClaimTemplate: { spec } } };
  }
  if ('hostPath' in storage) {
    oneOfKnown(storage.type, HOST_PATH_TYPES, 'type', report);
    const { hostPath: path } = storage;
    if (!path.startsWith('/') || path.split('/').includes('..'))
      report({
        code: 'INVALID_PROP',
        path: 'hostPath',
        message: `Invalid value: "${path}": must be an absolute path without ".."`,
      });
    return { hostPath: { path: storage.hostPath, ...optional('type', storage.type) } };
  }
  return storage.volume;
}

function claimName(claim: ClaimedStorage['claim'], report: Reporter): string {
  if (typeof claim === 'string') {
    checkName(claim, 'claim', report);
    return claim;
  }
  const { kind, name, volumeMode } = claim as Reference & Pick<ClaimSpec, 'volumeMode'>;
  if (kind !== 'PersistentVolumeClaim') {
    const hint = 'ConfigMaps and Secrets go under `files`.';
    report({
      code: 'INVALID_PROP',
      message: `expected a PersistentVolumeClaim, got ${kind} "${name}"`,
      hint,
    });
  }
  if (volumeMode === 'Block') {
    const hint = 'Add the device to `volumeDevices` by an override.';
    report({
      code: 'INVALID_PROP',
      message: `PersistentVolumeClaim "${name}" is a block device and cannot be mounted`,
      hint,
    });
  }
  return name;
}

function wantedName(mountPath: string, storage: Described): string {
  if ('claim' in storage) return typeof storage.claim === 'string' ? storage.claim : storage.claim.name;
  return mountPath.split('/').filter(Boolean).pop() ?? 'root';
}
