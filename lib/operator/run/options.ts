import type { ManifestSet } from '../../manifest/set';
import type { ClusterProfile } from '../../profiles/cluster-profile';
import type { GroupKind } from '../types';
import type { ElectionTimes } from './election';
import type { RetryLimits } from './limits';
import type { Logger } from './log';

/** How an operator runs. */
export interface OperatorOptions {
  /**
   * What it is called: the name of its Lease, and with its namespace what resources say they are served by.
   *
   * @default 'seaworthy-operator'
   */
  readonly name?: string;
  /** Namespace of its Lease, and of the records of resources that are in none. @default that of the kubeconfig's context, or of the pod */
  readonly namespace?: string;
  /** Namespaces whose resources it serves; all, where a definition has scope Cluster. @default all */
  readonly namespaces?: readonly string[];
  /** Resources that are reconciled at once. @default 8 */
  readonly concurrency?: number;
  /** Milliseconds in which each resource is compared with what the API server has, whatever was heard of it. @default 3_600_000 */
  readonly resync?: number;
  /** Times of the election of a leader; `false` for a process that is the only one. @default others take over within four seconds */
  readonly leaderElection?: ElectionTimes | false;
  /** Unlike that of any other process of the same operator. @default the host's name and a random part */
  readonly identity?: string;
  /** Port of /healthz, /readyz and /metrics; `false` for none, 0 for one that is free. @default 8080 */
  readonly port?: number | false;
  /** Address that it listens on. @default all */
  readonly host?: string;
  /** How soon what failed is tried again. @default from half a second to five minutes */
  readonly retries?: RetryLimits;
  /** The profile of the cluster. @default nothing is known */
  readonly profile?: ClusterProfile;
  /** Objects that the cluster has besides, such as Secrets that others make: `check` takes them for there. @default none */
  readonly assume?: ManifestSet;
  /**
   * Milliseconds that a construct may take for a resource. One that takes longer is stopped, the resource says so in a
   * condition, and `runOperator` ends with an error, since what was stopped may have left something half done: the process
   * has to be started again. @default 10_000
   */
  readonly renderTimeout?: number;
  /**
   * What is served, such as the image of the operator: a resource whose construct did not come to an end is tried again with
   * another one. @default only the construct's own text is compared
   */
  readonly release?: string;
  /** Kinds that the operator may write. @default all: what it may not write, the API server refuses */
  readonly permitted?: readonly GroupKind[];
  /** @default one JSON object a line, on stderr */
  readonly logger?: Logger;
  /** Milliseconds that resources in work have to come to an end after `signal`. @default 5_000 */
  readonly grace?: number;
  /** Called once health is served, with the port. */
  readonly onListening?: (port: number) => void;
  /** Ends it: what is in work comes to its end, and the lease is released. */
  readonly signal: AbortSignal;
}
