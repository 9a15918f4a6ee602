import { Environment } from '../core/environment';
import { KubeObject } from '../core/object';
import { report } from '../core/problems';
import { dnsSubdomain } from '../../kube/names';
import type { TraitPlace } from '../workloads/trait';
import type { ConnectionRule } from './referenced';

/** A name that pods may connect to, on some ports. */
interface Name {
  readonly fqdn: string;
  readonly ports: NonNullable<ConnectionRule['ports']>;
}

/**
 * The names outside the cluster that the pods of a workload may call. Cilium allows the addresses that its DNS proxy saw
 * for a name, so that the pods ask the DNS through it.
 *
 * Source: CiliumNetworkPolicy of cilium.io/v2, `egress.toFQDNs` and the DNS rules of `toPorts`.
 */
export class CiliumNames {
  readonly #place: TraitPlace;
  readonly #names: Name[] = [];
  #policy: KubeObject | undefined;

  constructor(place: TraitPlace) {
    this.#place = place;
  }

  get policy(): KubeObject | undefined {
    return this.#policy;
  }

  allow(fqdn: string, ports: Name['ports']): void {
    const { workload, metadata } = this.#place;
    const wrong = dnsSubdomain(fqdn.replace(/^\*\./, ''));
    if (wrong !== undefined)
      report(workload, { code: 'INVALID_NAME', path: 'fqdn', message: `Invalid value: "${fqdn}": ${wrong}` });
    if (Environment.of(workload)?.profile.cni !== 'cilium')
      return report(workload, {
        code: 'MISSING_PROP',
        path: 'cni',
        message:
          'Required value: only Cilium has policies for names, and the profile of the environment has no `cni`',
        hint: "Set `cni: 'cilium'` in the profile, or allow addresses: `internet()`.",
      });
    this.#names.push({ fqdn, ports });
    this.#policy ??= new KubeObject(workload, 'cilium-policy', {
      apiVersion: 'cilium.io/v2',
      kind: 'CiliumNetworkPolicy',
      metadata: metadata(),
      content: () => ({
        spec: {
          endpointSelector: { matchLabels: workload.matchLabels },
          egress: [DNS, ...this.#names.map(renderName)],
        },
      }),
    });
  }
}

const DNS = {
  toEndpoints: [
    { matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'kube-system', 'k8s:k8s-app': 'kube-dns' } },
  ],
  toPorts: [{ ports: [{ port: '53', protocol: 'ANY' }], rules: { dns: [{ matchPattern: '*' }] } }],
};

function renderName({ fqdn, ports }: Name): object {
  return {
    toFQDNs: [fqdn.startsWith('*.') ? { matchPattern: fqdn } : { matchName: fqdn }],
    toPorts: [{ ports: ports.map(({ port, protocol }) => ({ port: String(port), protocol })) }],
  };
}
