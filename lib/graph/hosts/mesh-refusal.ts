import type { Manifest } from '../../manifest/manifest';
import type { Cluster } from '../cluster';
import type { Pods } from '../pods';
import type { Port } from '../policy-ports';

/** Who refuses a call in a mesh. */
export interface MeshRefusal {
  /** The AuthorizationPolicy of Istio, or the Server of Linkerd. */
  readonly policy: Manifest;
  /** Whether a rule denies the call; otherwise none allows it, where one has to. */
  readonly isDenied: boolean;
  /** Whether it is known that the pods of the Service are in the mesh, so that the policy counts. */
  readonly isMeshed: boolean;
}

/** Says who refuses a call of `client` to a port of `server`; `undefined` where nobody is known to. */
export type Refuser = (cluster: Cluster, client: Pods, server: Pods, port: Port) => MeshRefusal | undefined;
