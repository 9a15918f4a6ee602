export const ISTIO_MODES = ['sidecar', 'ambient'] as const;

export const MTLS_MODES = ['strict', 'permissive'] as const;

/** Whether the proxies of a mesh take connections without mutual TLS. */
export type Mtls = (typeof MTLS_MODES)[number];

/** What every mesh has. */
export interface AnyMesh {
  /** Namespace of its control plane. @default 'istio-system', 'linkerd' */
  readonly namespace?: string;
  /**
   * Whether its CNI plugin is installed. Without it, pods with a proxy have an init container with the capability
   * NET_ADMIN, which the levels `restricted` and `baseline` of Pod Security refuse. Ambient mode always has it.
   * @default false
   */
  readonly cni?: boolean;
  /**
   * Whether the workloads take calls without mutual TLS, unless they say so themselves.
   * @default the mesh's own setting, which takes them unless it is changed
   */
  readonly mtls?: Mtls;
}

/** Istio, with a proxy in each pod, or on each node. */
export interface Istio extends AnyMesh {
  /** Which mesh it is. */
  readonly kind: 'istio';
  /** Where its proxies are: in each pod, or on each node. @default 'sidecar' */
  readonly mode?: (typeof ISTIO_MODES)[number];
  /** Revision of the control plane, for pods with a proxy: `1-31`. @default the default one */
  readonly revision?: string;
  /**
   * Name of the waypoint in the namespace of a workload, through which calls to it go that need HTTP in ambient mode.
   * @default none: there are no timeouts, retries and splits in ambient mode
   */
  readonly waypoint?: string;
}

/** Linkerd. */
export interface Linkerd extends AnyMesh {
  /** Which mesh it is. */
  readonly kind: 'linkerd';
}

/** The service mesh of a cluster, by name where its defaults fit. */
export type Mesh = Istio | Linkerd | 'istio' | 'linkerd';

/** The mesh as an object. */
export function meshOptions(mesh: Mesh): Istio | Linkerd {
  return typeof mesh === 'string' ? { kind: mesh } : mesh;
}

/** Whether the proxies are on the nodes instead of in the pods. */
export function isAmbient(mesh: Istio | Linkerd): boolean {
  return mesh.kind === 'istio' && mesh.mode === 'ambient';
}
