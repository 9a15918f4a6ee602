import type { DrawnRelation, DrawnShape } from './drawing';
import type { ObjectReference } from '../graph/reference';

const SHAPES: Readonly<Record<string, DrawnShape>> = {
  ConfigMap: 'configuration',
  Secret: 'secret',
  ExternalSecret: 'secret',
  SealedSecret: 'secret',
  SecretStore: 'secret',
  ClusterSecretStore: 'secret',
  Certificate: 'secret',
  Service: 'service',
  EndpointSlice: 'service',
  Endpoints: 'service',
  Ingress: 'route',
  Gateway: 'route',
  VirtualService: 'route',
  DestinationRule: 'route',
  GRPCRoute: 'route',
  HTTPRoute: 'route',
  TCPRoute: 'route',
  TLSRoute: 'route',
  UDPRoute: 'route',
  PersistentVolume: 'volume',
  PersistentVolumeClaim: 'volume',
  StorageClass: 'volume',
  ServiceAccount: 'access',
  Role: 'access',
  ClusterRole: 'access',
  RoleBinding: 'access',
  ClusterRoleBinding: 'access',
  HorizontalPodAutoscaler: 'scaler',
  VerticalPodAutoscaler: 'scaler',
  ScaledObject: 'scaler',
  PodDisruptionBudget: 'guard',
  NetworkPolicy: 'guard',
  AuthorizationPolicy: 'guard',
  PeerAuthentication: 'guard',
  RequestAuthentication: 'guard',
  ServiceMonitor: 'monitor',
  PodMonitor: 'monitor',
  PrometheusRule: 'monitor',
  Pod: 'workload',
  Deployment: 'workload',
  StatefulSet: 'workload',
  DaemonSet: 'workload',
  ReplicaSet: 'workload',
  ReplicationController: 'workload',
  Job: 'workload',
  CronJob: 'workload',
  Rollout: 'workload',
  ScaledJob: 'workload',
};

/** The shape of a kind; pods make a workload of one that is not known. */
export function shapeOf(kind: string, hasPods: boolean): DrawnShape {
  const known = Object.hasOwn(SHAPES, kind) ? SHAPES[kind] : undefined;
  return known ?? (hasPods ? 'workload' : 'other');
}

const BY_ROLE: Readonly<Partial<Record<ObjectReference['role'], DrawnRelation>>> = {
  'config-map': 'mounts',
  secret: 'mounts',
  claim: 'mounts',
  volume: 'mounts',
  role: 'grants',
  subject: 'grants',
  'ingress-backend': 'routes',
  'route-backend': 'routes',
  gateway: 'routes',
  'mesh-host': 'routes',
  'mesh-gateway': 'routes',
  'service-host': 'connects',
  'scale-target': 'scales',
  'service-pods': 'selects',
  'subset-pods': 'selects',
  'monitor-services': 'selects',
  'monitor-pods': 'selects',
  'budget-pods': 'guards',
  'policy-pods': 'guards',
  'mesh-pods': 'guards',
};

/** Selectors that say where pods run or who may call, which are no dependence of their own. */
const NOT_DRAWN: ReadonlySet<ObjectReference['role']> = new Set([
  'policy-peer',
  'affinity',
  'preference',
  'spread',
]);

/** How a drawing shows a reference; nothing where it does not. */
export function relationOf({ role }: ObjectReference): DrawnRelation | undefined {
  return NOT_DRAWN.has(role) ? undefined : (BY_ROLE[role] ?? 'refers');
}
