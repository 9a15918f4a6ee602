/** The front door: everything that an application or a tool may use. */
export { App } from './app';
export type { AppProps } from './app';
export type { Layout } from './output/layout';
export { SeaworthyError } from './errors';
export type { ErrorCode, Problem } from './errors';

export { Chart } from './constructs/core/chart';
export type { ChartProps } from './constructs/core/chart';
export type { Defaults } from './constructs/core/defaults';
export { Environment } from './constructs/core/environment';
export type { EnvironmentProps } from './constructs/core/environment';
export { pin } from './constructs/core/pin';
export type { Pinned, PinOptions, Pins } from './constructs/core/pin';
export type { PinValue } from './pins/pins';
export type {
  ApiServer,
  ClusterProfile,
  Cni,
  GatewayRef,
  LoadBalancers,
  NodePool,
  MeshAccount,
  MeshedAs,
  PodsPlace,
  TelemetryEndpoint,
  PrometheusSelection,
  Provider,
  Taint,
} from './profiles/cluster-profile';
export { aks, eks, generic, gke, k3s, kind } from './profiles/clouds';
export type { Installation, Installed } from './profiles/installed';
export type { AnyMesh, Istio, Linkerd, Mesh, Mtls } from './profiles/mesh';
export type { Software } from './kube/custom/software';
export { gatewayVersions } from './profiles/gateway-api';
export type { GatewayApi } from './profiles/gateway-api';
export type { Labels, LabelSelector, LabelSelectorRequirement } from './kube/labels';
export { KubeObject } from './constructs/core/object';
export type { KubeObjectProps } from './constructs/core/object';
export type { Reporter, UnplacedProblem } from './constructs/core/problems';
export { override } from './constructs/core/override';
export type { AnyPatch, DeepPartial, PatchOf } from './constructs/core/override';
export type { CustomPatches } from './kube/custom/patches';
export type { Patches } from './kube/patches';

export { WebService } from './constructs/workloads/web-service';
export type { WebServiceProps } from './constructs/workloads/web-service';
export { Worker } from './constructs/workloads/worker';
export type { WorkerProps } from './constructs/workloads/worker';
export { StatefulService } from './constructs/workloads/stateful-service';
export type { StatefulRollout, StatefulServiceProps } from './constructs/workloads/stateful-service';
export type { ReplicaStorage, ReplicaVolume, VolumeRetention } from './constructs/workloads/replica-storage';
export { NodeAgent } from './constructs/workloads/node-agent';
export type { NodeAgentProps } from './constructs/workloads/node-agent';
export { Job } from './constructs/workloads/job';
export type { JobProps } from './constructs/workloads/job';
export { Migration } from './constructs/workloads/migration';
export type { MigrationProps } from './constructs/workloads/migration';
export type { CompletionProps, Task, TaskProps } from './constructs/workloads/task';
export { CronJob } from './constructs/workloads/cron-job';
export type { CronJobProps, ScheduleProps } from './constructs/workloads/cron-job';
export { Workload } from './constructs/workloads/workload';
export type { WorkloadProps } from './constructs/workloads/workload';
export type { Replicated, ReplicatedProps } from './constructs/workloads/replicated';
export type {
  CommonTraitProps,
  CommonTraits,
  NodeAgentTraitProps,
  MonitoredTraitProps,
  MonitoredTraits,
  ReplicatedTraitProps,
  ReplicatedTraits,
  ScaledJobTraitProps,
  ScaledJobTraits,
  WebServiceTraitProps,
  WebServiceTraits,
} from './constructs/workloads/trait-lists';
export { cidr, ingress, internet, monitoring, namespace } from './constructs/network/ends';
export type {
  AddressBlock,
  ConnectionEnd,
  Internet,
  NamespacePods,
  ProfilePods,
} from './constructs/network/ends';
export type { ConnectionOptions, ConnectionPort } from './constructs/network/connection-options';
export type { MeshOptions, MeshProps } from './constructs/network/mesh/mesh';
export type { MeshPatch } from './constructs/network/mesh/policies';
export type { MeshRouted, MeshRoutePatch, MeshTrafficProps } from './constructs/network/mesh/traffic';
export type { CallBackend, CallRetries, MeshTraffic } from './constructs/network/mesh/traffic-props';
export type { Connections } from './constructs/network/connections';
export type { ReplicaAddress } from './constructs/network/address';
export type { Peer } from './constructs/network/peer';

