import type { KubeObject, ObjectId } from '../../manifest/manifest';
import { idOf, recordsAt, textAt } from '../fields';

/** A workload: who owns pods in the end, with all that stands between. */
export interface Root {
  readonly id: ObjectId;
  /** Absent for an owner of a kind that is not listed, such as a Rollout. */
  readonly object?: KubeObject;
  /** ReplicaSets, and Jobs of a CronJob. */
  readonly members: readonly KubeObject[];
  readonly pods: readonly KubeObject[];
}

/** Kinds that are workloads where no other object owns them. */
const ROOTS: ReadonlySet<string> = new Set([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
  'Pod',
]);

/** The workloads among objects, and those that own pods among them without being there. */
export function rootsOf(objects: readonly KubeObject[]): Root[] {
  const byUid = new Map(objects.map((object) => [textAt(object, 'metadata', 'uid'), object]));
  const roots = new Map<
    string,
    { id: ObjectId; object?: KubeObject; members: KubeObject[]; pods: KubeObject[] }
  >();
  for (const object of objects) {
    if (object.kind === 'Event') continue;
    const owner = lastOwner(object, byUid);
    const key = keyOf(owner.id);
    const root = roots.get(key) ?? { ...owner, members: [], pods: [] };
    if (object.kind === 'Pod') root.pods.push(object);
    else if (object !== owner.object || object.kind === 'ReplicaSet') root.members.push(object);
    roots.set(key, root);
  }
  // ReplicaSets of earlier revisions are kept for a rollback, also those of an owner that is not listed.
  return [...roots.values()].filter(
    ({ object, pods, members }) =>
      ROOTS.has(object?.kind ?? '') || pods.length > 0 || members.some(wantsPods),
  );
}

/** What identifies a workload, in whatever version of its group. */
export function keyOf({ apiVersion, kind, namespace = '', name }: ObjectId): string {
  return [apiVersion.replace(/\/[^/]*$/, ''), kind, namespace, name].join('\n');
}

function lastOwner(
  object: KubeObject,
  byUid: ReadonlyMap<string, KubeObject>,
): { id: ObjectId; object?: KubeObject } {
  const reference = recordsAt(object, 'metadata', 'ownerReferences').find(
    (each) => each['controller'] === true,
  );
  const owner = reference === undefined ? undefined : byUid.get(textAt(reference, 'uid'));
  if (owner !== undefined && owner !== object) return lastOwner(owner, byUid);
  const [kind, name] = [textAt(reference, 'kind'), textAt(reference, 'name')];
  // The kubelet shows the pods of its own files as pods that its Node owns.
  if (reference === undefined || kind === 'Node') return { id: idOf(object), object };
  const { namespace } = object.metadata;
  const id = { apiVersion: textAt(reference, 'apiVersion'), kind, name };
  return { id: { ...id, ...(namespace !== undefined && { namespace }) } };
}

function wantsPods({ spec }: KubeObject): boolean {
  return ((spec as { readonly replicas?: number } | undefined)?.replicas ?? 1) > 0;
}
