import { oneOf, SeaworthyError } from '../../errors';
import { comesBefore } from '../stretch';
import { releases } from './releases';

export { releases };

/** A minor release of Kubernetes. Its patch releases do not change the API. */
export type KubernetesRelease = (typeof releases)[number];

export const latestRelease: KubernetesRelease = releases[releases.length - 1] ?? releases[0];

/** The ways to write a release: `1.31`, `v1.31`, `1.31.4`, `v1.31.4-gke.100`, `1.31+`. */
const VERSION = /^v?(\d{1,3}\.\d{1,3})(?:$|[.+-])/;

/**
 * The release that `value` names, with or without a leading `v`, a patch number and a provider's suffix. Throws
 * UNKNOWN_KUBERNETES when it is not one of `releases`.
 */
export function release(value: string): KubernetesRelease {
  // The type is not checked where there is no compiler; JavaScript also takes the number 1.31.
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  const minor = text === undefined ? undefined : VERSION.exec(text)?.[1];
  const known = releases.find((candidate) => candidate === minor);
  if (known !== undefined) return known;
  throw new SeaworthyError({
    code: 'UNKNOWN_KUBERNETES',
    message: `${text === undefined ? `a value of type ${typeof value}` : JSON.stringify(text)} is not a Kubernetes release that Seaworthy knows.`,
    hint: `Expected one of ${oneOf(releases)}.`,
  });
}

/**
 * The release of a cluster, by the version that it names; of one that is not known, the nearest that is.
 *
 * @param version as the server writes it: `v1.36.3`, `v1.31.4-gke.100`; empty if it does not tell
 */
export function nearestRelease(version: string): KubernetesRelease {
  const minor = VERSION.exec(version)?.[1];
  const known = releases.find((candidate) => candidate === minor);
  return known ?? (minor !== undefined && isBefore(minor, releases[0]) ? releases[0] : latestRelease);
}

/**
 * Whether `a` comes before `b`. Both are minor releases, and either may be outside `releases`: kinds were added and
 * removed before 1.27, and removals are announced years ahead.
 */
export function isBefore(a: string, b: string): boolean {
  return comesBefore(a, b);
}
