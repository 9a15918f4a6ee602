import type { ClusterProfile } from '../../../profiles/cluster-profile';
import type { Reporter } from '../../core/problems';
import { below } from '../../core/problems';
import { nonEmpty, optional } from '../../core/props';
import type { RoutePlace } from './backends';
import { sharesOf, targetsOf } from './backends';
import type { TlsEntry } from './certificates';
import type { RouteSpec } from './kind';
import type { Rule } from './rules';
import { checkSupported, GATEWAY_HINT } from './supported';

/** Where an Ingress is rendered. */
export interface IngressPlace extends RoutePlace {
  readonly profile: ClusterProfile | undefined;
  readonly hosts: readonly string[];
  readonly tls: readonly TlsEntry[];
}

/** `spec` of an Ingress. */
export function renderIngress(spec: RouteSpec, place: IngressPlace, report: Reporter): object {
  const { profile, hosts, tls } = place;
  const { base, rules } = spec;
  checkSupported('Ingress', rules, report);
  const forbid = (path: string, what: string): void => {
    const message = `Forbidden: an Ingress has no ${what}`;
    report({ code: 'INVALID_PROP', path, message, hint: GATEWAY_HINT });
  };
  const { protocol = 'HTTP', listener } = base;
  if (protocol !== 'HTTP' && protocol !== 'GRPC') forbid('protocol', `routes for ${protocol}`);
  if (listener !== undefined) forbid('listener', 'listeners');
  if (profile !== undefined && profile.ingressClass === undefined)
    report({
      code: 'MISSING_PROP',
      message: 'Required value: the profile of the environment has neither a Gateway nor an Ingress class',
      hint: "Set `gateway: { name: '…' }` in the profile, or `ingressClass: '…'`, a name that `kubectl get ingressclass` prints.",
    });
  const paths = rules.flatMap((rule) => renderPaths(rule, place, below(rule.at, report)));
  return {
    ...optional('ingressClassName', profile?.ingressClass),
    rules: hosts.map((host) => ({ host, http: { paths } })),
    ...nonEmpty('tls', tls),
  };
}

function renderPaths(rule: Rule, place: IngressPlace, report: Reporter): readonly object[] {
  const { namespace } = place;
  const shares = sharesOf(targetsOf(rule.props, place, report));
  const [share] = shares;
  const forbid = (what: string): void => {
    report({ code: 'INVALID_PROP', path: 'to', message: `Forbidden: ${what}`, hint: GATEWAY_HINT });
  };
  if (shares.length > 1) forbid('an Ingress has no weights');
  if (share?.namespace !== undefined && share.namespace !== namespace)
    forbid('an Ingress leads to Services of its own namespace alone');
  if (share === undefined) return [];
  const { name, port } = share;
  const number = port.name === undefined ? { number: port.port } : { name: port.name };
  const backend = { service: { name, port: number } };
  return rule.paths.map(({ form, value }) => ({
    path: value,
    pathType: form === 'exact' ? 'Exact' : 'Prefix',
    backend,
  }));
}
