import type { Cluster } from '../../../graph/cluster';
import { scalersIn } from '../../../graph/scalers';
import type { Manifest } from '../../../manifest/manifest';
import type { PlainRecord } from '../../../manifest/data';
import { numberIn } from '../words';

/** An autoscaler, and how many pods it keeps of its target. */
export interface Autoscaler {
  readonly manifest: Manifest;
  readonly target: Manifest;
  readonly min: number;
  readonly max: number;
  /** Whether it leaves the number of pods as it is for now. */
  readonly isPaused: boolean;
  /** Whether its target gets back its former number of pods when it is deleted. */
  readonly restores: boolean;
}

/** The autoscaler of a workload, where the set has one. */
export function autoscalerOf(cluster: Cluster, workload: Manifest): Autoscaler | undefined {
  return cluster.derived(byTarget).get(workload);
}

/** What an object scales, where it is an autoscaler. */
export function scaledBy(cluster: Cluster, scaler: Manifest | undefined): Autoscaler | undefined {
  return scaler && cluster.derived(byScaler).get(scaler);
}

/** How many pods a workload has at least and at most: what its autoscaler keeps, or the replicas of its spec. */
export function replicasOf(
  cluster: Cluster,
  workload: Manifest,
  spec: PlainRecord,
): Pick<Autoscaler, 'min' | 'max'> & { readonly scaler?: Autoscaler } {
  const scaler = autoscalerOf(cluster, workload);
  if (scaler !== undefined) return { min: scaler.min, max: scaler.max, scaler };
  const replicas = numberIn(spec, 'replicas', 1);
  return { min: replicas, max: replicas };
}

function byTarget(cluster: Cluster): ReadonlyMap<Manifest, Autoscaler> {
  return new Map(cluster.derived(autoscalers).map((scaler) => [scaler.target, scaler]));
}

function byScaler(cluster: Cluster): ReadonlyMap<Manifest, Autoscaler> {
  return new Map(cluster.derived(autoscalers).map((scaler) => [scaler.manifest, scaler]));
}

function autoscalers(cluster: Cluster): readonly Autoscaler[] {
  return scalersIn(cluster).flatMap(({ manifest, scaled, range, isPaused, restores }) =>
    range === undefined ? [] : [{ manifest, target: scaled, ...range, isPaused, restores }],
  );
}