export { HelmChart } from './constructs/charts/helm-chart';
export type { HelmChartProps } from './constructs/charts/chart-props';

export { ConfigMap } from './constructs/config/config-map';
export type { ConfigMapProps } from './constructs/config/config-map';
export { Secret } from './constructs/config/secret';
export type { SecretProps } from './constructs/config/secret';
export type { Configuration, ConfigurationProps } from './constructs/config/configuration';
export type { ContentProps, FilePath } from './constructs/config/content';
export { ExternalSecret } from './constructs/secrets/external-secret';
export type { ExternalSecretProps } from './constructs/secrets/external-secret';
export { SealedSecret } from './constructs/secrets/sealed-secret';
export type { SealedSecretProps, SealingScope } from './constructs/secrets/sealed-secret';
export type { PlainValue, SecretValue, VersionedValue } from './constructs/secrets/secret-value';
export { SecretsStore } from './constructs/secrets/secrets-store';
export type { SecretsStoreProps } from './constructs/secrets/secrets-store';
export type { StoreEntry, StoreProvider } from './constructs/secrets/store-objects';
export type { SyncedSecret } from './constructs/workloads/pod/synced-secrets';
export { SopsSecret } from './constructs/secrets/sops-secret';
export type { SopsSecretProps } from './constructs/secrets/sops-secret';
export type { MountedKeys } from './constructs/secrets/secret-keys';
export { PersistentVolumeClaim } from './constructs/storage/persistent-volume-claim';
export type { PersistentVolumeClaimProps } from './constructs/storage/persistent-volume-claim';
export { PersistentVolume } from './constructs/storage/persistent-volume';
export type { ClaimOfVolume, PersistentVolumeProps } from './constructs/storage/persistent-volume';
export { StorageClass } from './constructs/storage/storage-class';
export type { StorageClassProps } from './constructs/storage/storage-class';
export { VolumeSnapshot } from './constructs/storage/volume-snapshot';
export type { VolumeSnapshotProps } from './constructs/storage/volume-snapshot';
export type { CsiVolume, NfsVolume, NodeSelection, VolumeMedium } from './constructs/storage/volume-medium';
export { Namespace } from './constructs/core/namespace';
export type { NamespaceProps } from './constructs/core/namespace';
export type { ContainerLimits } from './constructs/guard-rails/container-limits';
export type { PodSecurity } from './constructs/guard-rails/pod-security';
export type { Amounts } from './constructs/guard-rails/quota';
export type { AccessRule } from './constructs/access/access-rule';
export { ClusterRole, Role } from './constructs/access/role';
export type { ClusterRoleProps, RoleProps } from './constructs/access/role';
export { ClusterRoleBinding, RoleBinding } from './constructs/access/role-binding';
export type { ClusterRoleBindingProps, RoleBindingProps } from './constructs/access/role-binding';
export { group, serviceAccount, user } from './constructs/access/subject';
export type { Subject } from './constructs/access/subject';
export type { CloudIdentity } from './constructs/access/identity';
export type { GrantOptions, Grants } from './constructs/access/grants';
export type { PermissionOptions, Verb } from './constructs/access/permission';
export type { Grantable, GroupResource } from './constructs/access/target';
export { ServiceAccount } from './constructs/access/service-account';
export type { ServiceAccountProps } from './constructs/access/service-account';
export type { Resource, ResourceProps } from './constructs/core/resource';
export type { Movable } from './constructs/core/moved-from';
export { keep } from './constructs/core/keep';
export { suppress } from './constructs/core/suppress';
export { value, type ValueOptions } from './constructs/core/value';
export type { ValueScalar } from './manifest/chart-value';
export { existing } from './constructs/core/existing';
export { keyOf } from './constructs/core/reference';
export type { Checksummed, KeyReference, Reference } from './constructs/core/reference';

