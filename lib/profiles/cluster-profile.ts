import type { LabelSelector } from '../kube/labels';
import type { GatewayApi } from './gateway-api';
import type { Installation } from './installed';
import type { Mesh } from './mesh';

export const PROVIDERS = ['eks', 'gke', 'aks', 'k3s', 'kind', 'generic'] as const;

/** Who runs the cluster. */
export type Provider = (typeof PROVIDERS)[number];

export const AWS_IDENTITIES = ['irsa', 'pod-identity'] as const;

export const TAINT_EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'] as const;

/** Keeps pods that do not tolerate it off a node. */
export interface Taint {
  /** Key of the taint. */
  readonly key: string;
  /** Value of the taint. @default '' */
  readonly value?: string;
  /** What happens to pods that do not tolerate it. */
  readonly effect: (typeof TAINT_EFFECTS)[number];
}

/** A group of equal nodes. */
export interface NodePool {
  /** Name, by which the prop `nodePool` of workloads refers to it. */
  readonly name: string;
  /**
   * Labels that its nodes carry.
   * @default that of the cloud with the name of the pool: `eks.amazonaws.com/nodegroup`, `cloud.google.com/gke-nodepool`,
   * `kubernetes.azure.com/agentpool`; none without a cloud
   */
  readonly labels?: Readonly<Record<string, string>>;
  /** Taints that its nodes carry. @default none */
  readonly taints?: readonly Taint[];
  /** Zones that it spans. @default unknown */
  readonly zones?: readonly string[];
  /**
   * What one node offers to pods, as quantities by resource; what is set here goes before what its `instanceType` offers.
   * @default that of the `instanceType`, else unknown
   */
  readonly allocatable?: Readonly<Record<string, string>>;
  /**
   * The instance type of its nodes: `m7g.large`, `n2-standard-4`, `Standard_D4s_v5`. What such a node offers follows from the
   * formula of the cloud, and from how many pods it takes, if `allocatable.pods` says.
   * @default unknown
   */
  readonly instanceType?: string;
  /** How many nodes there are. @default `min`, else unknown */
  readonly size?: number;
  /** The fewest nodes that an autoscaler leaves it. @default 0 */
  readonly min?: number;
  /** The most nodes that an autoscaler gives it. @default its size: no autoscaler adds nodes */
  readonly max?: number;
  /** What one node costs in an hour, in the currency of your price list. @default unknown */
  readonly hourlyPrice?: number;
}

/** The annotations by which the cloud chooses the load balancer of a Service. */
export interface LoadBalancers {
  /** Those of one that the internet reaches. @default none */
  readonly external?: Readonly<Record<string, string>>;
  /** Those of one that only the cloud's own network reaches. @default none: a Service with `internal` is refused */
  readonly internal?: Readonly<Record<string, string>>;
}

/** The Gateway that routes attach to. */
export interface GatewayRef {
  /** Name of the Gateway. */
  readonly name: string;
  /** Namespace of the Gateway. @default the namespace of the route */
  readonly namespace?: string;
  /** Name of the listener for HTTP. @default every listener that allows the route */
  readonly listener?: string;
  /**
   * Whether the Gateway takes listeners from the namespaces of routes (`allowedListeners`, Gateway API 1.5): routes with `tls`
   * then bring theirs, in a ListenerSet.
   * @default false: its own listeners hold the certificates
   */
  readonly listenerSets?: boolean;
}

/**
 * What the cluster's Prometheus looks at, in the words of the operator's `Prometheus.spec`: an empty selector selects
 * everything. Where a selector is left out, nothing is said about it.
 */
export interface PrometheusSelection {
  /**
   * Address of its API, from inside the cluster: `http://prometheus-operated.monitoring:9090`. Rollouts ask it whether to go
   * on, and KEDA for the results of queries.
   * @default unknown: a rollout with `abortOn`, and a trigger without `server`, are refused
   */
  readonly address?: string;
  /** Labels that a ServiceMonitor needs. @default unknown */
  readonly serviceMonitorSelector?: LabelSelector;
  /** Labels that the namespace of a ServiceMonitor needs. @default unknown */
  readonly serviceMonitorNamespaceSelector?: LabelSelector;
  /** Labels that a PodMonitor needs. @default unknown */
  readonly podMonitorSelector?: LabelSelector;
  /** Labels that the namespace of a PodMonitor needs. @default unknown */
  readonly podMonitorNamespaceSelector?: LabelSelector;
  /** Labels that a PrometheusRule needs. @default unknown */
  readonly ruleSelector?: LabelSelector;
  /** Labels that the namespace of a PrometheusRule needs. @default unknown */
  readonly ruleNamespaceSelector?: LabelSelector;
}

/** Where pods of the cluster's own are, such as those of an ingress controller. */
export interface PodsPlace {
  /** Name of their namespace. */
  readonly namespace: string;
  /** Labels of the pods. @default all pods of the namespace */
  readonly podLabels?: Readonly<Record<string, string>>;
  /**
   * Whether the pods are in the service mesh, `true` or as which ServiceAccount: it then lets them in by their identity.
   * @default unknown: the mesh leaves it to NetworkPolicies who calls the ports that they may call
   */
  readonly mesh?: MeshedAs;
}

/** As whom pods are in the service mesh: with any ServiceAccount of their namespace, or with one. */
export type MeshedAs = true | MeshAccount;

/** A ServiceAccount, by which a mesh knows pods. */
export interface MeshAccount {
  /** Name of the ServiceAccount. */
  readonly serviceAccount: string;
}

