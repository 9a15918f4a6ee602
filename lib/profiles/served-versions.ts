import { knownKind, releaseOf, type Channel } from '../kube/custom/catalog';

/**
 * The versions in which a release of well-known software serves one of its kinds, the best first: `v1` of an
 * ExternalSecret from 0.16 on, and `v1beta1` up to there. None where the release lacks the kind.
 *
 * @param release that of the cluster's profile; the newest that is known without one
 * @param channel of the Gateway API
 */
export function servedVersions(
  group: string,
  kind: string,
  release?: string,
  channel?: Channel,
): readonly string[] {
  const known = knownKind(group, kind, channel);
  const installed = release === undefined ? known?.releases.at(-1) : known && releaseOf(known, release);
  return [...(installed?.versions ?? [])]
    .filter(([, { served }]) => served)
    .map(([name]) => name)
    .sort(byStability);
}

/** `v1` before `v1beta1`, before `v1alpha3`. */
function byStability(a: string, b: string): number {
  return rank(a) - rank(b) || (a < b ? 1 : -1);
}

function rank(version: string): number {
  return version.includes('alpha') ? 2 : version.includes('beta') ? 1 : 0;
}