export type { ContainerProps } from './constructs/workloads/container/container';
export type {
  Env,
  EnvFrom,
  EnvValue,
  FieldValue,
  RawValue,
  ResourceValue,
} from './constructs/workloads/container/env';
export type {
  FieldFiles,
  Files,
  FilesFrom,
  MountedVolume,
  TokenFile,
} from './constructs/workloads/container/files';
export type { Lifecycle, LifecycleAction, SleepAction } from './constructs/workloads/container/lifecycle';
export type { NamedPort, Port, Ports, Protocol } from './constructs/workloads/container/ports';
export type {
  CommandAction,
  GrpcAction,
  HttpAction,
  PortRef,
  Probe,
  Probes,
  ProbeTiming,
  TcpAction,
} from './constructs/workloads/container/probes';
export type { Amount, AmountRange, Resources } from './constructs/workloads/container/resources';
export type { ContainerSecurity, Security, SecurityProfile } from './constructs/workloads/container/security';
export type {
  ClaimedStorage,
  ClaimSpec,
  EphemeralStorage,
  HostStorage,
  MountOptions,
  OtherStorage,
  SharedStorage,
  Storage,
  TemporaryStorage,
} from './constructs/workloads/container/storage';
export type { AccessMode } from './constructs/storage/claim';
export type { VolumeSource } from './constructs/workloads/pod/volumes';
export type { ContainersProps } from './constructs/workloads/pod/containers';
export type { InitContainerProps, PodProps } from './constructs/workloads/pod/pod';
export type { SchedulingProps, Spread, Toleration } from './constructs/workloads/pod/scheduling';
export type { DisruptionBudget, Protected, ProtectedProps } from './constructs/scaling/disruption-budget';
export type { Autoscaling } from './constructs/scaling/autoscaler';
export type { ScalingBehavior } from './constructs/scaling/behavior';
export type { JobTrigger, JobTriggered, JobTriggerProps } from './constructs/scaling/job-triggers';
export type { Recommended, RecommendedProps } from './constructs/scaling/recommendations';
export type { Replicas, Scaled, ScaledProps } from './constructs/scaling/replicas';
export { ScaledJob } from './constructs/scaling/scaled-job';
export type { ScaledJobPatch, ScaledJobProps } from './constructs/scaling/scaled-job';
export type { EventScaling, ScalingFallback } from './constructs/scaling/scaled-object';
export type {
  EnvCredential,
  TriggerAuth,
  TriggerCredentials,
  TriggerIdentity,
} from './constructs/scaling/triggers/auth';
export type { CronTrigger } from './constructs/scaling/triggers/cron';
export type { KafkaTrigger } from './constructs/scaling/triggers/kafka';
export type { Authenticated } from './constructs/scaling/triggers/kind';
export type { OtherTrigger } from './constructs/scaling/triggers/other';
export type { PostgresqlTrigger } from './constructs/scaling/triggers/postgresql';
export type { PrometheusTrigger } from './constructs/scaling/triggers/prometheus';
export type { RabbitmqTrigger } from './constructs/scaling/triggers/rabbitmq';
export type { RedisServer, RedisStreamTrigger, RedisTrigger } from './constructs/scaling/triggers/redis';
export type { ServiceBusTrigger } from './constructs/scaling/triggers/service-bus';
export type { SqsTrigger } from './constructs/scaling/triggers/sqs';
export type { Trigger } from './constructs/scaling/triggers/trigger';
export type { Utilization } from './constructs/scaling/utilization';
export type { RollingUpdate } from './constructs/rollout/rolling-update';
export type { RevisionProps } from './constructs/rollout/revisions';
export type { Replaced, ReplacedProps, Split } from './constructs/rollout/stepped';
export type {
  AbortOptions,
  BlueGreen,
  BlueGreenOptions,
  Canary,
  CanaryOptions,
  CanaryStep,
  Pause,
  PauseDuration,
} from './constructs/rollout/strategy';
export { blueGreen, canary, pause } from './constructs/rollout/strategy';
export type { Access, AccessProps } from './constructs/access/access';
export type {
  AlertProp,
  Alerted,
  AlertedProps,
  OwnAlert,
  ReadyMadeAlerts,
} from './constructs/observability/alerts';
export type { AlertOptions } from './constructs/observability/alerts/alert';
export type { AlertName } from './constructs/observability/alerts/catalogue';
export type { Charted, Dashboard, DashboardProps } from './constructs/observability/dashboard';
export type { InstrumentedLanguage, TelemetryProps } from './constructs/observability/telemetry';
export type { Relabel } from './constructs/observability/relabel';
export type { Scrape, Scraped, ScrapedProps } from './constructs/observability/scrape';
export type { RequestMetrics, RequestMetricsConvention } from './constructs/observability/request-metrics';
export type { Routed, RoutedProps, RouteLike, RoutePatch } from './constructs/network/route';
export type {
  HttpMethod,
  RouteBase,
  RouteHeaders,
  RouteMatch,
  RoutePath,
  RouteProps,
  RouteProtocol,
  RouteRedirect,
  RouteRewrite,
  RouteRule,
  RouteTimeout,
  RouteValue,
} from './constructs/network/route/props';
export type { RouteBackend, RoutedWorkload, RouteService, RouteTo } from './constructs/network/route/target';
export { Route } from './constructs/network/shared-route';
export type { SharedPath, SharedRouteProps } from './constructs/network/shared-route';
export type {
  ClientServed,
  ClientServedProps,
  Served,
  ServedProps,
  NamedServiceProps,
  ServiceProps,
} from './constructs/network/service';
export type { ServicePort, ServicePorts } from './constructs/network/service-ports';

