import type { KubeObject } from '../../manifest/manifest';
import { at, hasCondition, numberAt, textAt } from '../fields';
import type { Root } from './owners';
import type { WorkloadStatus } from './types';

/** How many pods a workload wants and has. */
export type Numbers = Pick<WorkloadStatus, 'wanted' | 'ready' | 'updated' | 'available'>;

export function numbersOf({ object, members, pods }: Root): Numbers {
  if (object === undefined) return isOfJobs(members) ? {} : podNumbers(members, pods);
  const field = (...path: readonly string[]): number => numberAt(object, ...path) ?? 0;
  switch (object.kind) {
    case 'Deployment':
    case 'StatefulSet':
      return {
        wanted: numberAt(object, 'spec', 'replicas') ?? 1,
        ready: field('status', 'readyReplicas'),
        updated: field('status', 'updatedReplicas'),
        available: field('status', 'availableReplicas'),
      };
    case 'DaemonSet':
      return {
        wanted: field('status', 'desiredNumberScheduled'),
        ready: field('status', 'numberReady'),
        updated: field('status', 'updatedNumberScheduled'),
        available: field('status', 'numberAvailable'),
      };
    case 'Job':
      return { wanted: completionsOf(object), ready: field('status', 'succeeded') };
    case 'CronJob':
      return {};
    default:
      return podNumbers(members, pods);
  }
}

function podNumbers(members: readonly KubeObject[], pods: readonly KubeObject[]): Numbers {
  return { wanted: wantedOf(members) ?? pods.length, ready: pods.filter(isReady).length };
}

/** Whether a workload is a row of Jobs, as a CronJob or a ScaledJob is. */
export function isOfJobs(members: readonly KubeObject[]): boolean {
  return members.some(({ kind }) => kind === 'Job');
}

/** Pods of a Job that have to succeed. */
function completionsOf(job: KubeObject): number {
  return numberAt(job, 'spec', 'completions') ?? 1;
}

/** Pods that ReplicaSets want together; undefined if there are none. */
function wantedOf(members: readonly KubeObject[]): number | undefined {
  if (members.length === 0) return undefined;
  return members.reduce((sum, member) => sum + (numberAt(member, 'spec', 'replicas') ?? 1), 0);
}

export function isReady(pod: KubeObject): boolean {
  return textAt(pod, 'status', 'phase') === 'Running' && hasCondition(pod, 'Ready');
}

/** Pods that have to be of the present revision: not those below a partition, or that are replaced by hand. */
export function toUpdate(object: KubeObject | undefined, wanted: number): number {
  if (at(object, 'spec', 'updateStrategy', 'type') === 'OnDelete') return 0;
  const partition = numberAt(object, 'spec', 'updateStrategy', 'rollingUpdate', 'partition') ?? 0;
  return Math.max(0, wanted - partition);
}
