import type { Fit, NodeUse, Placement } from '../../fit/result';
import type { Loss } from '../../fit/losses';
import type { Manifest, ObjectId } from '../../manifest/manifest';
import { counted, listed } from '../counts';
import type { Paint } from '../paint';

/** The fit of the objects of one cluster. */
export interface FitPart {
  /** Name of the environment; null for files. */
  readonly environment: string | null;
  readonly fit: Fit;
  /** The objects, whose secrets no report repeats. @default there is none to show */
  readonly manifests?: readonly Manifest[];
  /** What becomes of the pods without each node and zone, for formats that show it. @default nothing was asked */
  readonly losses?: () => readonly Loss[];
}

/** What `seaworthy fit` prints. */
export interface FitReport {
  /** Version of Seaworthy, for formats that tell it. */
  readonly version?: string;
  readonly parts: readonly FitPart[];
}

export type FitPrinter = (report: FitReport, paint: Paint) => string;

/** Pods of one workload that stay pending for the same reason. */
export interface PendingGroup {
  readonly workload: ObjectId;
  readonly pods: readonly Placement[];
  readonly message: string;
  /** How many pods the workload has in all. */
  readonly total: number;
}

/** What stays pending, by workload and reason. */
export function pendingGroups({ placements, rollouts = [] }: Fit): PendingGroup[] {
  // Of what rolls, the rollout is told of.
  const rolling = new Set(rollouts.map(({ workload }) => keyOf(workload)));
  const totals = new Map<string, number>();
  const groups = new Map<string, Placement[]>();
  for (const placement of placements) {
    const key = keyOf(placement.workload);
    totals.set(key, (totals.get(key) ?? 0) + 1);
    if (placement.node !== undefined || rolling.has(key)) continue;
    const group = `${key}\n${placement.message ?? ''}`;
    groups.set(group, [...(groups.get(group) ?? []), placement]);
  }
  return [...groups.values()].flatMap((pods) => {
    const [first] = pods;
    if (first === undefined) return [];
    const { workload, message = '' } = first;
    return [{ workload, pods, message, total: totals.get(keyOf(workload)) ?? pods.length }];
  });
}

/** Ways by which all pods of a workload find a node, each as a sentence; none where nothing was looked for or found. */
export function waysFor(workload: ObjectId, { changes = [] }: Fit): string[] {
  return changes
    .filter((each) => keyOf(each.workload) === keyOf(workload))
    .map((each) => listed(each.changes.map(({ text }) => text)));
}

function keyOf({ kind, namespace = '', name }: ObjectId): string {
  return `${kind} ${namespace}/${name}`;
}

/** What share of a resource of a node is requested, from 0 to 1 or more; nothing where there is none. */
export function shareOf({ resources }: NodeUse, resource: string): number | undefined {
  const use = resources[resource];
  return use === undefined || use.allocatable === 0 ? undefined : use.requested / use.allocatable;
}

/** Whether nothing needs to be done: pods that wait in a rollout that ends do not. */
export function isCalm(fit: Fit): boolean {
  const { rollouts, pending } = fit;
  if (rollouts === undefined) return pending.length === 0;
  return pendingGroups(fit).length === 0 && rollouts.every(({ isStuck }) => !isStuck);
}

/** `8 of 9 pods find a node, 1 stays pending`. */
export function summaryOf({ placements, pending, rollouts }: Fit): string {
  if (rollouts !== undefined) return middleOf({ placements, pending });
  const all = counted(placements.length, 'pod');
  if (pending.length === 0) return `${all} ${placements.length === 1 ? 'finds' : 'find'} a node`;
  const placed = placements.length - pending.length;
  return `${placed} of ${all} ${placed === 1 ? 'finds' : 'find'} a node, ${pending.length} ${pending.length === 1 ? 'stays' : 'stay'} pending`;
}

function middleOf({ placements, pending }: Pick<Fit, 'placements' | 'pending'>): string {
  const all = `in the middle of the rollout there ${placements.length === 1 ? 'is' : 'are'} ${counted(placements.length, 'pod')}`;
  if (pending.length === 0) return `${all}, and all find a node`;
  return `${all}, and ${pending.length} ${pending.length === 1 ? 'waits' : 'wait'} for a node`;
}
