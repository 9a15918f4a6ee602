import { kindTable, type KindFacts } from './kind-table';
import { isBefore, type KubernetesRelease } from './release';

/** The stability of an API version, which is part of its name. */
export type Stability = 'stable' | 'beta' | 'alpha';

/** One kind in one API version. */
export interface KindVersion {
  readonly apiVersion: string;
  readonly kind: string;
}

/** `v1`, `v2beta3`: major version, stability, and the number of the alpha or beta. */
const VERSION = /^v(\d+)(?:(alpha|beta)(\d+))?$/;
const STABILITIES: readonly Stability[] = ['alpha', 'beta', 'stable'];

/** Whether an API server of `release` can serve a kind. */
export function isServed(release: KubernetesRelease, facts: KindFacts): boolean {
  if (facts.since !== undefined && isBefore(release, facts.since)) return false;
  return facts.removed === undefined || isBefore(release, facts.removed);
}

/**
 * Whether a server serves a kind of `apiVersion` by default: stable versions, and the few beta versions that are older
 * than 1.24; newer ones must be enabled with `--runtime-config`.
 */
export function isServedByDefault(apiVersion: string, facts: KindFacts): boolean {
  return stabilityOf(apiVersion) === 'stable' || facts.legacyBeta === true;
}

export function stabilityOf(apiVersion: string): Stability {
  return STABILITIES[priority(apiVersion)[0]] ?? 'stable';
}

/** Every kind that `release` can serve, by API version and kind. */
export function kinds(release: KubernetesRelease): KindVersion[] {
  return [...kindTable].flatMap(([apiVersion, byKind]) =>
    [...byKind].filter(([, facts]) => isServed(release, facts)).map(([kind]) => ({ apiVersion, kind })),
  );
}

/**
 * The API versions in which `release` can serve a kind of `group` (`''` for the core group), best first: versions
 * served by default first, then stable before beta before alpha, then the newest first.
 */
export function servedVersions(release: KubernetesRelease, group: string, kind: string): string[] {
  const versions: { apiVersion: string; rank: number[] }[] = [];
  for (const [apiVersion, byKind] of kindTable) {
    const facts = byKind.get(kind);
    if (facts === undefined || groupOf(apiVersion) !== group || !isServed(release, facts)) continue;
    const rank = [isServedByDefault(apiVersion, facts) ? 1 : 0, ...priority(apiVersion)];
    versions.push({ apiVersion, rank });
  }
  return versions.sort((a, b) => compare(b.rank, a.rank)).map(({ apiVersion }) => apiVersion);
}

/** API group of an `apiVersion`; the core group is `''`. */
export function groupOf(apiVersion: string): string {
  return apiVersion.slice(0, Math.max(0, apiVersion.indexOf('/')));
}

/** The order of two versions of a group, such as `v1` and `v2beta1`: positive if `a` is preferred. */
export function compareVersions(a: string, b: string): number {
  return compare(priority(a), priority(b));
}

/**
 * The sort key of an API version in Kubernetes, highest for the preferred one: stability, major version, then the
 * number of the alpha or beta.
 *
 * @source k8s.io/apimachinery pkg/version/helpers.go CompareKubeAwareVersionStrings 1.36
 */
function priority(apiVersion: string): [stability: number, major: number, attempt: number] {
  const [, major, stability, attempt] = VERSION.exec(apiVersion.slice(apiVersion.indexOf('/') + 1)) ?? [];
  const rank = stability === undefined ? STABILITIES.length - 1 : STABILITIES.indexOf(stability as Stability);
  return [rank, Number(major ?? 0), Number(attempt ?? 0)];
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [index, value] of a.entries()) {
    const difference = value - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
