import type { ClusterProfile } from '../../../profiles/cluster-profile';
import type { Reporter } from '../../core/problems';
import { below } from '../../core/problems';
import { bringsListeners } from './additions';
import type { RoutePlace } from './backends';
import type { HostCertificates } from './certificates';
import { hostsOf } from './certificates';
import { checkRules, renderGatewayRoute } from './gateway-route';
import { renderIngress } from './ingress';
import type { RouteKind, RouteSpec } from './kind';
import { checkAnnotations } from '../../core/metadata';

/** Where a route is rendered. */
export interface RenderPlace extends RoutePlace {
  readonly kind: RouteKind;
  readonly profile: ClusterProfile | undefined;
  readonly certificates: HostCertificates;
}

/** `spec` of a route. */
export function renderRoute(spec: RouteSpec, place: RenderPlace, reporter: Reporter): object {
  const { kind, profile, certificates } = place;
  const { base, rules, at } = spec;
  const report = below(at, reporter);
  const isByHost = kind !== 'TCPRoute' && kind !== 'UDPRoute';
  const hosts = hostsOf(base, report);
  if (isByHost && hosts.length === 0) {
    if (base.host === undefined || base.host.length === 0)
      report({
        code: 'MISSING_PROP',
        path: 'host',
        message: 'Required value: a route needs a host',
        hint: "Set `host`, such as 'shop.example'.",
      });
    return {};
  }
  checkAnnotations(base.annotations, 'annotations', report);
  checkRules(rules, report);
  const tls = certificates.entries(below('tls', report));
  if (kind === 'Ingress') return renderIngress(spec, { ...place, profile, hosts, tls }, report);
  checkTls(spec, kind, profile, below('tls', report));
  const { listenerSets } = certificates;
  return renderGatewayRoute(spec, { ...place, kind, profile: profile ?? {}, hosts, listenerSets }, report);
}

/** Reports a certificate that a route of the Gateway API does not hold. */
function checkTls(
  { base }: RouteSpec,
  kind: RouteKind,
  profile: ClusterProfile | undefined,
  report: Reporter,
): void {
  const { tls } = base;
  if (tls === undefined || tls === false) return;
  if (kind !== 'HTTPRoute' && kind !== 'GRPCRoute')
    report({ code: 'INVALID_PROP', message: `Forbidden: a ${kind} ends no TLS` });
  else if (tls !== true && !bringsListeners(base, profile))
    report({
      code: 'INVALID_PROP',
      message: 'Forbidden: the listener of the Gateway holds the certificate',
      hint: 'Set `tls: true`, and name the Secret in `tls.certificateRefs` of the listener; or set `listenerSets: true` of `gateway` in the profile, where the Gateway allows it.',
    });
}
