import type { KubeObject, ObjectId } from '../../manifest/manifest';
import { Events } from './events';
import { ageOf, recordsAt, textAt } from '../fields';
import { numbersOf } from './numbers';
import { keyOf, rootsOf, type Root } from './owners';
import { phaseOf } from './phase';
import { podReason } from './pod-reason';
import { standingOf, type Evidence, type Examined } from './state';
import type { PodStatus, WorkloadStatus } from './types';

/** Which workloads are told. */
export interface Choice {
  /** @default all */
  readonly selects?: ((labels: Readonly<Record<string, string>>) => boolean) | undefined;
  /** Only these, whether they are there or not. @default all that are there */
  readonly ids?: readonly ObjectId[] | undefined;
}

/**
 * How the workloads among objects do: Deployments, StatefulSets, DaemonSets, Jobs, CronJobs and ReplicaSets, their pods, and
 * events about them, as a server lists them.
 *
 * @param now milliseconds since 1970
 */
export function statusOf(objects: readonly KubeObject[], now: number, choice: Choice = {}): WorkloadStatus[] {
  const events = new Events(objects.filter(({ kind }) => kind === 'Event'));
  const { selects, ids } = choice;
  const sought = ids && new Set(ids.map(keyOf));
  const roots = rootsOf(objects).filter(
    (root) => (sought?.has(keyOf(root.id)) ?? true) && (selects === undefined || selects(labelsOf(root))),
  );
  const found = new Set(roots.map(({ id }) => keyOf(id)));
  const missing = (ids ?? []).filter((id) => isListed(id) && !found.has(keyOf(id)) && selects === undefined);
  return [
    ...roots.map((root) => workloadStatus(evidenceOf(root, events, now), now)),
    ...missing.map(absent),
  ].sort(byPlace);
}

/** Whether a workload is listed itself: of others, only those with pods are known. */
function isListed({ apiVersion }: ObjectId): boolean {
  return /^(v1|(apps|batch)\/\w+)$/.test(apiVersion);
}

function absent(id: ObjectId): WorkloadStatus {
  return { id, state: 'missing', reason: 'is not in the cluster', pods: [] };
}

/** Labels of a workload; those of its pods where it is not listed. */
function labelsOf({ object, members, pods }: Root): Readonly<Record<string, string>> {
  return (object ?? members[0] ?? pods[0])?.metadata.labels ?? {};
}

/** What a workload is judged by, its pods by name. */
export function evidenceOf(root: Root, events: Events, now: number): Evidence {
  const pods: Examined[] = [...root.pods]
    .sort((a, b) => compare(a.metadata.name ?? '', b.metadata.name ?? ''))
    .map((pod) => ({ pod, reason: podReason(pod, events, now) }));
  return { root, numbers: numbersOf(root), pods, events };
}

/** What is told of a workload. */
export function workloadStatus(evidence: Evidence, now: number): WorkloadStatus {
  const { root, numbers, pods } = evidence;
  const { state, reason } = standingOf(evidence);
  const dated = root.object ?? root.members[0] ?? root.pods[0];
  return {
    id: root.id,
    state,
    ...(reason !== undefined && { reason }),
    ...numbers,
    age: ageOf(dated, now),
    pods: pods.map((each) => podStatus(each, now)),
  };
}

function podStatus({ pod, reason }: Examined, now: number): PodStatus {
  const node = textAt(pod, 'spec', 'nodeName');
  const containers = [...recordsAt(pod, 'spec', 'initContainers'), ...recordsAt(pod, 'spec', 'containers')];
  return {
    name: pod.metadata.name ?? '',
    ...phaseOf(pod),
    age: ageOf(pod, now),
    ...(node !== '' && { node }),
    images: [...new Set(containers.map((container) => textAt(container, 'image')))],
    ...(reason !== undefined && { reason: reason.text }),
    ...(reason?.crashed !== undefined && { crashed: reason.crashed.container }),
  };
}

function byPlace({ id: a }: WorkloadStatus, { id: b }: WorkloadStatus): number {
  return compare(a.namespace ?? '', b.namespace ?? '') || compare(a.kind, b.kind) || compare(a.name, b.name);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
