import type { Reporter } from '../core/problems';
import { optional } from '../core/props';
import type { Shapes } from '../core/shape';
import { ENTRIES, flag, list, record, text } from '../core/shapes';

/** A volume that a CSI driver knows. */
export interface CsiVolume {
  /** Name of the driver: `efs.csi.aws.com`. */
  readonly driver: string;
  /** What the driver calls the volume. */
  readonly handle: string;
  /** File system: `ext4`. @default the driver's */
  readonly fsType?: string;
  /** Attributes of the volume, in the words of the driver. @default none */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Whether it is read-only. @default false */
  readonly readOnly?: boolean;
}

/** A folder of an NFS server. */
export interface NfsVolume {
  /** Host name or address. */
  readonly server: string;
  /** Path of the folder. */
  readonly path: string;
  /** Whether it is read-only. @default false */
  readonly readOnly?: boolean;
}

/** Where a volume is: exactly one of these. */
export interface VolumeMedium {
  /** A volume of a CSI driver. @default none */
  readonly csi?: CsiVolume;
  /** A folder of an NFS server. @default none */
  readonly nfs?: NfsVolume;
  /** A disk or folder of a node, by its path; `nodes` says of which. @default none */
  readonly local?: string;
  /** A folder of whichever node a pod runs on, for tests on a single node. @default none */
  readonly hostPath?: string;
}

/** The nodes that reach a volume. */
export interface NodeSelection {
  /** Host names of the nodes that have it. @default any node */
  readonly nodes?: readonly string[];
  /** Zones from which it is reached. @default any zone */
  readonly zones?: readonly string[];
}

export const MEDIUM_SHAPES: Shapes<VolumeMedium & NodeSelection> = {
  csi: record<CsiVolume>({ driver: text, handle: text, fsType: text, attributes: ENTRIES, readOnly: flag }),
  nfs: record<NfsVolume>({ server: text, path: text, readOnly: flag }),
  local: text,
  hostPath: text,
  nodes: list(text),
  zones: list(text),
};

/** Source: ValidatePersistentVolumeSpec and validateLocalVolumeSource of core/v1. */
export function checkMedium(props: VolumeMedium & NodeSelection, report: Reporter): void {
  const { csi, nfs, local, hostPath, nodes, zones } = props;
  const given = [csi, nfs, local, hostPath].filter((each) => each !== undefined);
  if (given.length !== 1)
    report({
      code: given.length === 0 ? 'MISSING_PROP' : 'INVALID_PROP',
      message: 'exactly one of csi, nfs, local and hostPath is required',
    });
  checkGiven(csi, ['driver', 'handle'], 'csi', report);
  checkGiven(nfs, ['server', 'path'], 'nfs', report);
  for (const [path, value] of Object.entries({ local, hostPath, 'nfs.path': nfs?.path }))
    if (value !== undefined && (!value.startsWith('/') || value.split('/').includes('..')))
      report({
        code: 'INVALID_PROP',
        path,
        message: `Invalid value: "${value}": must be an absolute path without ".."`,
      });
  if (local !== undefined && (nodes ?? zones ?? []).length === 0)
    report({
      code: 'MISSING_PROP',
      path: 'nodes',
      message: 'Required value: a local volume is on a node',
      hint: "Set `nodes: ['node-1']`.",
    });
  for (const [path, names] of Object.entries({ nodes, zones }))
    if (names?.length === 0)
      report({
        code: 'INVALID_PROP',
        path,
        message: 'Invalid value: an empty list, so that no node reaches it',
      });
}

function checkGiven<T extends object>(
  medium: T | undefined,
  required: readonly (keyof T & string)[],
  prop: string,
  report: Reporter,
): void {
  for (const path of required)
    if (medium !== undefined && medium[path] === undefined)
      report({ code: 'MISSING_PROP', path: `${prop}.${path}`, message: `Required value: the ${path}` });
}

/** The source of a PersistentVolume. */
export function renderMedium({ csi, nfs, local, hostPath }: VolumeMedium): object {
  return {
    ...optional('csi', csi && renderCsi(csi)),
    ...optional('nfs', nfs),
    ...(local === undefined ? {} : { local: { path: local } }),
    ...(hostPath === undefined ? {} : { hostPath: { path: hostPath } }),
  };
}

function renderCsi({ driver, handle, fsType, attributes, readOnly }: CsiVolume): object {
  return {
    driver,
    volumeHandle: handle,
    ...optional('fsType', fsType),
    ...optional('volumeAttributes', attributes),
    ...optional('readOnly', readOnly),
  };
}

/** `nodeAffinity` of a PersistentVolume. */
export function renderNodes({ nodes, zones }: NodeSelection): object | undefined {
  const labels = { 'kubernetes.io/hostname': nodes, 'topology.kubernetes.io/zone': zones };
  const matchExpressions = Object.entries(labels).flatMap(([key, values]) =>
    values === undefined ? [] : [{ key, operator: 'In', values }],
  );
  return matchExpressions.length === 0
    ? undefined
    : { required: { nodeSelectorTerms: [{ matchExpressions }] } };
}