/** Where pods find the API server. */
export interface ApiServer {
  /**
   * Addresses of its endpoints, as blocks: `10.0.0.1/32` of each that `kubectl get endpointslices kubernetes` prints.
   * Policies see them instead of that of the Service `kubernetes`.
   */
  readonly cidrs: readonly string[];
  /** Ports of its endpoints. @default 443 and 6443 */
  readonly ports?: readonly number[];
}

export const TRAFFIC_ROUTERS = ['gateway-api', 'istio', 'linkerd', 'nginx', 'alb', 'pods'] as const;
export const OTLP_PROTOCOLS = ['grpc', 'http/protobuf', 'http/json'] as const;

/** Where OpenTelemetry takes what workloads send. */
export interface TelemetryEndpoint {
  /** URL of the collector: `http://collector.monitoring:4317`. */
  readonly endpoint: string;
  /** The protocol. @default that of the SDK */
  readonly protocol?: (typeof OTLP_PROTOCOLS)[number];
}

export const CNIS = ['calico', 'cilium', 'other'] as const;

/** The network plugin of a cluster. */
export type Cni = (typeof CNIS)[number];

/** What constructs ask about the cluster that an environment runs on. */
export interface ClusterProfile {
  /** The Kubernetes release: `1.31`, `v1.31.4`. @default the latest that Seaworthy knows */
  readonly kubernetes?: string;
  /**
   * Feature gates that its API server sets: `{ ImageVolume: true }`. Fields of a feature that is off are dropped without a
   * word, which `check` reports.
   * @default those of the release
   */
  readonly featureGates?: Readonly<Record<string, boolean>>;
  /** Who runs the cluster. @default 'generic' */
  readonly provider?: Provider;
  /** How pods on EKS get their IAM role: by an annotation (IRSA), or by an association of EKS Pod Identity. @default 'irsa' */
  readonly awsIdentity?: (typeof AWS_IDENTITIES)[number];
  /** Its groups of nodes. @default unknown: nothing is assumed about the nodes */
  readonly nodePools?: readonly NodePool[];
  /**
   * Names of the storage classes, the default one first; or by words that the app uses in their place:
   * `{ standard: 'gp3', fast: 'io2' }`.
   * @default the cluster's default class is used
   */
  readonly storageClasses?: readonly string[] | Readonly<Record<string, string>>;
  /** Annotations of Services with a load balancer. @default none */
  readonly loadBalancers?: LoadBalancers;
  /** Class of Ingresses. @default none: routes need a `gateway` */
  readonly ingressClass?: string;
  /** Routes become those of the Gateway API, attached to this Gateway. @default none: routes become Ingresses */
  readonly gateway?: GatewayRef;
  /** Names of the GatewayClasses that the cluster comes with. @default unknown */
  readonly gatewayClasses?: readonly string[];
  /** cert-manager ClusterIssuer for the certificates of routes. @default none: certificates are not requested */
  readonly clusterIssuer?: string;
  /** Where the ingress controller or gateway runs, for `ingress()`. @default unknown: connections cannot name it */
  readonly ingress?: PodsPlace;
  /** Where Prometheus runs, for `monitoring()`. @default unknown: connections cannot name it */
  readonly monitoring?: PodsPlace;
  /**
   * Where KEDA runs, which calls the hosts that triggers name: policies let it in there.
   * @default unknown: `check` warns where they do not let in namespace `keda`
   */
  readonly keda?: PodsPlace;
  /**
   * Where the API server is, which policies let pods with a token call; with `cni: 'cilium'` they know it without.
   * @default unknown: they let them call the ports 443 and 6443 of any address, and synth fails in isolated namespaces
   */
  readonly apiServer?: ApiServer;
  /**
   * The service mesh. Workloads are in it, unless they set `mesh: false`, and their connections are its policies, too.
   * @default none
   */
  readonly mesh?: Mesh;
  /**
   * What gives new pods a share of the requests while they are rolled out. Argo Rollouts needs its plugin for `gateway-api` and
   * `linkerd`; `pods` is their share of all pods.
   * @default by what the cluster has: for a workload with a route, the Gateway API where there is a `gateway`; the mesh; for a
   * workload with a route, the `ingressClass` nginx or alb; else pods
   */
  readonly trafficRouter?: (typeof TRAFFIC_ROUTERS)[number];
  /** Where workloads send traces, metrics and logs by OTLP, for the prop `telemetry`. @default unknown */
  readonly telemetry?: TelemetryEndpoint;
  /** The network plugin. @default 'other': policies are those of Kubernetes, which know no names of hosts */
  readonly cni?: Cni;
  /** Path of the certificate of its Sealed Secrets controller, for SealedSecrets. @default each names its own */
  readonly sealingCertificate?: string;
  /** Which monitors and rules Prometheus looks at. @default unknown */
  readonly prometheus?: PrometheusSelection;
  /** The Gateway API of the cluster. @default unknown: the newest release, with its experimental kinds and fields */
  readonly gatewayApi?: GatewayApi;
  /**
   * Name or address by which an Argo CD in another cluster knows this one, as `argocd cluster list` prints it. Targets of
   * synth read it.
   * @default Argo CD runs in the cluster itself, if it is among what is `installed`
   */
  readonly argoCdCluster?: string;
  /** Name of the account by which Spinnaker knows the cluster. Targets of synth read it. @default unknown */
  readonly spinnakerAccount?: string;
  /**
   * What is installed: names, or names with releases, by which custom resources are then checked: `{ keda: '2.18' }`.
   *
   * @default nothing beyond Kubernetes itself
   */
  readonly installed?: Installation;
}
