import type { Severity } from '../check/finding';
import type { KubernetesRelease } from '../kube/schema';
import type { ObjectId, Origin } from '../manifest/manifest';

/** What a release may change for an object, the worst first. */
export const CHANGE_KINDS = [
  'removed',
  'refused',
  'dropped',
  'behaves',
  'keeps',
  'defaulted',
  'warned',
  'accepted',
] as const;

/**
 * What a release changes for an object: `removed` its API version, `refused` a field, `dropped` one in silence, `behaves`
 * otherwise under the same manifest, `keeps` a field that was dropped before, `defaulted` a field otherwise, `warned` of it,
 * or `accepted` what was refused before.
 */
export type UpgradeChangeKind = (typeof CHANGE_KINDS)[number];

/** One thing that a release changes for one object. */
export interface UpgradeChange {
  /** The first release that does so. */
  readonly kubernetes: KubernetesRelease;
  readonly kind: UpgradeChangeKind;
  /** `error` where the object then does not work. */
  readonly severity: Severity;
  /** The path of the field as the API server writes it; empty for the whole object. */
  readonly path: string;
  readonly message: string;
  /** What to write instead, if known. */
  readonly hint?: string;
  /** Where the change is written down, for `behaves`: a page, or a file of Kubernetes. */
  readonly source?: string;
}

/** What a release makes of an object: it is served and accepted as a whole, in part, or not; or nothing is known. */
export type UpgradeVerdict = 'ok' | 'warned' | 'dropped' | 'refused' | 'removed' | 'unknown';

/** An object on its way through the releases. */
export interface UpgradedObject {
  readonly id: ObjectId;
  readonly origin?: Origin;
  /** By release, the one to start from included. */
  readonly verdicts: ReadonlyMap<KubernetesRelease, UpgradeVerdict>;
  /** The first judged release that accepts it; absent if none does. */
  readonly first?: KubernetesRelease;
  /** The last judged release that accepts it; absent if none does. */
  readonly last?: KubernetesRelease;
  /** What is wrong with it on the release to start from, before any upgrade. */
  readonly already: readonly UpgradeChange[];
  /** What changes on the way, in the order of the releases. */
  readonly changes: readonly UpgradeChange[];
}

/** What nodes that are not upgraded yet allow. */
export interface SkewNote {
  readonly kubernetes: KubernetesRelease;
  readonly message: string;
}

/** The way of one cluster. */
export interface UpgradedCluster {
  /** Nothing where the objects name no environment. */
  readonly environment?: string;
  /** From the release of the cluster to the one asked for. */
  readonly releases: readonly KubernetesRelease[];
  readonly objects: readonly UpgradedObject[];
  /** Where nodes are too old for the control plane. */
  readonly skew: readonly SkewNote[];
}

/** The rehearsal of an upgrade. */
export interface Upgrade {
  readonly clusters: readonly UpgradedCluster[];
}
