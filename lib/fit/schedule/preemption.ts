import type { Allowance, BudgetUse } from './budgets';
import type { FitPod } from '../state/node';
import type { ClusterState } from '../state/cluster-state';
import type { FitNode } from '../state/node';
import type { Failure } from './failure';
import type { Scheduler } from './scheduler';

/** A node that takes a pod when others go. */
export interface Preemption {
  readonly node: FitNode;
  readonly victims: readonly FitPod[];
}

interface Trial {
  readonly pod: FitPod;
  readonly state: ClusterState;
  readonly scheduler: Scheduler;
  readonly budgets: BudgetUse;
  readonly allowance: Allowance;
}

interface Candidate extends Preemption {
  /** How many of the victims a budget protects. */
  readonly violations: number;
}

/** The share of nodes in percent, and the number of nodes, that are at least tried. */
const LEAST_PERCENT = 10;
const LEAST_NODES = 100;

/**
 * The node on which the least important pods make room for a pod, if there is one. Budgets only weigh: pods that they
 * protect are spared first, and a node without any is preferred, but they do not stop preemption.
 *
 * @source k8s.io/kubernetes pkg/scheduler/framework/preemption/preemption.go findCandidates, DryRunPreemption 1.36
 */
export function preemptionFor(
  pod: FitPod,
  failure: Failure,
  state: ClusterState,
  scheduler: Scheduler,
  budgets: BudgetUse,
): Preemption | undefined {
  const { priority, preempts } = pod.shape;
  if (!preempts || failure.helpable.length === 0 || !state.hasBelow(priority)) return undefined;
  const enough = Math.max(LEAST_NODES, Math.trunc((failure.helpable.length * LEAST_PERCENT) / 100));
  const candidates: Candidate[] = [];
  const { version } = state;
  const trial = { pod, state, scheduler, budgets, allowance: budgets.allowance() };
  for (const node of failure.helpable) {
    const candidate = candidateOn(node, trial);
    if (candidate !== undefined) candidates.push(candidate);
    if (candidates.length >= enough && candidates.some(({ violations }) => violations === 0)) break;
  }
  // All pods are where they were.
  state.version = version;
  return best(candidates);
}

/** @source k8s.io/kubernetes pkg/scheduler/framework/plugins/defaultpreemption/default_preemption.go SelectVictimsOnNode 1.36 */
function candidateOn(
  node: FitNode,
  { pod, state, scheduler, budgets, allowance }: Trial,
): Candidate | undefined {
  const lower = [...node.pods].filter(({ shape }) => shape.priority < pod.shape.priority).sort(byImportance);
  if (lower.length === 0) return undefined;
  for (const each of lower) state.remove(each);
  const isHelped = scheduler.takes(pod, node);
  const { violating, others } = budgets.split(lower, allowance);
  const victims = new Set<FitPod>();
  let violations = 0;
  for (const each of [...violating, ...others]) {
    state.add(each, node);
    if (!isHelped || scheduler.takes(pod, node)) continue;
    state.remove(each);
    victims.add(each);
    if (violating.includes(each)) violations++;
  }
  for (const each of victims) state.add(each, node);
  return victims.size === 0 ? undefined : { node, victims: [...victims].sort(byImportance), violations };
}

/** @source k8s.io/kubernetes pkg/scheduler/util/utils.go MoreImportantPod 1.36 */
function byImportance(a: FitPod, b: FitPod): number {
  return b.shape.priority - a.shape.priority || a.started - b.started;
}

/** What each priority is raised by in the sum, so that none is negative. */
const OFFSET = 2 ** 31;

/** @source k8s.io/kubernetes pkg/scheduler/framework/preemption/preemption.go pickOneNodeForPreemption 1.36 */
function best(candidates: readonly Candidate[]): Candidate | undefined {
  const measures: ((candidate: Candidate) => number)[] = [
    ({ violations }) => violations,
    ({ victims }) => victims[0]?.shape.priority ?? 0,
    ({ victims }) => victims.reduce((sum, { shape }) => sum + shape.priority + OFFSET, 0),
    ({ victims }) => victims.length,
    ({ victims }) => -earliestStart(victims),
  ];
  let left = candidates;
  for (const measure of measures) {
    const least = Math.min(...left.map(measure));
    left = left.filter((each) => measure(each) === least);
    if (left.length <= 1) break;
  }
  return left[0];
}

/**
 * When the first of the most important victims started.
 *
 * @source k8s.io/kubernetes pkg/scheduler/util/utils.go GetEarliestPodStartTime 1.36
 */
function earliestStart(victims: readonly FitPod[]): number {
  const top = victims[0]?.shape.priority;
  return Math.min(...victims.filter(({ shape }) => shape.priority === top).map(({ started }) => started));
}
