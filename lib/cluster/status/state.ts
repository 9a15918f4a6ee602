import type { PlainRecord } from '../../manifest/data';
import type { KubeObject } from '../../manifest/manifest';
import type { Events } from './events';
import { at, condition, hasCondition, numberAt, textAt, timeAt } from '../fields';
import { conditionLine, oneLine } from '../lines';
import { isOfJobs, toUpdate, type Numbers } from './numbers';
import type { Root } from './owners';
import { isOver } from './phase';
import { isStuck, type Outlook, type Reason } from './pod-reason';
import { isAwaited, isOwnedBy, presentSets } from './revision';
import type { WorkloadState } from './types';

/** How a workload does, and why. */
export interface Standing {
  readonly state: WorkloadState;
  readonly reason?: string | undefined;
  /** What it takes to go on. @default passing */
  readonly outlook?: Outlook | undefined;
}

/** A pod with what a person would look for. */
export interface Examined {
  readonly pod: KubeObject;
  readonly reason?: Reason | undefined;
}

/** What a workload is judged by. */
export interface Evidence {
  readonly root: Root;
  readonly numbers: Numbers;
  readonly pods: readonly Examined[];
  readonly events: Events;
}

export function standingOf(evidence: Evidence): Standing {
  const { object } = evidence.root;
  if (at(object, 'metadata', 'deletionTimestamp') !== undefined)
    return { state: 'terminating', reason: firstReason(evidence) };
  if (object === undefined)
    return isOfJobs(evidence.root.members) ? cronJobStanding(evidence) : rolloutStanding(evidence);
  switch (object.kind) {
    case 'Pod':
      return podStanding(evidence, object);
    case 'Job':
      return jobStanding(evidence, object);
    case 'CronJob':
      return cronJobStanding(evidence);
    default:
      return rolloutStanding(evidence);
  }
}

function podStanding({ pods, numbers }: Evidence, pod: KubeObject): Standing {
  const reason = pods[0]?.reason;
  if (textAt(pod, 'status', 'phase') === 'Succeeded') return { state: 'complete' };
  if (numbers.ready === 1) return { state: 'ready', reason: reason?.text };
  return {
    state: isStuck(reason) ? 'failed' : 'progressing',
    reason: reason?.text,
    outlook: reason?.outlook,
  };
}

function jobStanding(evidence: Evidence, job: KubeObject): Standing {
  if (hasCondition(job, 'Complete')) return { state: 'complete' };
  const ending = ['Failed', 'FailureTarget'].find((type) => hasCondition(job, type));
  if (ending !== undefined) {
    const why = conditionLine(condition(job, ending));
    const last = evidence.pods.find(({ reason }) => reason !== undefined)?.reason;
    return {
      state: 'failed',
      reason: [why, last?.text ?? ''].filter((part) => part !== '').join('; '),
      outlook: 'final',
    };
  }
  if (at(job, 'spec', 'suspend') === true) return { state: 'suspended', reason: 'is suspended' };
  const { wanted = 1, ready = 0 } = evidence.numbers;
  return (
    failure(evidence) ?? {
      state: 'progressing',
      reason: firstReason(evidence) ?? `${ready} of ${wanted} pods have succeeded`,
    }
  );
}

/** By its last Job. */
function cronJobStanding(evidence: Evidence): Standing {
  const { root, pods } = evidence;
  if (at(root.object, 'spec', 'suspend') === true) return { state: 'suspended', reason: 'is suspended' };
  const last = [...root.members].sort((a, b) => createdAt(b) - createdAt(a))[0];
  if (last === undefined) return { state: 'ready', reason: 'has not run yet' };
  const own = pods.filter(({ pod }) => isOwnedBy(pod, last));
  const job = jobStanding({ ...evidence, root: { ...root, object: last }, pods: own, numbers: {} }, last);
  if (job.state === 'complete' || job.state === 'suspended') return { state: 'ready' };
  return { state: job.state, reason: `Job ${last.metadata.name}: ${job.reason}` };
}

function createdAt(object: KubeObject): number {
  return timeAt(object, 'metadata', 'creationTimestamp') ?? 0;
}

function rolloutStanding(evidence: Evidence): Standing {
  const { object } = evidence.root;
  // What is told of the last change says nothing about this one.
  if (isUnseen(object))
    return { state: 'progressing', reason: 'its controller has not seen the last change yet' };
  const waiting = waitingFor(evidence);
  if (waiting === undefined) return { state: 'ready', reason: firstReason(evidence) };
  const failed = failure(evidence);
  const progress = condition(object, 'Progressing');
  if (progress?.['status'] === 'False' && !isOfAnotherSet(progress, evidence.root))
    return {
      state: 'failed',
      reason: failed?.reason ?? firstReason(evidence) ?? oneLine(textAt(progress, 'message')),
      outlook: progress['reason'] === 'ProgressDeadlineExceeded' ? 'final' : 'stuck',
    };
  if (failed !== undefined) return failed;
  if (at(object, 'spec', 'paused') === true) return { state: 'suspended', reason: `is paused: ${waiting}` };
  return { state: 'progressing', reason: firstReason(evidence) ?? waiting };
}

