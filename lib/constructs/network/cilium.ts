import type { CustomPatches } from '../../kube/custom/patches';
import { Environment } from '../core/environment';
import { KubeObject } from '../core/object';
import { report } from '../core/problems';
import { dnsSubdomain } from '../../kube/names';
import type { ClusterProfile } from '../../profiles/cluster-profile';
import { podsOf } from '../rollout/primary';
import type { TraitPlace } from '../workloads/trait';
import { portsOf } from './api-server';
import type { ConnectionRule } from './referenced';

/** A name that pods may connect to, on some ports. */
interface Name {
  readonly fqdn: string;
  readonly ports: NonNullable<ConnectionRule['ports']>;
}

/**
 * What the pods of a workload may call that policies of Kubernetes cannot name: names outside the cluster, and the API
 * server. Cilium allows the addresses that its DNS proxy saw for a name, so that the pods ask the DNS through it. Its blocks
 * of addresses do not match those of nodes, so that the API server needs a word of its own.
 *
 * Source: CiliumNetworkPolicy of cilium.io/v2, `egress.toFQDNs`, `egress.toEntities`, and the DNS rules of `toPorts`.
 */
export class CiliumPolicy {
  readonly #place: TraitPlace;
  readonly #names: Name[] = [];
  #allowsApiServer = false;
  #policy: KubeObject<CustomPatches['CiliumNetworkPolicy']> | undefined;

  constructor(place: TraitPlace) {
    this.#place = place;
  }

  get policy(): KubeObject<CustomPatches['CiliumNetworkPolicy']> | undefined {
    return this.#policy;
  }

  allow(fqdn: string, ports: Name['ports']): void {
    const { workload } = this.#place;
    const wrong = dnsSubdomain(fqdn.replace(/^\*\./, ''));
    if (wrong !== undefined)
      report(workload, { code: 'INVALID_NAME', path: 'fqdn', message: `Invalid value: "${fqdn}": ${wrong}` });
    if (this.#profile?.cni !== 'cilium')
      return report(workload, {
        code: 'MISSING_PROP',
        path: 'cni',
        message:
          'Required value: only Cilium has policies for names, and the profile of the environment has no `cni`',
        hint: "Set `cni: 'cilium'` in the profile, or allow addresses: `internet()`.",
      });
    this.#names.push({ fqdn, ports });
    this.#make();
  }

  /** Lets the pods call the API server, where the cluster has Cilium. */
  allowApiServer(): void {
    if (this.#allowsApiServer || this.#profile?.cni !== 'cilium') return;
    this.#allowsApiServer = true;
    this.#make();
  }

  get #profile(): ClusterProfile | undefined {
    return Environment.of(this.#place.workload)?.profile;
  }

  #make(): void {
    const { workload, metadata } = this.#place;
    this.#policy ??= new KubeObject<CustomPatches['CiliumNetworkPolicy']>(workload, 'cilium-policy', {
      apiVersion: 'cilium.io/v2',
      kind: 'CiliumNetworkPolicy',
      metadata: metadata(),
      content: () => ({
        spec: { endpointSelector: podsOf(workload), egress: this.#renderEgress() },
      }),
    });
  }

  #renderEgress(): readonly object[] {
    const ports = this.#profile?.apiServer?.ports;
    return [
      ...(this.#names.length > 0 ? [DNS, ...this.#names.map(renderName)] : []),
      ...(this.#allowsApiServer
        ? [{ toEntities: ['kube-apiserver'], ...(ports && { toPorts: toPorts(portsOf({ ports })) }) }]
        : []),
    ];
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
    toPorts: toPorts(ports),
  };
}

function toPorts(ports: Name['ports']): readonly object[] {
  return [{ ports: ports.map(({ port, protocol }) => ({ port: String(port), protocol })) }];
}
