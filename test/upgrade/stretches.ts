import { admissionOf, type Examined } from '../../lib/check/admit-set';
import { Cluster } from '../../lib/graph/cluster';
import { clustersOf } from '../../lib/graph/clusters';
import { releases, type KubernetesRelease } from '../../lib/kube/schema';
import { isWithin, withStretch, type Stretch } from '../../lib/kube/stretch';
import type { ManifestSet } from '../../lib/manifest/set';

/** What a release makes of an object, and where that is said to hold. */
interface Verdict {
  readonly kubernetes: KubernetesRelease;
  readonly stretch: Stretch;
  readonly text: string;
}

/** Judges the objects of a set on each release as the rehearsal does on its first. */
function verdictsOf(set: ManifestSet): readonly Verdict[][] {
  const [cluster] = clustersOf(set, {});
  if (cluster === undefined) return [];
  const byRelease = releases.map((kubernetes) => {
    const { profile, environment, assumed: assume } = cluster;
    const found: Verdict[] = [];
    admissionOf(new Cluster(cluster.set, profile, { assume, kubernetes, environment }), {
      warnings: true,
      dropped: true,
      examined: (_, examine) => {
        const { value, stretch } = withStretch(kubernetes, examine);
        found.push({ kubernetes, stretch, text: textOf(value) });
        return value;
      },
    });
    return found;
  });
  return [...cluster.set].map((_, index) => byRelease.flatMap((verdicts) => verdicts[index] ?? []));
}

/** All that is said of an object, but for the release that messages name. */
function textOf({ judgement, findings }: Examined): string {
  return JSON.stringify({ ...judgement, findings }, (_, value: unknown) =>
    typeof value === 'bigint'
      ? `${value}n`
      : typeof value === 'string'
        ? value.replaceAll(/\b(Kubernetes|from|to) 1\.\d\d\b/g, '$1 RELEASE')
        : value,
  );
}

/** Each release whose verdict is said to hold for another one that answers otherwise. */
export function wrongStretches(set: ManifestSet): string[] {
  const { manifests } = set;
  return verdictsOf(set).flatMap((verdicts, index) =>
    verdicts.flatMap((one) =>
      verdicts
        .filter((other) => isWithin(other.kubernetes, one.stretch) && other.text !== one.text)
        .map(
          (other) =>
            `${JSON.stringify(manifests[index]?.object)}: ${one.kubernetes} ${one.text}, ${other.kubernetes} ${other.text}`,
        ),
    ),
  );
}

/** How often the rehearsal over all releases examines each object. */
export function examinationsOf(set: ManifestSet): number[] {
  return verdictsOf(set).map((verdicts) => {
    let count = 0;
    let held: Stretch | undefined;
    for (const { kubernetes, stretch } of verdicts) {
      if (held !== undefined && isWithin(kubernetes, held)) continue;
      held = stretch;
      count++;
    }
    return count;
  });
}
