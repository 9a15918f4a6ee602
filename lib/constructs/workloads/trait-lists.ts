/**
 * Which traits each kind of workload takes. A new trait goes into one of these lists, its props and its members into the
 * interfaces above the list; nothing else of a workload changes.
 */
import type { Access, AccessProps } from '../access/access';
import { access } from '../access/access';
import type { Connections } from '../network/connections';
import { connections } from '../network/connections';
import type { MeshProps } from '../network/mesh/mesh';
import { mesh } from '../network/mesh/mesh';
import type { MeshRouted, MeshTrafficProps } from '../network/mesh/traffic';
import { meshTraffic } from '../network/mesh/traffic';
import type { Routed, RoutedProps } from '../network/route';
import { route } from '../network/route';
import type { ClientServed, ClientServedProps, Served, ServedProps } from '../network/service';
import { clientService, service } from '../network/service';
import type { Alerted, AlertedProps } from '../observability/alerts';
import { alerts } from '../observability/alerts';
import type { Charted, DashboardProps } from '../observability/dashboard';
import { dashboard } from '../observability/dashboard';
import type { Scraped, ScrapedProps } from '../observability/scrape';
import { scrape } from '../observability/scrape';
import { replacement, split } from '../rollout/replacement';
import type { Replaced, ReplacedProps, Split } from '../rollout/stepped';
import type { TelemetryProps } from '../observability/telemetry';
import { telemetry } from '../observability/telemetry';
import type { RevisionProps } from '../rollout/revisions';
import { revisions } from '../rollout/revisions';
import type { Protected, ProtectedProps } from '../scaling/disruption-budget';
import { disruptionBudget } from '../scaling/disruption-budget';
import type { JobTriggered, JobTriggerProps } from '../scaling/job-triggers';
import { jobTriggers } from '../scaling/job-triggers';
import type { Recommended, RecommendedProps } from '../scaling/recommendations';
import { recommendations } from '../scaling/recommendations';
import type { Scaled, ScaledProps } from '../scaling/replicas';
import { scaling } from '../scaling/replicas';
import type { TraitList } from './trait';
import { traitList } from './trait';

/** Props of the traits that every workload takes. */
export interface CommonTraitProps extends AccessProps, MeshProps, AlertedProps, TelemetryProps {}
/** Members that every workload has from its traits. */
export interface CommonTraits extends Access, Connections, Alerted {}
export const COMMON_TRAITS: TraitList<CommonTraitProps, CommonTraits> = traitList(
  access,
  mesh,
  connections,
  alerts,
  telemetry,
);

/** Props of the traits of workloads whose pods run all the time. */
export interface MonitoredTraitProps extends ScrapedProps, DashboardProps {}
/** Members that such workloads have from their traits. */
export interface MonitoredTraits extends Scraped, Charted {}
/** They come after the others, since they ask them for Services. */
export const MONITORED_TRAITS: TraitList<MonitoredTraitProps, MonitoredTraits> = traitList(scrape, dashboard);

/** Props of the traits of workloads with a number of replicas. */
export interface ReplicatedTraitProps extends ScaledProps, ProtectedProps, RecommendedProps, RevisionProps {}
/** Members that workloads with a number of replicas have from their traits. */
export interface ReplicatedTraits extends Scaled, Protected, Recommended {}
export const REPLICATED_TRAITS: TraitList<ReplicatedTraitProps, ReplicatedTraits> = traitList(
  disruptionBudget,
  scaling,
  recommendations,
  revisions,
);

/** A Deployment replaces its pods itself, or leaves them to a rollout in steps. */
export const WORKER_TRAITS: TraitList<ReplacedProps & RevisionProps, Replaced> = traitList(replacement);

/** Props of the traits of a WebService. */
export interface WebServiceTraitProps extends ServedProps, RoutedProps, MeshTrafficProps {}
/** Members that a WebService has from its traits. */
export interface WebServiceTraits extends Served, Routed, MeshRouted, Split {}
export const WEB_SERVICE_TRAITS: TraitList<WebServiceTraitProps, WebServiceTraits> = traitList(
  service,
  route,
  meshTraffic,
  split,
);

/** A StatefulService has a headless Service of its own. */
export const STATEFUL_TRAITS: TraitList<ClientServedProps, ClientServed> = traitList(clientService);

/** Props of the traits of a NodeAgent. */
export interface NodeAgentTraitProps extends RecommendedProps, RevisionProps {}
/** A NodeAgent has one pod a node: it takes neither scaling nor a budget. */
export const NODE_AGENT_TRAITS: TraitList<NodeAgentTraitProps, Recommended> = traitList(
  recommendations,
  revisions,
);

/** Props of the traits of a ScaledJob. */
export type ScaledJobTraitProps = JobTriggerProps;
/** Members that a ScaledJob has from its traits. */
export type ScaledJobTraits = JobTriggered;
export const SCALED_JOB_TRAITS: TraitList<ScaledJobTraitProps, ScaledJobTraits> = traitList(jobTriggers);