export { synth } from './synth/synth';
export { ManifestSet } from './manifest/set';
export type {
  Dropped,
  External,
  KubeMetadata,
  KubeObject as PlainObject,
  Manifest,
  ObjectId,
  Origin,
  Suppression,
} from './manifest/manifest';
export type { CrdPolicy, HelmRelease } from './manifest/helm-release';
export type { ParseOptions } from './manifest/yaml/parse';
export type { Clusters } from './manifest/set';
export type { KubernetesRelease } from './kube/schema';

export { admit } from './check/admit';
export type { AdmitOptions } from './check/admit';
export { admitSet } from './check/admit-set';
export type { AdmitSetOptions } from './check/admit-set';
export type { DefinitionSource } from './apiserver/admission/custom/definitions';
export type { Finding, Severity } from './check/finding';
export { check } from './check/check';
export type { CheckOptions } from './check/options';
export type { CheckSettings, Preset, SettingsByEnvironment } from './check/settings';
export { defineRule } from './check/rule';
export type { Example, Report, Rule } from './check/rule';
export type { Cluster, ClusterOptions } from './graph/cluster';
export { references } from './graph/references';
export type { ReferencesOptions } from './graph/references';
export type {
  Naming,
  NamingReference,
  ObjectReference,
  Part,
  ReferenceGraph,
  Resolution,
  Selecting,
  SelectingReference,
  Target,
} from './graph/reference';

export { blastRadius } from './draw/blast';
export { draw } from './draw/draw';
export type { DrawOptions } from './draw/draw';
export { fold } from './draw/fold';
export { neighbourhood } from './draw/neighbourhood';
export { layout } from './draw/layout';
export type { Box, DrawingLayout, Point } from './draw/placed';
export type { Drawing, DrawnEdge, DrawnGroup, DrawnNode, DrawnRelation, DrawnShape } from './draw/drawing';

export { plan } from './plan/plan';
export type { PlanOptions } from './plan/plan';
export type { ApplyMethod } from './plan/apply-methods';
export type { Change, ChangedField, ClusterPlan, Consequence, Plan } from './plan/change';
export type { DriftedField, HeldField } from './plan/drift/drift';
export type { ConsequenceKind } from './plan/consequences/kinds';
export type { Effect } from './plan/effects';

