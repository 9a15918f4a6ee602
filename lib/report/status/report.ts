import type { UnfinishedApp } from '../../cluster/owned/unfinished';
import type { ClusterStatus } from '../../cluster/status/types';
import type { Paint } from '../paint';

/** What `seaworthy status` prints. */
export interface StatusReport {
  /** The context of the kubeconfig, and the server that it names. */
  readonly cluster: { readonly context: string; readonly server: string; readonly version: string };
  /** Null for all, or several. */
  readonly namespace: string | null;
  /** Whose workloads alone are told: `the app`, `deploy/`. @default all there are */
  readonly source?: string;
  readonly status: ClusterStatus;
  /** Applications of which a run has not ended. @default none */
  readonly unfinished?: readonly UnfinishedApp[];
}

export type StatusPrinter = (report: StatusReport, paint: Paint) => string;
