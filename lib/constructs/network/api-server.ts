import type { IConstruct } from 'constructs';
import { API_SERVER_PORTS, mayBeApiServerPort } from '../../kube/api-server';
import type { ApiServer } from '../../profiles/cluster-profile';
import { Environment } from '../core/environment';
import type { UnplacedProblem } from '../core/problems';
import type { ConnectionRule } from './referenced';

/** What is known of the calls of one workload to the API server. */
interface Calls {
  isCalling: boolean;
  readonly then: (() => void)[];
}

const calls = new WeakMap<IConstruct, Calls>();

function callsOf(workload: IConstruct): Calls {
  const found = calls.get(workload) ?? { isCalling: false, then: [] };
  calls.set(workload, found);
  return found;
}

/** Says that the pods of a workload call the API server, since they have a token for it. */
export function callApiServer(workload: IConstruct): void {
  const known = callsOf(workload);
  if (known.isCalling) return;
  known.isCalling = true;
  for (const then of known.then) then();
}

/** Whether the pods of a workload call the API server. */
export function isCallingApiServer(workload: IConstruct): boolean {
  return callsOf(workload).isCalling;
}

/** Calls `then` once the pods of a workload call the API server, which they may do already. */
export function whenCallingApiServer(workload: IConstruct, then: () => void): void {
  const known = callsOf(workload);
  if (known.isCalling) then();
  else known.then.push(then);
}

/** How a policy lets pods call the API server. */
export type ApiServerEgress =
  | { readonly by: 'rule'; readonly rule: ConnectionRule }
  /** A CiliumNetworkPolicy allows it, or a declared rule. */
  | { readonly by: 'other' }
  | { readonly by: 'nothing'; readonly problem: UnplacedProblem };

/**
 * How the egress rules of a workload let it call the API server, which is no pod: a NetworkPolicy can name it by the
 * addresses of its endpoints alone, as the plugins look at packets after the Service's address is replaced. Where the
 * profile does not have them, its usual ports are allowed to any address, or nothing where the namespace is isolated.
 *
 * @param declared the egress rules that the user asked for, of which one may be for the API server
 */
export function apiServerEgress(
  workload: IConstruct,
  declared: readonly ConnectionRule[],
  isIsolated: boolean,
): ApiServerEgress {
  const { apiServer, cni } = Environment.of(workload)?.profile ?? {};
  // One without addresses is reported with the profile.
  const cidrs = (apiServer as Partial<ApiServer> | undefined)?.cidrs;
  if (cni === 'cilium' || declared.some(mayBeForApiServer)) return { by: 'other' };
  if (apiServer !== undefined && cidrs !== undefined)
    return {
      by: 'rule',
      rule: { to: cidrs.map((cidr) => ({ ipBlock: { cidr } })), ports: portsOf(apiServer) },
    };
  if (!isIsolated) return { by: 'rule', rule: { ports: portsOf() } };
  return {
    by: 'nothing',
    problem: {
      code: 'MISSING_PROP',
      path: 'apiServer',
      message:
        'Required value: would cut off its pods, which have a token, from the API server, whose addresses the profile of the environment does not say',
      hint: "Set `apiServer: { cidrs: ['10.0.0.1/32'] }` in the profile, with the addresses that `kubectl get endpointslices kubernetes` prints.",
    },
  };
}

/** Ports of the API server as those of a rule. */
export function portsOf({ ports = API_SERVER_PORTS }: Pick<ApiServer, 'ports'> = {}): NonNullable<
  ConnectionRule['ports']
> {
  return ports.map((port) => ({ protocol: 'TCP', port }));
}

/** Whether the user may mean the API server by a rule: addresses, and a port that it could have. */
function mayBeForApiServer({ to = [], ports = [] }: ConnectionRule): boolean {
  return (
    to.some((each) => 'ipBlock' in each && !isPublic(each)) &&
    (ports.length === 0 || ports.some(({ port }) => typeof port === 'number' && mayBeApiServerPort(port)))
  );
}

/** Addresses without private ones: those of endpoints are private in most clusters. */
function isPublic({ ipBlock }: { readonly ipBlock?: unknown }): boolean {
  const { except = [] } = ipBlock as { readonly except?: readonly string[] };
  return except.includes('10.0.0.0/8') || except.includes('fc00::/7');
}