export { upgrade } from './upgrade/upgrade';
export type { UpgradeOptions } from './upgrade/upgrade';
export type {
  SkewNote,
  Upgrade,
  UpgradeChange,
  UpgradeChangeKind,
  UpgradedCluster,
  UpgradedObject,
  UpgradeVerdict,
} from './upgrade/result';
export { fit } from './fit/fit';
export { fitRules } from './fit/findings/fit-rules';
export type { FitRollout } from './fit/rollout/outcome';
export type { FitRuleOptions } from './fit/findings/fit-rules';
export { nodeSpecs } from './fit/node-specs';
export { poolNodes } from './fit/pools/pool-nodes';
export type { NodeImage, NodeSpec, NodeTaint } from './fit/node-spec';
export type { FitOptions } from './fit/options';
export type { DrainBlock, Homeless, NodeDrain } from './fit/drain';
export type { LeastChange } from './fit/change/least-change';
export type { ChangeKind, FitChange } from './fit/change/step';
export type { Headroom } from './fit/headroom';
export type { Expander, PoolOption } from './fit/pools/expander';
export type { Doubt, Fit, Growth, NodeUse, Placement, PoolGrowth } from './fit/result';

export { runOperator } from './operator/run/run';
export type { RunOperatorOptions } from './operator/run/run';
export type { OperatorOptions } from './operator/run/options';
export type { ElectionTimes } from './operator/run/election';
export type { RetryLimits } from './operator/run/limits';
export type { LogFields, Logger, LogLevel } from './operator/run/log';

export { connect } from './cluster/client/connect';
export type { Cluster as ConnectedCluster } from './cluster/client/cluster';
export type { ConnectOptions } from './cluster/client/options';
export { apply } from './cluster/apply/apply';
export { reviewedPlan } from './cluster/apply/reviewed';
export type { PlanFor } from './cluster/apply/reviewed';
export type {
  ApplyEvent,
  ApplyOptions,
  ApplyOutcome,
  ApplyPlan,
  ApplyResult,
  FailedObject,
  FieldConflict,
  ObjectWarning,
  PlanDifference,
  Progress as ApplyProgress,
  RefusedObject,
  ReviewedObject,
  ReviewedPlan,
  WaitLimits,
  Written as AppliedAs,
} from './cluster/apply/types';
export { status } from './cluster/status/status';
export type { StatusOptions } from './cluster/status/scope';
export type { ClusterStatus, PodStatus, WorkloadState, WorkloadStatus } from './cluster/status/types';
export { history, readRevision } from './cluster/revisions/history';
export type { Revision, RevisionState } from './cluster/revisions/revision';
export type { StayingObject } from './cluster/owned/prunable';
export type { HeldObject } from './cluster/owned/remove';
export type { Unfinished } from './cluster/owned/unfinished';
export type { AppName } from './cluster/owned/record';
export { waitFor } from './cluster/wait/wait';
export type { WaitOptions, WaitResult } from './cluster/wait/types';
export type { Progress } from './cluster/apply/types';

export { defineResource } from './operator/definition';
export type {
  CurrentProps,
  OneVersion,
  ResourceExample,
  ResourceOptions,
  ResourceVersion,
  SeveralVersions,
  VersionedProps,
} from './operator/definition';
export { customResourceDefinition } from './operator/crd';
export type { DefinitionOptions } from './operator/crd';
export { operatorDockerfile, operatorManifests } from './operator/manifests';
export type { OperatorManifestsOptions } from './operator/manifests';
export { permittedKinds } from './operator/permissions';
export type { PropsOf, PropsSchema, SchemaIssue, SchemaResult } from './operator/props-schema';
export type {
  Condition,
  ConditionType,
  CustomResource,
  Decision,
  DecisionReason,
  DefinedVersion,
  DefinitionChecks,
  DefinitionKey,
  DriftMode,
  GroupKind,
  ObjectDrift,
  PrinterColumn,
  PropsRule,
  RenderContext,
  RenderProblem,
  RenderReason,
  ResourceDefinition,
  ResourceScope,
  ResourceStatus,
} from './operator/types';

export { SeaworthyValidation } from './integrations/cdk8s-validation';
export type { ValidationContext, ValidationProperties, Violation } from './integrations/cdk8s-validation';
