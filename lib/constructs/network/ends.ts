import type { IConstruct } from 'constructs';
import type { MeshedAs, PodsPlace } from '../../profiles/cluster-profile';
import { dnsSubdomain } from '../../kube/names';
import { Environment } from '../core/environment';
import { report } from '../core/problems';
import { MESHED_AS } from '../core/profile-shape';
import { optional } from '../core/props';
import type { Shape } from '../core/shape';
import type { MeshIdentity } from './mesh/membership';
import { choice, constant, ENTRIES, forms, list, record, text } from '../core/shapes';

/** Addresses outside the cluster. */
export interface AddressBlock {
  /** The block: `10.0.0.0/8`, or `0.0.0.0/0` for anywhere. */
  readonly cidr: string;
  /** Blocks inside it that are left out. @default none */
  readonly except?: readonly string[];
}

/** The pods of a namespace. */
export interface NamespacePods {
  /** Name of the namespace. */
  readonly namespace: string;
  /** Labels of its pods. @default all pods */
  readonly podLabels?: Readonly<Record<string, string>>;
  /**
   * Whether the pods are in the service mesh of the cluster, `true` or as which ServiceAccount.
   * @default unknown: the mesh leaves it to NetworkPolicies who calls the ports that they may call
   */
  readonly mesh?: MeshedAs;
}

/** Every public address, or those of one name. */
export interface Internet {
  readonly internet: true;
  /** A name in the DNS: `api.stripe.com`, or `*.example.com`. Needs Cilium. @default every public address */
  readonly fqdn?: string;
}

/** Pods that the profile of the cluster says where to find. */
export interface ProfilePods {
  readonly profile: 'ingress' | 'monitoring';
}

/** One end of a connection that is no workload. */
export type ConnectionEnd = AddressBlock | NamespacePods | Internet | ProfilePods;

/** A block of addresses. */
export function cidr(block: string, options: Pick<AddressBlock, 'except'> = {}): AddressBlock {
  return { cidr: block, ...options };
}

/** All pods of a namespace, or those with some labels; with `mesh`, a service mesh knows them by their identity. */
export function namespace(
  name: string,
  options: Pick<NamespacePods, 'podLabels' | 'mesh'> = {},
): NamespacePods {
  return { namespace: name, ...options };
}

/**
 * Every address but those of private networks, of nodes and of the metadata of clouds. With `fqdn`, the addresses of one
 * name, for which the profile needs `cni: 'cilium'`.
 */
export function internet(options: Pick<Internet, 'fqdn'> = {}): Internet {
  return { internet: true, ...options };
}

/** The ingress controller or gateway, as `ingress` of the profile says where it is. */
export function ingress(): ProfilePods {
  return { profile: 'ingress' };
}

/** Prometheus, as `monitoring` of the profile says where it is. */
export function monitoring(): ProfilePods {
  return { profile: 'monitoring' };
}

export const CONNECTION_END: Shape<ConnectionEnd> = forms<ConnectionEnd>({
  cidr: record<AddressBlock>({ cidr: text, except: list(text) }),
  namespace: record<NamespacePods>({ namespace: text, podLabels: ENTRIES, mesh: MESHED_AS }),
  internet: record<Internet>({ internet: constant(true), fqdn: text }),
  profile: record<ProfilePods>({ profile: choice(['ingress', 'monitoring']) }),
});

/**
 * Addresses that are not of the internet (IANA IPv4 and IPv6 Special-Purpose Address Registries): private networks, shared
 * address space, and link-local ones, such as those of the metadata of clouds.
 */
const PUBLIC: readonly AddressBlock[] = [
  {
    cidr: '0.0.0.0/0',
    except: ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'],
  },
  { cidr: '::/0', except: ['fc00::/7', 'fe80::/10'] },
];

/** An end as peers of a NetworkPolicy; none where it cannot be one, which is reported. */
export function peersOfEnd(from: IConstruct, end: ConnectionEnd): readonly object[] {
  if ('cidr' in end) return [ipBlock(end)];
  if ('namespace' in end) {
    checkAccount(from, end);
    return [podsIn(end)];
  }
  if ('internet' in end) return PUBLIC.map(ipBlock);
  const place = placeOf(from, end.profile);
  if (place !== undefined) return [podsIn(place)];
  report(from, {
    code: 'MISSING_PROP',
    path: end.profile,
    message: `Required value: the profile of the environment does not say where its ${WHAT[end.profile]} is`,
    hint: `Set \`${end.profile}: { namespace: '…' }\` in the profile.`,
  });
  return [];
}

function checkAccount(from: IConstruct, { mesh }: NamespacePods): void {
  const account = mesh === undefined ? undefined : accountOf(mesh);
  const wrong = account === undefined ? undefined : dnsSubdomain(account);
  if (wrong === undefined) return;
  const message = `Invalid value: "${account ?? ''}": ${wrong}`;
  report(from, { code: 'INVALID_NAME', path: 'mesh.serviceAccount', message });
}

/** Where the profile of the environment says that pods of the cluster's own are. */
export function placeOf(from: IConstruct, which: ProfilePods['profile']): PodsPlace | undefined {
  return Environment.of(from)?.profile[which];
}

const WHAT = { ingress: 'ingress controller', monitoring: 'Prometheus' } as const;

function ipBlock({ cidr: block, except }: AddressBlock): object {
  return { ipBlock: { cidr: block, ...optional('except', except) } };
}

/** The pods of a place as a NetworkPolicyPeer. */
export function podsIn({ namespace: name, podLabels, mesh }: PodsPlace): object {
  const peer = {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
    ...(podLabels === undefined ? {} : { podSelector: { matchLabels: podLabels } }),
  };
  if (mesh !== undefined) identities.set(peer, { namespace: name, account: accountOf(mesh) });
  return peer;
}

function accountOf(mesh: MeshedAs): string | undefined {
  return mesh === true ? undefined : mesh.serviceAccount;
}

/** As whom the pods of peers call others in the mesh; peers of which it is not known are not in it. */
const identities = new WeakMap<object, MeshIdentity>();

/** As whom the pods of a peer call others in the mesh; `undefined` where it is not known that they are in it. */
export function identityOfPeer(peer: object): MeshIdentity | undefined {
  return identities.get(peer);
}
