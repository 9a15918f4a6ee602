import { classNames } from '../../lib/profiles/storage-classes';
import { AKS, EKS, GKE, K3S, KIND, type Cloud } from '../../lib/profiles/clouds';

const CLOUDS: Readonly<Record<string, Cloud>> = { eks: EKS, gke: GKE, aks: AKS, k3s: K3S, kind: KIND };

/** What the profile functions set, a row each. */
export function clouds(): string {
  const rows = Object.entries(CLOUDS).map(([name, { asOf, sources, profile }]) => {
    const { ingressClass, gatewayClasses = [], loadBalancers } = profile;
    const links = sources.map((source, index) => `[${index + 1}](${source})`).join(' ');
    const cells = [
      `\`${name}()\``,
      codes(classNames(profile)),
      ingressClass === undefined ? '' : codes([ingressClass]),
      codes(gatewayClasses),
      entries(loadBalancers?.external),
      entries(loadBalancers?.internal),
      `${asOf} ${links}`,
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    '| function | storage classes | Ingress class | GatewayClasses | annotations of load balancers | of internal ones | sources |',
    '|---|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

function codes(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}

function entries(annotations: Readonly<Record<string, string>> = {}): string {
  return codes(Object.entries(annotations).map(([key, value]) => `${key}: ${value}`));
}
