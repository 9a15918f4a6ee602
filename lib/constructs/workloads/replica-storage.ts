import { dnsLabel, shorten } from '../../kube/names';
import { storageClassOf } from '../core/environment';
import { checkAnnotations, checkLabels } from '../core/metadata';
import type { Reporter } from '../core/problems';
import { below } from '../core/problems';
import { optional } from '../core/props';
import { referenceTo } from '../core/reference';
import { anyOf, ENTRIES, flag, forms, mapOf, record, text } from '../core/shapes';
import type { Peer } from '../network/peer';
import type { ClaimSpec } from '../storage/claim';
import { checkClaim, CLAIM_SHAPES, CLAIM_WORDS, renderClaimSpec } from '../storage/claim';
import type { MountOptions, Storage } from './container/storage';
import { MOUNT_SHAPES, STORAGE_FORMS, STORAGE_WORDS } from './container/storage';

/** A volume for each replica, which outlives its pods: a size such as `20Gi`, or in detail. */
export type ReplicaStorage = string | ReplicaVolume;

/** A volume for each replica, in detail. */
export interface ReplicaVolume extends Omit<ClaimSpec, 'volumeMode'>, MountOptions {
  /** Labels of the claims. @default the selector's */
  readonly labels?: Readonly<Record<string, string>>;
  /** Annotations of the claims. @default none */
  readonly annotations?: Readonly<Record<string, string>>;
  /**
   * Whether the claims stay when the workload is deleted or has fewer replicas; `false` deletes them, with their data, in both
   * cases. All volumes of a workload have to say the same. @default true, set by the API server
   */
  readonly keep?: boolean | VolumeRetention;
}

/** When the claims of replicas stay (Kubernetes 1.27 and later). */
export interface VolumeRetention {
  /** Whether they stay when the workload is deleted. @default true */
  readonly whenDeleted?: boolean;
  /** Whether they stay when there are fewer replicas. @default true */
  readonly whenScaled?: boolean;
}

const { volumeMode: _, ...CLAIM } = CLAIM_SHAPES;

const VOLUME = record<ReplicaVolume>(
  {
    ...CLAIM,
    ...MOUNT_SHAPES,
    labels: ENTRIES,
    annotations: ENTRIES,
    keep: anyOf<boolean | VolumeRetention>([
      flag,
      record<VolumeRetention>({ whenDeleted: flag, whenScaled: flag }),
    ]),
  },
  { words: CLAIM_WORDS },
);

export const REPLICA_STORAGE = mapOf(
  anyOf<Storage | ReplicaStorage>([
    text,
    // A temporary volume has a size as well.
    forms<Storage | ReplicaVolume>({ ...STORAGE_FORMS, size: VOLUME }, STORAGE_WORDS),
    referenceTo<'PersistentVolumeClaim'>(),
  ]),
  "{ '/data': '20Gi' }",
);

/** A volume of the replicas. */
interface NamedVolume {
  /** Where it appears. */
  readonly path: string;
  readonly name: string;
  readonly claim: ReplicaVolume;
}

/** The volumes of a replica, by the path where they appear. */
export function volumesOf(
  storage: Readonly<Record<string, Storage | ReplicaStorage>> = {},
): readonly NamedVolume[] {
  return Object.entries(storage).flatMap(([path, each]) => {
    if (!isReplicaStorage(each)) return [];
    const claim = typeof each === 'string' ? { size: each } : each;
    return [{ path, name: claimName(path, each), claim }];
  });
}

/** `volumeClaimTemplates` of a StatefulSet. */
export function renderClaims(
  workload: Peer,
  volumes: readonly NamedVolume[],
  report: Reporter,
): readonly object[] {
  const names = new Set<string>();
  return volumes.map(({ path, name, claim }) => {
    const reportBelow = below(`storage.${path}`, report);
    checkClaim(claim, reportBelow);
    checkLabels(claim.labels, 'labels', reportBelow);
    checkAnnotations(claim.annotations, 'annotations', reportBelow);
    const wrong = dnsLabel(name);
    if (wrong !== undefined)
      reportBelow({ code: 'INVALID_NAME', path: 'name', message: `Invalid value: "${name}": ${wrong}` });
    if (names.has(name)) {
      const hint = 'Set another `name` for one of them.';
      const message = `Duplicate value: "${name}": another volume has this name`;
      reportBelow({ code: 'DUPLICATE_NAME', message, hint });
    }
    names.add(name);
    const metadata = {
      name,
      labels: { ...workload.matchLabels, ...claim.labels },
      ...optional('annotations', claim.annotations),
    };
    return { metadata, spec: renderClaimSpec(claim, (word) => storageClassOf(workload, word)) };
  });
}

/**
 * `persistentVolumeClaimRetentionPolicy` of a StatefulSet, where a volume says something. It has one policy for all of its
 * claims, so that its volumes have to agree.
 */
export function renderRetention(volumes: readonly NamedVolume[], report: Reporter): object | undefined {
  const [first] = volumes;
  if (first === undefined || volumes.every(({ claim }) => claim.keep === undefined)) return undefined;
  const policy = retentionOf(first.claim.keep);
  const other = volumes.find(
    ({ claim }) => JSON.stringify(retentionOf(claim.keep)) !== JSON.stringify(policy),
  );
  if (other !== undefined)
    report({
      code: 'INVALID_PROP',
      path: `storage.${other.path}.keep`,
      message: `Invalid value: a StatefulSet keeps all of its claims or none, and ${first.path} says otherwise`,
      hint: 'Set the same `keep` for each volume.',
    });
  return policy;
}

export function isReplicaStorage(storage: Storage | ReplicaStorage): storage is ReplicaStorage {
  return typeof storage === 'string' || ('size' in storage && !('temporary' in storage));
}

/** What becomes of claims, in the words of the StatefulSet. */
function retentionOf(keep: ReplicaVolume['keep'] = true): object {
  const { whenDeleted = true, whenScaled = true } =
    typeof keep === 'object' ? keep : { whenDeleted: keep, whenScaled: keep };
  const word = (stays: boolean): string => (stays ? 'Retain' : 'Delete');
  return { whenDeleted: word(whenDeleted), whenScaled: word(whenScaled) };
}

/** Claims are called `<name>-<replica>` in the cluster and never renamed: the name follows from the path alone. */
export function claimName(path: string, storage: ReplicaStorage): string {
  const named = typeof storage === 'string' ? undefined : storage.name;
  return named ?? shorten([path.split('/').filter(Boolean).pop() ?? 'data'], 40);
}
