import { Field } from '../manifest/field';
import type { Manifest } from '../manifest/manifest';
import type { Cluster } from './cluster';
import { kindKey } from './objects';
import { podTemplateOf } from './pod-template';
import { rolloutAt, rolloutOf } from './rollouts';
import { scalersOf, type Range, type Scaler } from './scalers';

/** How many pods a workload has at a time. */
export interface Replicas extends Range {
  /** What the workload itself says (`spec.replicas`); absent where it leaves the number to its scaler or the default. */
  readonly current?: number;
  /** The autoscalers that set the number, one, none, or several that undo each other's work. */
  readonly scalers: readonly HorizontalScaler[];
}

/** An autoscaler of the number of pods. */
export type HorizontalScaler = Scaler & { readonly range: Range };

/**
 * Kinds with one pod unless they say otherwise.
 *
 * Source: SetDefaults_Deployment and its siblings of kubernetes `pkg/apis/apps/v1`; the documentation of Argo Rollouts and
 * OpenKruise.
 */
const REPLICATED: ReadonlySet<string> = new Set([
  '/ReplicationController',
  'apps/Deployment',
  'apps/ReplicaSet',
  'apps/StatefulSet',
  'apps.kruise.io/CloneSet',
  'apps.kruise.io/StatefulSet',
  'argoproj.io/Rollout',
]);

/** Kinds, of any group, whose pods are counted by nodes or by runs, whatever their spec says of replicas. */
const NOT_REPLICATED = /(DaemonSet|Job|PodTemplate)$/;

/**
 * How many pods a workload has: what its autoscalers leave it, what it says, or the default of its kind. None where the
 * number depends on the nodes or on time, as for a DaemonSet or a Job, or where nothing is known of the kind.
 */
export function replicasOf(cluster: Cluster, manifest: Manifest): Replicas | undefined {
  const known = cluster.derived(alreadyRead);
  if (!known.has(manifest)) known.set(manifest, readReplicas(cluster, manifest));
  return known.get(manifest);
}

function alreadyRead(): Map<Manifest, Replicas | undefined> {
  return new Map();
}

function readReplicas(cluster: Cluster, manifest: Manifest): Replicas | undefined {
  const kind = kindKey(manifest);
  if (kind === '/Pod') return { min: 1, max: 1, scalers: [] };
  const rollout = rolloutOf(cluster, manifest);
  const workload = rolloutAt(cluster, manifest)?.workload;
  // A Rollout runs the pods of the Deployment that it refers to, which has none of its own.
  if (workload !== undefined) return replicasOf(cluster, workload);
  const holder = rollout?.by === 'argo' ? rollout.root : Field.root(manifest.object);
  const replicas = holder.at('spec', 'replicas');
  const scalers = scalersOf(cluster, manifest).filter(isHorizontal);
  const isReplicated =
    REPLICATED.has(kind) ||
    (replicas.isSet && !NOT_REPLICATED.test(kind) && podTemplateOf(manifest.object) !== undefined);
  if (!isReplicated && scalers.length === 0) return undefined;
  const current = replicas.isSet ? replicas.integer : undefined;
  const { min, max } = rangeOf(scalers, current);
  return { min, max, ...(current !== undefined && { current }), scalers };
}

function isHorizontal(scaler: Scaler): scaler is HorizontalScaler {
  return scaler.range !== undefined;
}

/**
 * A HorizontalPodAutoscaler whose target has 0 replicas is switched off.
 *
 * Source: reconcileAutoscaler of kubernetes `pkg/controller/podautoscaler`, the condition ScalingDisabled.
 */
function rangeOf(scalers: readonly HorizontalScaler[], current: number | undefined): Range {
  const active = scalers.filter(({ manifest, range }) => {
    return current !== 0 || range.min === 0 || manifest.id.kind !== 'HorizontalPodAutoscaler';
  });
  if (active.length === 0) return { min: current ?? 1, max: current ?? 1 };
  return {
    min: active.reduce((min, { range }) => Math.min(min, range.min), Infinity),
    max: active.reduce((max, { range }) => Math.max(max, range.max), 0),
  };
}
