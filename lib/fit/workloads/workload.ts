import type { Manifest, ObjectId } from '../../manifest/manifest';
import type { FitPod } from '../state/node';

/** The pods of a workload, in the order in which they are made. */
export interface WorkloadPods {
  readonly id: ObjectId;
  /** The object that makes them; none for pods that run already. */
  readonly manifest?: Manifest;
  readonly priority: number;
  /** Whether each waits until the one before it runs. */
  readonly isOrdered: boolean;
  readonly isDaemon: boolean;
  /** Whether it comes and goes by a schedule: others are there before it. */
  readonly isScheduled: boolean;
  readonly pods: readonly FitPod[];
}
