import { nearestRelease, type KubernetesRelease } from '../../kube/schema';
import type { Context } from '../terminal/context';

/** The nearest release that is known to the version of a cluster, as `nearestRelease`; says so where it is another. */
export function releaseFor(version: string, { terminal }: Context): KubernetesRelease {
  const nearest = nearestRelease(version);
  if (!new RegExp(`^v?${nearest.replace('.', '\\.')}(?!\\d)`).test(version))
    terminal.say(
      `The cluster runs Kubernetes ${version || 'of an unknown version'}: judged as ${nearest}, the nearest that is known.`,
    );
  return nearest;
}
