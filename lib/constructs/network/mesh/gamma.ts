import { knownKind, releaseOf } from '../../../kube/custom/catalog';
import { software } from '../../../kube/custom/software';
import { Environment } from '../../core/environment';
import type { Reporter } from '../../core/problems';
import { optional } from '../../core/props';
import type { Peer } from '../peer';
import { weightedServices } from './backends';
import type { Calls } from './traffic-props';

/**
 * `spec` of an HTTPRoute with the Service as its parent, which is for calls within a mesh.
 *
 * Source: "Gateway API for Service Mesh" (GAMMA).
 *
 * @param hasTiming whether the timeouts and retries are fields, or annotations of the mesh
 */
export function gammaSpec(name: string, calls: Calls, hasTiming: boolean, here: string | undefined): object {
  const { port } = calls;
  return {
    parentRefs: [{ group: '', kind: 'Service', name, port: port.service ?? port.port }],
    rules: [
      {
        ...(hasTiming ? timing(calls) : {}),
        backendRefs: weightedServices(name, calls, here).map((each) => ({
          name: each.name,
          ...optional('namespace', each.namespace),
          port: each.port,
          weight: each.weight,
        })),
      },
    ],
  };
}

function timing({ timeout, retries }: Calls): object {
  const timeouts = { ...optional('request', timeout), ...optional('backendRequest', retries?.timeout) };
  return {
    ...(Object.keys(timeouts).length > 0 && { timeouts }),
    ...(retries !== undefined && { retry: { attempts: retries.attempts, codes: retries.on } }),
  };
}

/**
 * Reports retries that the Gateway API of the cluster does not have: HTTPRoutes have them in the standard channel from 1.7
 * on, and in the experimental one before.
 */
export function checkRetries(workload: Peer, { retries }: Calls, here: Reporter): void {
  const { gatewayApi } = Environment.of(workload)?.profile ?? {};
  if (retries === undefined || gatewayApi === undefined) return;
  const { version = software['gateway-api'].releases.at(-1) ?? '', channel } = gatewayApi;
  const kind = knownKind('gateway.networking.k8s.io', 'HTTPRoute', channel);
  const schema = kind && releaseOf(kind, version)?.versions.get('v1')?.schema;
  if (schema === undefined || JSON.stringify(schema).includes('"retry":')) return;
  here({
    code: 'INVALID_PROP',
    path: 'retries',
    message: `Forbidden: HTTPRoutes of the Gateway API ${version} have no retries in its ${channel ?? 'standard'} channel`,
    hint: "Install version 1.7, or the experimental channel, and set `gatewayApi: { version: '1.7' }` in the profile.",
  });
}
