import { budgetsIn, type Budget } from '../graph/budgets';
import type { Cluster } from '../graph/cluster';
import { atLeast } from '../kube/at-least';
import type { KubeObject } from '../manifest/manifest';
import { podFailure } from './schedule/failure';
import type { FitPod } from './state/node';
import type { PodShape } from './pods/shape';
import { shapesOf, type ShapeFactory } from './pods/shape-factory';
import { BudgetUse, type BudgetFacts } from './schedule/budgets';
import { Scheduler } from './schedule/scheduler';
import { Simulation } from './schedule/simulation';
import { ClusterState } from './state/cluster-state';
import type { NodeFacts } from './state/node';
import { defaultClassOf, volumesOf } from './volumes/read';
import { ClaimMaker } from './workloads/claims';
import { adopt } from './workloads/adopt';
import { PodMaker, type At } from './workloads/pod-maker';
import { QuotaUse } from './workloads/quota-use';
import { runningPods } from './workloads/running';
import { stay } from './workloads/stay';
import type { WorkloadPods } from './workloads/workload';

/** What a simulation starts from. */
export interface Start {
  readonly cluster: Cluster;
  readonly nodes: readonly NodeFacts[];
  /** Pods that are there already. */
  readonly pods: readonly KubeObject[];
  readonly at: At;
  readonly order: 'set' | 'priority';
  /** Which of equally good nodes is taken: the one with the lowest rank. */
  readonly ranks: Int32Array;
  /** Whether it only matters how many pods find a node. @default false */
  readonly isEstimate?: boolean;
  /** What the pods of one workload are instead, which is known by its `identityKey`. @default as the set has them */
  readonly change?: { readonly key: string; readonly shape: PodShape };
  /** Where the same pods ran on the nodes that there were before: they stay, where their node is left. */
  readonly before?: Simulated;
}

/** A simulation that has come to its end. */
export interface Simulated {
  readonly simulation: Simulation;
  readonly quotas: QuotaUse;
  readonly workloads: readonly WorkloadPods[];
}

/** What a simulation starts from, but for the order of equally good nodes. */
export type OpenStart = Omit<Start, 'ranks'>;

/** A simulation in which the first of equally good nodes is taken. */
export function firstOf(start: OpenStart): Simulated {
  return simulate({ ...start, ranks: Int32Array.from(start.nodes, (_, index) => index) });
}

/** What a simulation works with, before any pod is there. */
export interface Setup {
  readonly simulation: Simulation;
  readonly quotas: QuotaUse;
  readonly shapes: ShapeFactory;
  readonly claims: ClaimMaker;
  /** What the controllers of the set make, in the order in which it is placed. */
  readonly workloads: readonly WorkloadPods[];
}

/**
 * Nodes without pods, and the pods that are to come.
 *
 * @param revision tells the pods of a Deployment from those of another revision
 * @throws SeaworthyError TOO_MANY_PODS
 */
export function setUp(
  { cluster, nodes, at, order, ranks, isEstimate = false, change }: Start,
  revision = '',
): Setup {
  const volumes = volumesOf(cluster);
  const state = new ClusterState(nodes, volumes);
  const shapes = shapesOf(cluster);
  const claims = new ClaimMaker(volumes, defaultClassOf(cluster));
  const maker = new PodMaker({ cluster, claims, state, at, revision, ...(change && { change }) });
  const settings = { comparesBalance: atLeast(cluster.kubernetes, '1.36'), ranks, isEstimate };
  const scheduler = new Scheduler(state, settings);
  const budgets = new BudgetUse(budgetFacts(cluster), state, (owner) => maker.expected(owner));
  const simulation = new Simulation(state, scheduler, budgets);
  const quotas = new QuotaUse(cluster);
  return { simulation, quotas, shapes, claims, workloads: inOrder(maker.all(), order) };
}