/** Whether the controller of a workload has not seen its present generation. */
function isUnseen(object: KubeObject | undefined): boolean {
  const observed = numberAt(object, 'status', 'observedGeneration') ?? 0;
  return observed < (numberAt(object, 'metadata', 'generation') ?? 0);
}

/**
 * Whether a rollout that ran out of time is an earlier one: going back to a ReplicaSet that exists, a Deployment keeps the
 * condition until a pod more is there. Its message names the ReplicaSet that it is about.
 *
 * @source k8s.io/kubernetes pkg/controller/deployment/progress.go syncRolloutStatus 1.36
 */
function isOfAnotherSet(progress: PlainRecord, root: Root): boolean {
  const [, name] = /^ReplicaSet "([^"]+)" has timed out progressing/.exec(textAt(progress, 'message')) ?? [];
  const present = presentSets(root).map(({ metadata }) => metadata.name);
  return name !== undefined && present.length > 0 && !present.includes(name);
}

/** What a rollout waits for, as `kubectl rollout status` asks; undefined once it is done. */
function waitingFor({ root: { object, pods }, numbers }: Evidence): string | undefined {
  const { wanted = 0, ready = 0, updated, available } = numbers;
  const present = toUpdate(object, wanted);
  if (updated !== undefined && updated < present) return `${updated} of ${present} pods are updated`;
  if (ready < wanted) return `${ready} of ${wanted} pods are ready`;
  if (available !== undefined && available < wanted) return `${available} of ${wanted} pods are available`;
  const old =
    object?.kind === 'Deployment' ? (numberAt(object, 'status', 'replicas') ?? 0) - (updated ?? 0) : 0;
  if (old > 0) return `${old} old ${old === 1 ? 'pod has' : 'pods have'} to end`;
  return wanted === 0 && object === undefined && pods.length === 0 ? 'it has no pods' : undefined;
}

/** What does not pass by waiting: pods that cannot be created, or that cannot run. */
function failure(evidence: Evidence): Standing | undefined {
  const refused = notCreated(evidence);
  if (refused !== undefined)
    return { state: 'failed', reason: `its pods cannot be created: ${oneLine(refused)}`, outlook: 'stuck' };
  const stuck = awaited(evidence).find(({ reason }) => isStuck(reason))?.reason;
  return stuck && { state: 'failed', reason: stuck.text, outlook: stuck.outlook };
}

/** Pods that a workload needs to be ready: one that has failed or ends is replaced. */
export function awaited({ root, pods }: Pick<Evidence, 'root' | 'pods'>): Examined[] {
  return pods.filter(({ pod }) => !isLeaving(pod) && isAwaited(root, pod));
}

function isLeaving(pod: KubeObject): boolean {
  return isOver(pod) || at(pod, 'metadata', 'deletionTimestamp') !== undefined;
}

/** Why the API server refuses pods: a quota, Pod Security, a webhook. */
function notCreated({ root, numbers: { wanted = 0 }, events }: Evidence): string | undefined {
  const { object, members, pods } = root;
  const short = presentSets(root).filter(
    (each) => (numberAt(each, 'status', 'replicas') ?? 0) < (numberAt(each, 'spec', 'replicas') ?? 1),
  );
  for (const set of short) {
    const message = events.messageOf(set, /^FailedCreate$/) ?? messageOf(set, 'ReplicaFailure');
    if (message !== undefined) return message;
  }
  if (object === undefined) return undefined;
  if (hasCondition(object, 'ReplicaFailure')) return messageOf(object, 'ReplicaFailure');
  const hasSets = members.some(({ kind }) => kind === 'ReplicaSet');
  const living = pods.filter((pod) => !isLeaving(pod)).length;
  return !hasSets && living < wanted ? events.messageOf(object, /^FailedCreate$/) : undefined;
}

function messageOf(object: KubeObject, type: string): string | undefined {
  return hasCondition(object, type) ? textAt(condition(object, type), 'message') : undefined;
}

/** The reason of the first pod that has one; one that is stuck counts more, and one that is awaited. */
function firstReason(evidence: Evidence): string | undefined {
  const told = (pods: readonly Examined[]): string | undefined => {
    const ones = pods.filter(({ pod, reason }) => reason !== undefined && !isLeaving(pod));
    return (ones.find(({ reason }) => isStuck(reason)) ?? ones[0])?.reason?.text;
  };
  return told(awaited(evidence)) ?? told(evidence.pods);
}
