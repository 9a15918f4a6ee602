import type { Cluster } from '../../graph/cluster';
import type { Manifest } from '../../manifest/manifest';
import { fitCluster, startOf } from '../fit-cluster';
import type { NodePool } from '../../profiles/cluster-profile';
import type { Fit } from '../result';
import { firstOf, type OpenStart, type Simulated } from '../simulate';
import type { NodeFacts } from '../state/node';
import type { WorkloadPods } from '../workloads/workload';

/** A workload of the set, with the object that makes its pods. */
export interface JudgedWorkload extends WorkloadPods {
  readonly manifest: Manifest;
}

/** Node pools as they are before an autoscaler makes them larger. */
export interface PoolsAtSize {
  readonly nodes: readonly NodeFacts[];
  readonly pools: readonly NodePool[];
}

/** The pods of a cluster on its nodes, placed once for all rules. */
export class Judgement {
  readonly cluster: Cluster;
  readonly nodes: readonly NodeFacts[];
  readonly fit: Fit;
  /** The same on pools that have not grown yet; none where no pool grows. */
  readonly atSize: Fit | undefined;
  readonly first: Simulated;
  /** The workloads of the set: pods of others are not its to fix. */
  readonly workloads: readonly JudgedWorkload[];
  readonly #start: Omit<OpenStart, 'nodes'>;

  /**
   * @param nodes with those that autoscalers may add
   * @throws SeaworthyError as `fit` does
   */
  constructor(
    cluster: Cluster,
    nodes: readonly NodeFacts[],
    pods: readonly unknown[],
    atSize: PoolsAtSize | undefined,
  ) {
    this.cluster = cluster;
    this.nodes = nodes;
    const question = { pods, at: 'current', order: 'set' } as const;
    this.fit = fitCluster(cluster, { ...question, ...NOTHING_ELSE, nodes });
    this.atSize = atSize && fitCluster(cluster, { ...question, ...NOTHING_ELSE, ...atSize });
    this.#start = startOf(cluster, question);
    this.first = firstOf({ ...this.#start, nodes });
    this.workloads = this.first.workloads.filter(isOfSet);
  }

  /** What becomes of the pods when only some of the nodes are left. */
  on(left: readonly NodeFacts[]): Simulated {
    return firstOf({ ...this.#start, nodes: left, before: this.first });
  }
}

const NOTHING_ELSE = {
  without: [],
  drain: [],
  headroom: false,
  pools: [],
  expander: 'least-waste',
  changes: false,
} as const;

function isOfSet(workload: WorkloadPods): workload is JudgedWorkload {
  return workload.manifest !== undefined;
}
