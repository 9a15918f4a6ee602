import type { IConstruct } from 'constructs';
import { isAmbient, meshOptions, type Istio, type Linkerd, type Mtls } from '../../../profiles/mesh';
import { Environment } from '../../core/environment';
import { partsOf } from '../../workloads/trait';
import { namespaceOf, type Peer } from '../peer';
import { addProxy } from './net-admin';

/** How a workload is in the mesh of its cluster. */
export interface Membership {
  readonly mesh: Istio | Linkerd;
  /** Whether it takes calls without mutual TLS; `undefined` where the mesh decides. */
  readonly mtls: Mtls | undefined;
  /** The waypoint through which calls to it go, in ambient mode. */
  readonly waypoint: string | undefined;
}

const members = new WeakMap<object, Membership>();

/** The mesh that the profile of the environment says the cluster has. */
export function meshAt(construct: IConstruct): Istio | Linkerd | undefined {
  const mesh = Environment.of(construct)?.profile.mesh;
  return mesh === undefined ? undefined : meshOptions(mesh);
}

/** Puts a workload into the mesh. */
export function joinMesh(workload: Peer, membership: Membership): void {
  members.set(workload, membership);
  if (!isAmbient(membership.mesh)) addProxy(workload, membership.mesh);
}

/** How a workload is in the mesh; `undefined` where it is not, or is not of ours. */
export function membershipOf(workload: object): Membership | undefined {
  return members.get(workload);
}

/** As whom the pods of a workload call others in the mesh. */
export interface MeshIdentity {
  /** The namespace; `undefined` where whoever applies them decides. */
  readonly namespace: string | undefined;
  /** The ServiceAccount; `undefined` for any of the namespace. */
  readonly account: string | undefined;
}

/** The identity of a workload in the mesh; `undefined` where it has none. */
export function identityOf(workload: Peer): MeshIdentity | undefined {
  if (!members.has(workload)) return undefined;
  const names = partsOf(workload).map(
    (part) => part.renderPod?.(() => undefined).spec?.['serviceAccountName'],
  );
  const account = names.find((name): name is string => typeof name === 'string') ?? 'default';
  return { namespace: namespaceOf(workload), account };
}
