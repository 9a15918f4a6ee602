import type { ManifestSet } from '../manifest/set';
import type { NodePool } from '../profiles/cluster-profile';
import type { Expander } from './pools/expander';

/** Settings of `fit`. */
export interface FitOptions {
  /** The release of the cluster: `1.31`, `v1.31.4`. @default that of the profile, else the newest that Seaworthy knows */
  readonly kubernetes?: string;
  /**
   * Pods that are in the cluster already, as `kubectl get pods -A -o json` prints them: they hold what they request. Those
   * that workloads of the set made stay where they are, as pods of these.
   *
   * @default none
   */
  readonly pods?: readonly unknown[];
  /** How many pods a workload with an autoscaler has: as many as it says itself, or the most. @default 'current' */
  readonly at?: 'current' | 'max';
  /**
   * Which workloads come first after DaemonSets: those that stand first in the set, as when they are applied one after the
   * other, or those with the highest priority, as when all of them start at once.
   *
   * @default 'set'
   */
  readonly order?: 'set' | 'priority';
  /**
   * Names of nodes and of zones that are lost: what ran there has to find another node.
   *
   * @default none
   */
  readonly without?: readonly string[];
  /**
   * Names of nodes to drain, each by itself with all others in use, or `all`: which evictions budgets block, and which pods
   * find no new node.
   *
   * @default none
   */
  readonly drain?: 'all' | readonly string[];
  /**
   * The fullest moment of a rollout in place of the end of it: old pods less those that may be missing, next to the new ones
   * that come; and whether each rollout comes to its end. Not together with `drain` and `headroom`.
   *
   * @default none: all pods are those of the set
   */
  readonly during?: 'rollout';
  /**
   * With `during`, what runs now: the workloads whose pod template is another one in the set roll.
   *
   * @default the set itself: every workload rolls, as when all are restarted
   */
  readonly before?: ManifestSet;
  /** Whether to say how many more pods of each workload find a node. @default false */
  readonly headroom?: boolean;
  /**
   * The node pools of the cluster: where pods stay pending, those with a `max` grow, as an autoscaler would have it.
   *
   * @default those of the profile of the set
   */
  readonly pools?: readonly NodePool[];
  /**
   * How the autoscaler chooses among pools that would help: the one that leaves the least CPU and memory unused, the one with
   * the least price for each pod, or the one that stands first.
   *
   * @default 'least-waste'
   */
  readonly expander?: Expander;
  /** Whether to look for the least changes by which the pods of each pending workload find a node. @default false */
  readonly changes?: boolean;
}
