import { knownKind, releaseOf, type Channel } from '../kube/custom/catalog';
import { software } from '../kube/custom/software';
import type { JsonSchema } from '../kube/custom/version';
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

/** The first release of each channel that has something. */
export type GatewaySince = Readonly<Partial<Record<(typeof CHANNELS)[number], string>>>;

/** A field of a kind of the Gateway API, without the lists on the way: `['spec', 'rules', 'timeouts']`. */
export interface GatewayField {
  readonly kind: string;
  readonly path?: readonly string[];
  /** A value of the field, which may be newer than it. */
  readonly value?: unknown;
}

/** Whether a cluster has a kind of the Gateway API, a field of it, or a value of a field. */
export function gatewayHas(
  gatewayApi: GatewayApi | undefined,
  { kind, path = [], value }: GatewayField,
): boolean {
  const [best] = gatewayVersions(gatewayApi, kind);
  const { version = software['gateway-api'].releases.at(-1) ?? '', channel } = gatewayApi ?? {};
  const known = best === undefined ? undefined : knownKind(GROUP, kind, channel);
  const schema = known && releaseOf(known, version)?.versions.get(best ?? '')?.schema;
  if (schema === undefined) return false;
  let at: JsonSchema | undefined = schema;
  for (const name of path) at = below(at, name);
  const values = at?.['enum'];
  return at !== undefined && (value === undefined || !Array.isArray(values) || values.includes(value));
}

/** The first releases that have it, by channel; empty where none has. */
export function gatewaySince(field: GatewayField): GatewaySince {
  return Object.fromEntries(
    CHANNELS.flatMap((channel) => {
      const first = software['gateway-api'].releases.find((version) =>
        gatewayHas({ version, channel }, field),
      );
      return first === undefined ? [] : [[channel, first]];
    }),
  );
}

function below(schema: JsonSchema | undefined, name: string): JsonSchema | undefined {
  const object = (schema?.['items'] ?? schema) as JsonSchema | undefined;
  return (object?.['properties'] as Readonly<Record<string, JsonSchema>> | undefined)?.[name];
}
