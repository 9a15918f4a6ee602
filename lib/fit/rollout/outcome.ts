import type { ObjectId, Origin } from '../../manifest/manifest';

/** What becomes of the rollout of one workload. */
export interface FitRollout {
  readonly workload: ObjectId;
  /** How many pods there are to be in the end. */
  readonly replicas: number;
  /** How many more there may be at a time. */
  readonly surge: number;
  /** How many may be missing at a time. */
  readonly unavailable: number;
  /** How many new pods run where it comes to rest. */
  readonly updated: number;
  /** Whether it comes to rest before all pods are new. */
  readonly isStuck: boolean;
  /** How many new pods wait in the middle; where it is not stuck, they find a node when old ones stop. */
  readonly waiting: number;
  /** Why a new pod finds no node: where it is stuck, and else in the middle. */
  readonly message?: string;
  /** `false` where it gets stuck or not by how the scheduler draws among equally good nodes. */
  readonly certain?: false;
  /** Where its workload came from. */
  readonly origin?: Origin;
}
