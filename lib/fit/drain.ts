import { formatId, type ObjectId } from '../manifest/manifest';
import type { BudgetFacts, BudgetHealth, BudgetUse } from './schedule/budgets';
import type { Failure } from './schedule/failure';
import type { Simulated } from './simulate';
import type { FitNode, FitPod } from './state/node';

/** A pod that a drain cannot evict. */
export interface DrainBlock {
  readonly pod: ObjectId;
  /** The object that makes it; the pod itself where nothing does. */
  readonly workload: ObjectId;
  /** A budget that lets none go, several budgets, which the API does not evict by, or no controller. */
  readonly why: 'budget' | 'several-budgets' | 'no-controller';
  /** Names of the budgets that protect it. */
  readonly budgets: readonly string[];
  readonly message: string;
}

/** A pod that is evicted, or preempted by one that is, and finds no new node. */
export interface Homeless {
  readonly pod: ObjectId;
  readonly workload: ObjectId;
  /** Why, in the words of kube-scheduler. */
  readonly message: string;
}

/** What `kubectl drain --ignore-daemonsets --delete-emptydir-data` comes to on one node. */
export interface NodeDrain {
  readonly node: string;
  /** How many pods are evicted. */
  readonly evicted: number;
  /** What cannot be evicted: the drain does not end. */
  readonly blocked: readonly DrainBlock[];
  /** What is evicted, and finds no new node. */
  readonly homeless: readonly Homeless[];
  /** Evicted pods that lose the data of an `emptyDir`: kubectl asks for `--delete-emptydir-data`. */
  readonly emptyDirs: readonly ObjectId[];
}

/** Drains some nodes, each by itself, with all pods where they are. Puts everything back. */
export function drainsOf({ simulation }: Simulated, nodes: readonly FitNode[]): NodeDrain[] {
  const health = simulation.budgets.health();
  return nodes.map((node) => new Drain(simulation, node, health).run());
}

/** @source k8s.io/kubernetes pkg/registry/core/pod/storage/eviction.go Create, checkAndDecrement 1.36 */
class Drain {
  readonly #simulation: Simulated['simulation'];
  readonly #budgets: BudgetUse;
  readonly #node: FitNode;
  readonly #before: ReadonlyMap<BudgetFacts, BudgetHealth>;
  /** How many healthy pods each budget has lost, those that found a new node not counted. */
  readonly #lost = new Map<BudgetFacts, number>();
  /** Where each pod that was moved or preempted ran. */
  readonly #moved = new Map<FitPod, FitNode>();
  readonly #homeless: Homeless[] = [];
  readonly #evicted: FitPod[] = [];

  constructor(
    simulation: Simulated['simulation'],
    node: FitNode,
    health: ReadonlyMap<BudgetFacts, BudgetHealth>,
  ) {
    this.#simulation = simulation;
    this.#budgets = simulation.budgets;
    this.#node = node;
    this.#before = health;
  }

  run(): NodeDrain {
    const { state } = this.#simulation;
    const wasCordoned = this.#node.isCordoned;
    state.cordon(this.#node, true);
    const blocked = this.#evictAll();
    this.#putBack();
    state.cordon(this.#node, wasCordoned);
    return {
      node: this.#node.facts.name,
      evicted: this.#evicted.length,
      blocked,
      homeless: this.#homeless,
      emptyDirs: this.#evicted.filter(hasEmptyDir).map(({ id }) => id),
    };
  }

  /** kubectl evicts nothing where a pod has no controller, and tries again what a budget keeps for now. */
  #evictAll(): DrainBlock[] {
    const pods = [...this.#node.pods].filter((pod) => pod.target === undefined && pod.staysOnNode !== true);
    const bare = pods.filter(({ owner }) => !owner.replaces);
    if (bare.length > 0) return bare.map(blockedAsBare);
    let left = pods;
    for (;;) {
      const blocked = left.flatMap((pod) => {
        const block = this.#blockOf(pod);
        if (block === undefined) this.#evict(pod);
        return block === undefined ? [] : [{ pod, block }];
      });
      if (blocked.length === 0 || blocked.length === left.length) return blocked.map(({ block }) => block);
      left = blocked.map(({ pod }) => pod);
    }
  }

  #blockOf(pod: FitPod): DrainBlock | undefined {
    if (pod.health === 'starting') return undefined;
    const budgets = this.#budgets.of(pod);
    const [budget] = budgets;
    if (budget === undefined) return undefined;
    const block = { pod: pod.id, workload: pod.owner.id, budgets: budgets.map(({ name }) => name) };
    if (budgets.length > 1) return { ...block, why: 'several-budgets', message: SEVERAL };
    const { healthy, desired, allowed } = this.#health(budget);
    const mayGoUnready = budget.letsUnreadyGo || (healthy >= desired && desired > 0);
    if (allowed > 0 || (pod.health === 'unready' && mayGoUnready)) return undefined;
    const message = `The disruption budget ${budget.name} needs ${desired} healthy pods and has ${healthy} currently`;
    return { ...block, why: 'budget', message };
  }

  #health(budget: BudgetFacts): BudgetHealth {
    const { healthy, desired, allowed } = this.#before.get(budget) ?? { healthy: 0, desired: 0, allowed: 0 };
    const lost = this.#lost.get(budget) ?? 0;
    return { healthy: healthy - lost, desired, allowed: Math.max(0, allowed - lost) };
  }

  #evict(pod: FitPod): void {
    this.#evicted.push(pod);
    this.#leave(pod);
    this.#findHome(pod);
  }

  #findHome(pod: FitPod): void {
    const { state } = this.#simulation;
    const outlook = this.#simulation.outlook(pod);
    if (isFailure(outlook)) {
      this.#homeless.push(homeless(pod, outlook.message));
      return;
    }
    for (const victim of outlook.victims) this.#leave(victim);
    state.add(pod, outlook.node);
    this.#count(pod, -1);
    for (const victim of outlook.victims) {
      if (victim.owner.replaces) this.#findHome(victim);
      else this.#homeless.push(homeless(victim, `preempted by ${formatId(pod.id)}`));
    }
  }

  #leave(pod: FitPod): void {
    if (pod.node === undefined) return;
    if (!this.#moved.has(pod)) this.#moved.set(pod, pod.node);
    this.#simulation.state.remove(pod);
    this.#count(pod, 1);
  }

  #count(pod: FitPod, sign: 1 | -1): void {
    if (pod.health !== undefined) return;
    for (const budget of this.#budgets.of(pod)) this.#lost.set(budget, (this.#lost.get(budget) ?? 0) + sign);
  }

  #putBack(): void {
    const { state } = this.#simulation;
    for (const pod of this.#moved.keys()) state.remove(pod);
    for (const [pod, node] of this.#moved) state.add(pod, node);
  }
}

const SEVERAL =
  'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.';

function blockedAsBare({ id, owner }: FitPod): DrainBlock {
  const message = 'cannot delete Pods that declare no controller (use --force to override)';
  return { pod: id, workload: owner.id, why: 'no-controller', budgets: [], message };
}

function homeless({ id, owner }: FitPod, message: string): Homeless {
  return { pod: id, workload: owner.id, message };
}

function isFailure(outlook: object): outlook is Failure {
  return 'reasons' in outlook;
}

function hasEmptyDir({ shape }: FitPod): boolean {
  return shape.spec.list('volumes').some((volume) => volume.child('emptyDir').isSet);
}
