import { oneOf, SeaworthyError } from '../errors';
import { atLeast } from '../kube/at-least';
import { latestRelease, release, releases, type KubernetesRelease } from '../kube/schema';
import type { SkewNote } from './result';

/**
 * The releases of an upgrade, one after the other, both ends included: control planes cannot skip one.
 *
 * @param from where the cluster is; the newest release by default
 * @throws SeaworthyError UNKNOWN_KUBERNETES; INVALID_UPGRADE for a range backwards, or without a beginning
 */
export function releasesBetween(
  from: string | undefined,
  to: string | undefined,
  place: string,
): readonly KubernetesRelease[] {
  const last = to === undefined ? latestRelease : release(to);
  if (from === undefined)
    throw new SeaworthyError({
      code: 'INVALID_UPGRADE',
      path: 'from',
      message: `Required value: nothing says which release ${place} has`,
      hint: `Set --from, or \`kubernetes\` in the profile of the cluster: one of ${oneOf(releases)}.`,
    });
  const first = release(from);
  if (!atLeast(last, first))
    throw new SeaworthyError({
      code: 'INVALID_UPGRADE',
      path: 'to',
      message: `Invalid value: "${last}": it is before ${first}, the release of ${place}`,
      hint: 'Clusters are not downgraded. Exchange --from and --to.',
    });
  return releases.slice(releases.indexOf(first), releases.indexOf(last) + 1);
}

/** Since 1.28, nodes may be three minor releases behind the API server, before that two. */
function oldestNodes(kubernetes: KubernetesRelease): number {
  return minorOf(kubernetes) - (atLeast(kubernetes, '1.28') ? 3 : 2);
}

function minorOf(kubernetes: string): number {
  return Number(kubernetes.slice(kubernetes.indexOf('.') + 1));
}

const SKEW_POLICY = 'https://kubernetes.io/releases/version-skew-policy/';

/**
 * What nodes of a release allow, if they stay as they are: they are never newer than the API server, and not too old.
 */
export function skewOf(nodes: string | undefined, path: readonly KubernetesRelease[]): SkewNote[] {
  if (nodes === undefined) return [];
  const own = minorOf(release(nodes));
  const newer = path.filter((kubernetes) => minorOf(kubernetes) < own);
  const older = path.filter((kubernetes) => own < oldestNodes(kubernetes));
  return [
    ...newer.map((kubernetes) => ({
      kubernetes,
      message: `nodes of ${nodes} are newer than the API server, which is not supported`,
      source: SKEW_POLICY,
    })),
    ...older.map((kubernetes) => ({
      kubernetes,
      message: `nodes of ${nodes} are too old: upgrade them to 1.${oldestNodes(kubernetes)} or later before the control plane`,
      source: SKEW_POLICY,
    })),
  ];
}
