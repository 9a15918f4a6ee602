import type { Drawing } from '../../draw/drawing';
import type { ObjectId } from '../../manifest/manifest';
import type { CheckReport } from '../check/report';
import type { FitReport } from '../fit/report';
import type { PlanReport } from '../plan/report';
import type { UpgradeReport } from '../upgrade/report';

/** What `seaworthy report` shows: a check, and what else there was an input for. */
export interface WholeReport {
  /** Version of Seaworthy. */
  readonly version: string;
  readonly check: CheckReport;
  readonly clusters: readonly ClusterView[];
  /** @default there is nothing to compare with */
  readonly plan?: PlanReport;
  /** @default there are no nodes */
  readonly fit?: FitReport;
  /** @default no release is asked for */
  readonly upgrade?: UpgradeReport;
}

/** The objects of one cluster, as a graph and by who may reach whom. */
export interface ClusterView {
  /** `shop/production`, or nothing: as the part of the check has it. */
  readonly place: string;
  readonly drawing: Drawing;
  readonly network: NetworkView;
}

/** Who may reach whom. */
export interface NetworkView {
  /** All pods that have ports, by the object that makes them; in the order of the set. */
  readonly servers: readonly Server[];
  /** How many makers of pods there are. */
  readonly makers: number;
}

/** Pods that others may reach. */
export interface Server {
  readonly id: ObjectId;
  /** Their declared ports: `5432/TCP`. */
  readonly ports: readonly string[];
  /** Whether NetworkPolicies say who may come in: all others may where none does. */
  readonly isClosed: boolean;
  /** How many others may reach a port of them: by the policies, or because none keeps them out. */
  readonly reached: number;
  /** Those who may, and those who declare it; of open ones among many pods, only who declares it. */
  readonly callers: readonly Reaching[];
}

/** Pods that may reach others, or name their Service. */
export interface Reaching {
  readonly id: ObjectId;
  /** The ports that they may reach; none where no policy lets them. */
  readonly ports: readonly string[];
  /** Whether their variables, arguments or files name the Service. */
  readonly isDeclared: boolean;
}
