import { SeaworthyError } from '../../errors';
import type { Cluster } from '../../graph/cluster';
import { claimTemplates, podsOf, type Pods } from '../../graph/pods';
import { runsAsWritten } from '../../graph/pod-template';
import { replicasOf } from '../../graph/replicas';
import type { Field } from '../../manifest/field';
import { formatId, identityKey, type ObjectId } from '../../manifest/manifest';
import type { FitPod, PodOwner } from '../state/node';
import type { PodShape } from '../pods/shape';
import type { ClusterState } from '../state/cluster-state';
import type { ClaimMaker } from './claims';
import { shouldRun } from './daemon-set';
import { madeByOthers } from './made-by-others';
import { templateOf, type Template } from './templates';
import type { WorkloadPods } from './workload';

/** How many pods a workload with a range has. */
export type At = 'current' | 'max';

interface Change {
  readonly key: string;
  readonly shape: PodShape;
}

/** As many pods are simulated: Kubernetes is made for 150,000 in a cluster. */
const MOST_PODS = 500_000;

/** What pods are made of and for. */
export interface PodMakerParts {
  readonly cluster: Cluster;
  readonly claims: ClaimMaker;
  readonly state: ClusterState;
  readonly at: At;
  /** Tells the pods of a Deployment from those of another revision. */
  readonly revision: string;
  /** What the pods of one workload are instead. */
  readonly change?: Change;
}

/** Makes the pods of workloads, as their controllers do. */
export class PodMaker {
  readonly #cluster: Cluster;
  readonly #claims: ClaimMaker;
  readonly #state: ClusterState;
  readonly #at: At;
  readonly #change: Change | undefined;
  readonly #revision: string;
  readonly #expected = new Map<PodOwner, number>();
  #made = 0;

  constructor({ cluster, claims, state, at, revision, change }: PodMakerParts) {
    this.#cluster = cluster;
    this.#claims = claims;
    this.#state = state;
    this.#at = at;
    this.#change = change;
    this.#revision = revision;
  }

  /** How many pods an owner is to have; none for a pod that nobody controls. */
  expected(owner: PodOwner): number | undefined {
    return this.#expected.get(owner);
  }

  /**
   * The pods of all workloads of the set, in its order.
   *
   * @throws SeaworthyError TOO_MANY_PODS
   */
  all(): WorkloadPods[] {
    const made = this.#cluster.derived(madeByOthers);
    return podsOf(this.#cluster).flatMap((pods) =>
      made.has(pods.manifest) ? [] : (this.#workload(pods) ?? []),
    );
  }

  #workload(pods: Pods): WorkloadPods | undefined {
    const { kind, manifest } = pods;
    if (!runsAsWritten(kind) && replicasOf(this.#cluster, manifest) === undefined) return undefined;
    const isDaemon = /\/DaemonSet$/.test(kind);
    const written = templateOf(this.#cluster, pods, this.#revision);
    const changed = this.#change?.key === identityKey(manifest.id) ? this.#change.shape : undefined;
    const { shape, shapeOf }: Template =
      changed === undefined ? written : { shape: changed, shapeOf: () => changed };
    const owner = { id: manifest.id, replaces: kind !== '/Pod' };
    const made = isDaemon ? this.#onNodes(pods, shape, owner) : this.#counted(pods, shapeOf, owner);
    if (kind !== '/Pod') this.#expected.set(owner, made.length);
    return {
      id: manifest.id,
      manifest,
      priority: shape.priority,
      isOrdered:
        /\/StatefulSet$/.test(kind) && pods.root.at('spec', 'podManagementPolicy').text !== 'Parallel',
      isDaemon,
      isScheduled: kind === 'batch/CronJob',
      pods: made,
    };
  }

  #onNodes(pods: Pods, shape: PodShape, owner: PodOwner): FitPod[] {
    return this.#state.nodes
      .filter(shouldRun(shape))
      .map((node) => this.#pod(pods, shape, owner, `${owner.id.name}-${node.facts.name}`, node));
  }

  #counted(pods: Pods, shapeOf: Template['shapeOf'], owner: PodOwner): FitPod[] {
    const { name } = owner.id;
    if (pods.kind === '/Pod') return [this.#pod(pods, shapeOf(name, 0), owner, name)];
    const start = pods.kind === 'apps/StatefulSet' ? pods.root.at('spec', 'ordinals', 'start').number : 0;
    const length = this.#count(pods);
    this.#made += length;
    if (this.#made > MOST_PODS) throw tooMany(pods, this.#made);
    return Array.from({ length }, (_, index) => {
      const pod = `${name}-${start + index}`;
      return this.#pod(pods, shapeOf(pod, start + index), owner, pod);
    });
  }

  #count({ kind, manifest, root }: Pods): number {
    if (/Job$/.test(kind)) return jobPods(kind === 'batch/CronJob' ? root.at('spec', 'jobTemplate') : root);
    // A Deployment that is paused makes no ReplicaSet (sync of pkg/controller/deployment).
    if (kind === 'apps/Deployment' && root.at('spec', 'paused').isTrue) return 0;
    const replicas = replicasOf(this.#cluster, manifest);
    if (replicas === undefined) return 1;
    if (this.#at === 'max') return replicas.max;
    return replicas.scalers.length > 0
      ? Math.min(Math.max(replicas.current ?? replicas.min, replicas.min), replicas.max)
      : replicas.min;
  }

  #pod(pods: Pods, shape: PodShape, owner: PodOwner, name: string, target?: FitPod['target']): FitPod {
    const { namespace } = pods;
    const id: ObjectId = { apiVersion: 'v1', kind: 'Pod', namespace, name };
    const claims = this.#claims.claimsOf(shape.spec, namespace, name, claimTemplates(pods));
    return { id, shape, owner, claims, ...(target && { target }), node: undefined, started: 0 };
  }
}

function tooMany({ manifest, root }: Pods, made: number): SeaworthyError {
  const field = root.at('spec', 'replicas');
  return new SeaworthyError({
    code: 'TOO_MANY_PODS',
    place: formatId(manifest.id),
    path: field.path,
    message: `there are ${made} pods so far; at most ${MOST_PODS} are fitted`,
    hint: 'Check replicas, and the maxReplicas of autoscalers.',
  });
}

/**
 * How many pods of a Job run at a time.
 *
 * @source k8s.io/kubernetes pkg/controller/job/job_controller.go manageJob 1.36
 */
function jobPods(root: Field): number {
  const spec = root.child('spec');
  if (spec.child('suspend').isTrue) return 0;
  const parallelism = spec.child('parallelism').isSet ? spec.child('parallelism').number : 1;
  const completions = spec.child('completions');
  return completions.isSet ? Math.min(parallelism, completions.number) : parallelism;
}
