import { latestRelease, releases, type KubernetesRelease } from '../../kube/schema';
import type { Context } from '../terminal/context';

/**
 * The release of a cluster, by the version that it names. For one that is not known, the nearest that is, which is said.
 *
 * @param version as the server writes it: `v1.36.3`, `v1.31.4-gke.100`; empty if it does not tell
 */
export function releaseFor(version: string, { terminal }: Context): KubernetesRelease {
  const [, minor] = /^v?1\.(\d+)/.exec(version) ?? [];
  const known = releases.find((each) => each === `1.${minor}`);
  if (known !== undefined) return known;
  const [oldest] = releases;
  const isOld = minor !== undefined && Number(minor) < Number(oldest.slice(2));
  const nearest = isOld ? oldest : latestRelease;
  terminal.say(
    `The cluster runs Kubernetes ${version || 'of an unknown version'}: judged as ${nearest}, the nearest that is known.`,
  );
  return nearest;
}
