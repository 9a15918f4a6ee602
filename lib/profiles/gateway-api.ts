import type { Channel } from '../kube/custom/catalog';
import { software } from '../kube/custom/software';
import { servedVersions } from './served-versions';

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
  const { version = software['gateway-api'].releases.at(-1), channel } = gatewayApi ?? {};
  return servedVersions(GROUP, kind, version, channel);
}