/** @throws SeaworthyError TOO_MANY_PODS */
export function simulate(start: Start): Simulated {
  const { cluster, pods, before } = start;
  const setup = setUp(start);
  const { simulation, quotas, shapes, claims } = setup;
  const { state } = simulation;
  const { workloads, others } = adopt(
    runningPods(pods, cluster, shapes, claims),
    setup.workloads,
    simulation,
  );
  const moved: WorkloadPods[] = [];
  for (const { pod, nodeName } of others) {
    const node = state.node(nodeName);
    if (node !== undefined) simulation.bind(pod, node);
    else if (nodeName === '' || pod.owner.replaces) moved.push(alone(pod));
  }
  if (before !== undefined) stay(workloads, before, simulation);
  const all = [...moved, ...workloads];
  for (const { pods: there } of state.nodes) for (const pod of there) quotas.count(pod);
  for (const workload of all) place(workload, simulation, quotas);
  return { simulation, quotas, workloads: all };
}

/** A pod of the cluster that waits, or whose node is gone and that is made anew. */
function alone(pod: FitPod): WorkloadPods {
  const { id, shape } = pod;
  return {
    id,
    priority: shape.priority,
    isOrdered: false,
    isDaemon: false,
    isScheduled: false,
    pods: [pod],
  };
}

/** DaemonSets come first, and scheduled runs last. */
function inOrder(workloads: readonly WorkloadPods[], order: Start['order']): WorkloadPods[] {
  const turn = ({ isDaemon, isScheduled }: WorkloadPods): number => (isDaemon ? 0 : isScheduled ? 2 : 1);
  const rank = ({ priority }: WorkloadPods): number => (order === 'priority' ? -priority : 0);
  return [...workloads].sort((a, b) => turn(a) - turn(b) || rank(a) - rank(b));
}

/** Makes the pods of a workload that do not run yet. */
export function place({ pods, isOrdered }: WorkloadPods, simulation: Simulation, quotas: QuotaUse): void {
  for (const pod of pods) {
    if (pod.node === undefined && !create(pod, simulation, quotas) && isOrdered) return;
  }
}

const GATED = 'Scheduling is blocked due to non-empty scheduling gates';

/**
 * Whether the pod runs. One that a quota refuses is never made, one that names its node is not scheduled, and one with
 * gates waits for whoever lifts them.
 */
export function create(pod: FitPod, simulation: Simulation, quotas: QuotaUse): boolean {
  const { shape, target } = pod;
  const refusal = quotas.admit(pod);
  if (refusal !== undefined) {
    const { message, quota } = refusal;
    simulation.block(pod, podFailure({ filter: 'ResourceQuota', message }, 0), quota);
    return false;
  }
  if (shape.spec.list('schedulingGates').length > 0) {
    simulation.block(pod, podFailure({ filter: 'SchedulingGates', message: GATED }, 0));
    return false;
  }
  if (shape.nodeName === '' || target !== undefined) return simulation.add(pod);
  const node = simulation.state.node(shape.nodeName);
  if (node !== undefined) simulation.bind(pod, node);
  else simulation.block(pod, podFailure({ filter: 'NodeName', message: noNode(shape.nodeName) }, 0));
  return node !== undefined;
}

function noNode(name: string): string {
  return `spec.nodeName is "${name}", and there is no such node`;
}

function budgetFacts(cluster: Cluster): BudgetFacts[] {
  return budgetsIn(cluster).map((budget) => ({
    name: budget.manifest.id.name,
    namespace: budget.namespace,
    selector: budget.isForAll ? {} : budget.selector,
    letsUnreadyGo: budget.root.at('spec', 'unhealthyPodEvictionPolicy').text === 'AlwaysAllow',
    ...amounts(budget),
  }));
}

function amounts({ root }: Budget): Pick<BudgetFacts, 'minAvailable' | 'maxUnavailable'> {
  const value = (name: string): number | string | undefined => {
    const { value: own } = root.at('spec', name);
    return typeof own === 'number' || typeof own === 'string' ? own : undefined;
  };
  const [minAvailable, maxUnavailable] = [value('minAvailable'), value('maxUnavailable')];
  return {
    ...(minAvailable !== undefined && { minAvailable }),
    ...(maxUnavailable !== undefined && { maxUnavailable }),
  };
}
