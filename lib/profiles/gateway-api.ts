import { knownKind, releaseOf, type Channel } from '../kube/custom/catalog';
import { software } from '../kube/custom/software';

export const CHANNELS = ['standard', 'experimental'] as const satisfies readonly Channel[];

/** The Gateway API of a cluster, which is installed apart from Kubernetes, or comes with the cloud. */
export interface GatewayApi {
  /** Its release: `1.4`. @default the newest that is known */
  readonly version?: string;
  /** Its channel: the standard one lacks some kinds and fields. @default 'experimental', which has all */
  readonly channel?: (typeof CHANNELS)[number];
}

const GROUP = 'gateway.networking.k8s.io';

/**
 * The versions in which a cluster serves a kind of the Gateway API, the best first: `v1` of a TLSRoute from 1.5 on, and
 * `v1alpha2` before, in the experimental channel only. None where its release or channel lacks the kind.
 *
 * @param gatewayApi that of the cluster's profile
 * @param kind such as `TCPRoute`
 */
export function gatewayVersions(gatewayApi: GatewayApi | undefined, kind: string): readonly string[] {
  const { version = software['gateway-api'].releases.at(-1) ?? '', channel } = gatewayApi ?? {};
  const known = knownKind(GROUP, kind, channel);
  const release = known && releaseOf(known, version);
  return [...(release?.versions ?? [])]
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
