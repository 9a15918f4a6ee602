import type { Severity } from '../check/finding';
import type { KubernetesRelease } from '../kube/schema';
import type { ObjectId, Origin } from '../manifest/manifest';

/** What a release may change for an object, the worst first. */
export const CHANGE_KINDS = [
  'removed',
  'off',
  'future',
  'refused',
  'dropped',
  'behaves',
  'keeps',
  'defaulted',
  'warned',
  'accepted',
] as const;

/**
 * What a release changes for an object: `removed` its API version, which is `off` where it has to be enabled and `future` where
 * a later release begins to serve it, `refused` a field, `dropped` one in silence, `behaves`
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

/**
 * What a release makes of an object: it is accepted as a whole (`ok`, `warned`), in part (`dropped`), or `refused`; its API
 * version is `removed`, `off` unless it is enabled, or served in the `future` only; or nothing is known.
 */
export type UpgradeVerdict =
  'ok' | 'warned' | 'dropped' | 'refused' | 'removed' | 'off' | 'future' | 'unknown';

/** The verdicts on objects that the API server answers with an error. */
export const REFUSALS: ReadonlySet<UpgradeVerdict> = new Set(['refused', 'removed', 'off', 'future']);

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
  /** The page that has the rule. */
  readonly source: string;
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
