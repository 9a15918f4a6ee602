/** The front door: everything that an application or a tool may use. */
export { App, HOST } from './app';
export type { AppProps, AppResult, Host } from './app';
export { SeaworthyError } from './errors';
export type { ErrorCode, Problem } from './errors';

export { Chart } from './constructs/chart';
export type { ChartProps } from './constructs/chart';
export { Environment } from './constructs/environment';
export type {
  ClusterProfile,
  GatewayRef,
  Installed,
  NodePool,
  PrometheusSelection,
  Provider,
} from './manifest/cluster-profile';
export type { LabelSelector } from './kube/labels';
export { KubeObject } from './constructs/object';
export type { KubeObjectProps } from './constructs/object';

export { WebService } from './constructs/web-service';
export type { WebServiceProps } from './constructs/web-service';
export { Worker } from './constructs/worker';
export type { WorkerProps } from './constructs/worker';
export { StatefulService } from './constructs/stateful-service';
export type { ReplicaStorage, StatefulRollout, StatefulServiceProps } from './constructs/stateful-service';
export { NodeAgent } from './constructs/node-agent';
export type { NodeAgentProps } from './constructs/node-agent';
export { Job } from './constructs/job';
export type { JobProps, TaskProps } from './constructs/job';
export { CronJob } from './constructs/cron-job';
export type { CronJobProps } from './constructs/cron-job';
export { Workload } from './constructs/workload';
export type { WorkloadProps } from './constructs/workload';
export type { AddressBlock, ConnectionPort, Peer } from './constructs/network';

export { ConfigMap } from './constructs/config-map';
export type { ConfigMapProps } from './constructs/config-map';
export { Secret } from './constructs/secret';
export type { SecretProps } from './constructs/secret';
export { ExternalSecret } from './constructs/external-secret';
export type { ExternalSecretProps } from './constructs/external-secret';
export { PersistentVolumeClaim } from './constructs/persistent-volume-claim';
export type { PersistentVolumeClaimProps } from './constructs/persistent-volume-claim';
export { Namespace } from './constructs/namespace';
export type { NamespaceProps } from './constructs/namespace';
export { ServiceAccount } from './constructs/service-account';
export type { ServiceAccountProps } from './constructs/service-account';
export { suppress } from './constructs/suppress';
export { existing } from './constructs/existing';
export { keyOf } from './constructs/reference';
export type { KeyReference, Reference } from './constructs/reference';

export type { ContainerProps } from './constructs/container/container';
export type { Env, EnvFrom, EnvValue } from './constructs/container/env';
export type { Files, FilesFrom } from './constructs/container/files';
export type { Lifecycle } from './constructs/container/lifecycle';
export type { Port, Ports } from './constructs/container/ports';
export type { Probe, Probes } from './constructs/container/probes';
export type { Amount, AmountRange, Resources } from './constructs/container/resources';
export type { Security, SecurityProfile } from './constructs/container/security';
export type { ClaimSpec, Storage } from './constructs/container/storage';
export type { InitContainerProps, PodProps } from './constructs/pod/pod';
export type { SchedulingProps, Spread, Toleration } from './constructs/pod/scheduling';
export type { DisruptionBudget } from './constructs/disruption-budget';
export type { Autoscaling, Replicas } from './constructs/replicas';
export type { RollingUpdate } from './constructs/replicated';
export type { RouteProps } from './constructs/route';
export type { ServiceProps } from './constructs/service';

export { synth } from './synth/synth';
export { ManifestSet } from './manifest/set';
export type { KubeObject as PlainObject, Manifest, ObjectId, Origin, Suppression } from './manifest/manifest';
export type { Clusters } from './manifest/set';
export type { KubernetesRelease } from './kube/schema';

export { admit, admitSet, check, plan, references } from './judging';
export type { AdmitOptions } from './check/admission/admit';
export type { AdmitSetOptions } from './check/admission/admit-set';
export type { DefinitionSource } from './check/admission/custom/definitions';
export type { Finding, Severity } from './check/finding';
export type { CheckOptions, Preset } from './check/check';
export { defineRule } from './check/rule';
export type { Rule, Tell } from './check/rule';
export type { Subject } from './check/subject';
export type { ReferencesOptions } from './check/wiring/references';
export type {
  NamingReference,
  ObjectReference,
  Part,
  ReferenceGraph,
  SelectingReference,
  Target,
} from './check/wiring/reference';

export type { PlanOptions } from './plan/plan';
export type { Change, ChangedField, Consequence, ConsequenceKind, Plan } from './plan/change';
export type { Effect } from './plan/effect';

export { SeaworthyValidation } from './validation';
export type { ValidationContext, ValidationProperties } from './validation';
