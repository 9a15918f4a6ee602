import type { ObjectId } from '../../manifest/manifest';

/**
 * How a workload does. `failed` is what does not pass by waiting: an image that cannot be pulled, a container that crashes,
 * a pod that fits no node, a quota, a deadline. `missing` is a workload of the manifests that the cluster does not have.
 */
export type WorkloadState =
  'ready' | 'progressing' | 'failed' | 'complete' | 'suspended' | 'terminating' | 'missing';

/** The workloads of a namespace or an app, and their pods. */
export interface ClusterStatus {
  /** By namespace, kind and name. */
  readonly workloads: readonly WorkloadStatus[];
  /** Resources that the user may not list, such as `events`: what they would tell is left out. */
  readonly forbidden: readonly string[];
}

/** A Deployment, StatefulSet, DaemonSet, Job, CronJob, a pod without one of these, or another owner of pods. */
export interface WorkloadStatus {
  readonly id: ObjectId;
  readonly state: WorkloadState;
  /** What a person would look for: why it is not ready; also what a workload that is ready suffers from. */
  readonly reason?: string;
  /** Pods that should run; of a Job, pods that should succeed. Absent for a CronJob. */
  readonly wanted?: number;
  /** Pods that are ready; of a Job, those that have succeeded. */
  readonly ready?: number;
  /** Pods of the present revision. */
  readonly updated?: number;
  /** Pods that have been ready for `minReadySeconds`. */
  readonly available?: number;
  /** Seconds since it was created; absent for one that is missing. */
  readonly age?: number;
  readonly pods: readonly PodStatus[];
}

/** A pod, as `kubectl get pods -o wide` shows it, with the reason why it does not run. */
export interface PodStatus {
  readonly name: string;
  /** `Running`, `CrashLoopBackOff`, `Init:0/1`, `Completed`, `Terminating`. */
  readonly phase: string;
  /** Containers that are ready, of how many: `1/2`. */
  readonly ready: string;
  readonly restarts: number;
  /** Seconds since it was created. */
  readonly age: number;
  /** The node; absent while it has none. */
  readonly node?: string;
  /** Images of its containers, init containers first. */
  readonly images: readonly string[];
  /** What a person would look for first, such as why a container waits or how it ended. */
  readonly reason?: string;
  /** A container that has ended with an error, if one has. */
  readonly crashed?: string;
  /** The last lines that this container wrote, if `status` has read them: of the first such pod of a workload. */
  readonly log?: readonly string[];
}
