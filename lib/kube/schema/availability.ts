import { ByRelease } from '../stretch';
import { kindFacts, type KindFacts } from './kind-table';
import { isBefore, type KubernetesRelease } from './release';
import { groupOf, isServedByDefault, servedVersions, stabilityOf } from './served';
import type { KindVersion, Stability } from './served';

/** How a release supports a built-in kind. */
export type Availability = Served | Missing;

export interface Served {
  readonly status: 'served';
  readonly stability: Stability;
  /** False if it must be enabled with `--runtime-config`: alpha and most beta versions. */
  readonly byDefault: boolean;
  /** The release since which the server warns about the kind. */
  readonly deprecated?: string;
  /** The release that will no longer serve it, where Kubernetes has named one. */
  readonly removed?: string;
  /** The replacement for a deprecated kind, where this release has one. */
  readonly replacement?: KindVersion;
}

export interface Missing {
  /** Removed, or not added yet. */
  readonly status: 'removed' | 'future';
  /** The release that removed it, or the first that serves it. */
  readonly release: string;
  /** The replacement, where this release has one. */
  readonly replacement?: KindVersion;
}

/**
 * How `release` supports a kind; `undefined` for a kind that was never built in.
 *
 * Source: the paths in each release's OpenAPI document, the lifecycle that the Go types declare, and the Kubernetes
 * deprecation guide for kinds removed before 1.27.
 */
export function availability(
  release: KubernetesRelease,
  apiVersion: string,
  kind: string,
): Availability | undefined {
  const facts = kindFacts(apiVersion, kind);
  return facts && known.get(facts, release, () => availabilityOf(release, apiVersion, kind, facts));
}

/** It is asked for each object, and there are few kinds. */
const known = new ByRelease<KindFacts, Availability>();

function availabilityOf(
  release: KubernetesRelease,
  apiVersion: string,
  kind: string,
  facts: KindFacts,
): Availability {
  const { since, deprecated, removed } = facts;
  const successor = replacementOf(release, apiVersion, kind, facts);
  const replacement = successor && { replacement: successor };

  if (removed !== undefined && !isBefore(release, removed)) {
    return { status: 'removed', release: removed, ...replacement };
  }
  if (since !== undefined && isBefore(release, since)) {
    return { status: 'future', release: since, ...replacement };
  }
  return {
    status: 'served',
    stability: stabilityOf(apiVersion),
    byDefault: isServedByDefault(apiVersion, facts),
    ...(removed !== undefined && { removed }),
    ...(deprecated !== undefined && !isBefore(release, deprecated) && { deprecated, ...replacement }),
  };
}

/** The best API version that `release` serves of the kind's successor, or of the kind itself. */
function replacementOf(
  release: KubernetesRelease,
  apiVersion: string,
  kind: string,
  facts: KindFacts,
): KindVersion | undefined {
  const successor = facts.replacementKind ?? kind;
  const group = groupOf(facts.replacement ?? apiVersion);
  const [best] = servedVersions(release, group, successor);
  if (best === undefined || (best === apiVersion && successor === kind)) return undefined;
  return { apiVersion: best, kind: successor };
}
