import type { IConstruct } from 'constructs';
import type { Istio, Linkerd } from '../../../profiles/mesh';
import { Environment } from '../../core/environment';
import { report } from '../../core/problems';
import { namespaceOf, type Peer } from '../peer';

/** The namespaces of one environment: which have pods with proxies, and which refuse NET_ADMIN. */
interface Namespaces {
  readonly proxied: Map<string, Istio | Linkerd>;
  readonly strict: Map<string, IConstruct>;
}

const all = new WeakMap<IConstruct, Namespaces>();

function namespacesOf(construct: IConstruct): Namespaces {
  const whole = Environment.of(construct) ?? construct.node.root;
  const found = all.get(whole) ?? { proxied: new Map(), strict: new Map() };
  all.set(whole, found);
  return found;
}

/**
 * Says that the pods of a workload get a proxy. Without the CNI plugin of the mesh they also get an init container with the
 * capability NET_ADMIN, with which the API server refuses them in namespaces that enforce a level of Pod Security.
 */
export function addProxy(workload: Peer, mesh: Istio | Linkerd): void {
  const namespace = namespaceOf(workload) ?? '';
  const { proxied, strict } = namespacesOf(workload);
  if (mesh.cni === true || proxied.has(namespace)) return;
  proxied.set(namespace, mesh);
  const construct = strict.get(namespace);
  if (construct !== undefined) refuse(construct, mesh);
}

/** Says that a namespace refuses pods with the capability NET_ADMIN. */
export function refuseNetAdmin(construct: IConstruct, namespace: string): void {
  const { proxied, strict } = namespacesOf(construct);
  if (strict.has(namespace)) return;
  strict.set(namespace, construct);
  const mesh = proxied.get(namespace);
  if (mesh !== undefined) refuse(construct, mesh);
}

function refuse(namespace: IConstruct, { kind }: Istio | Linkerd): void {
  const name = kind === 'istio' ? 'Istio' : 'Linkerd';
  report(namespace, {
    code: 'INVALID_PROP',
    path: 'podSecurity',
    message: `would refuse its pods in the mesh: without the CNI plugin of ${name}, they have an init container with NET_ADMIN`,
    hint: `Set \`mesh: { kind: '${kind}', cni: true }\` in the profile where the plugin is installed, or \`podSecurity: { warn: 'restricted' }\`.`,
  });
}
