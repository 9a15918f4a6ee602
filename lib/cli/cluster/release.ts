import { latestRelease, releases, type KubernetesRelease } from '../../kube/schema';
import type { Context } from '../terminal/context';

/**
 * The release of a cluster, by the version that it names; of one that is not known, the nearest that is.
 *
 * @param version as the server writes it: `v1.36.3`, `v1.31.4-gke.100`; empty if it does not tell
 */
export function nearestRelease(version: string): KubernetesRelease {
  const known = releases.find((each) => each === minorOf(version));
  if (known !== undefined) return known;
  const [oldest] = releases;
  const minor = minorOf(version)?.slice(2);
  return minor !== undefined && Number(minor) < Number(oldest.slice(2)) ? oldest : latestRelease;
}

/** The same, and says so where the release is not known. */
export function releaseFor(version: string, { terminal }: Context): KubernetesRelease {
  const nearest = nearestRelease(version);
  if (nearest !== minorOf(version))
    terminal.say(
      `The cluster runs Kubernetes ${version || 'of an unknown version'}: judged as ${nearest}, the nearest that is known.`,
    );
  return nearest;
}

function minorOf(version: string): string | undefined {
  const [, minor] = /^v?1\.(\d+)/.exec(version) ?? [];
  return minor === undefined ? undefined : `1.${minor}`;
}
