import type { LabelSelector } from '../../../kube/labels';
import { optional } from '../../core/props';
import type { NamedPort } from '../../workloads/container/ports';
import { servedPortName } from '../../workloads/container/port-name';
import type { MeshRule } from './calls';
import { isOpen } from './istio';
import type { MeshIdentity } from './membership';

const GROUP = 'policy.linkerd.io';

/** Since Linkerd 2.16, which has the field `accessPolicy`. */
export const SERVER_VERSION = `${GROUP}/v1beta3`;
export const POLICY_VERSION = `${GROUP}/v1alpha1`;

/**
 * `spec` of the Server of one port. Linkerd denies what no policy of a Server allows; `accessPolicy` opens one that callers
 * without an identity may call, which the NetworkPolicy limits.
 *
 * @param others who may call it in addition to those of the rules
 */
export function serverSpec(
  podSelector: LabelSelector,
  port: NamedPort,
  rules: readonly MeshRule[],
  others: 'nobody' | 'the mesh' | 'anyone',
): object {
  const accessPolicy = ACCESS[isOpen(rules) ? 'anyone' : others];
  return { podSelector, port: port.port, proxyProtocol: protocolOf(port), accessPolicy };
}

const ACCESS = { nobody: 'deny', 'the mesh': 'all-authenticated', anyone: 'all-unauthenticated' } as const;

/**
 * Without a protocol, the proxy waits for the first bytes of the client, in vain where the server speaks first, as that of
 * MySQL does. Probes by HTTP are allowed on ports that are not opaque alone.
 */
function protocolOf({ port, name, appProtocol }: NamedPort): string {
  const isHttp = /^(?:http|grpc|h2c)/.test(appProtocol ?? name) || /h2c|ws/.test(appProtocol ?? '');
  const other = servedPortName(port, false);
  return isHttp || other === 'http' || other === 'https' ? 'unknown' : 'opaque';
}

/** `spec` of the AuthorizationPolicy of the Server called `name`, which has a MeshTLSAuthentication of that name. */
export function policySpec(name: string): object {
  return {
    targetRef: { group: GROUP, kind: 'Server', name },
    requiredAuthenticationRefs: [{ group: GROUP, kind: 'MeshTLSAuthentication', name }],
  };
}

/**
 * `spec` of a MeshTLSAuthentication. The list must not be empty: the pods themselves are always in it.
 *
 * Source: `identityRefs` of policy.linkerd.io/v1alpha1, which takes a ServiceAccount, or a Namespace for all of its accounts.
 */
export function authenticationSpec(self: MeshIdentity, rules: readonly MeshRule[]): object {
  const callers = rules.flatMap(({ from }) =>
    from !== 'anyone' && 'identity' in from ? [from.identity] : [],
  );
  const refs = new Map(
    [self, ...callers].map(({ account, namespace }) => [
      `${namespace ?? ''}/${account ?? ''}`,
      account === undefined
        ? { kind: 'Namespace', name: namespace ?? '' }
        : { kind: 'ServiceAccount', name: account, ...optional('namespace', namespace) },
    ]),
  );
  return { identityRefs: [...refs.values()] };
}
