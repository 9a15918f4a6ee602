import type { Manifest } from '../../manifest/manifest';
import { ManifestSet } from '../../manifest/set';
import { plan } from '../../plan/plan';
import type { PlanPart, PlanReport } from '../../report/plan/report';
import type { Comparison } from './side';

/**
 * Plans each cluster by itself.
 *
 * @param kubernetes the release of all clusters, before what is known of each
 * @throws SeaworthyError UNKNOWN_KUBERNETES, DUPLICATE_IDENTITY
 */
export function planParts(
  { before, after, kubernetes: releases }: Comparison,
  mode: PlanReport['mode'],
  kubernetes: string | undefined,
): PlanPart[] {
  const places = new Set([...after.places.keys(), ...before.places.keys()]);
  return [...places].map((place) => {
    const [old, now] = [before, after].map((side) => setOf(side.places.get(place) ?? [])) as [
      ManifestSet,
      ManifestSet,
    ];
    const release = kubernetes ?? releases.get(place);
    const { changes } = plan(old, now, release === undefined ? {} : { kubernetes: release });
    // Of two that are both there, neither takes the place of the other.
    const shown = mode === 'change' ? changes : changes.map((change) => ({ ...change, consequences: [] }));
    return { place, changes: shown };
  });
}

/** One cluster's objects; which environment they are for is told by their place. */
function setOf(manifests: readonly Manifest[]): ManifestSet {
  return ManifestSet.from(
    manifests.map((manifest) => {
      if (manifest.origin?.environment === undefined) return manifest;
      const { environment: _, ...origin } = manifest.origin;
      return { ...manifest, origin };
    }),
  );
}
