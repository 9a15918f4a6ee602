import { SeaworthyError } from '../../errors';
import { APPLYSET } from '../../kube/applyset';
import { formatId, identify, identityKey, type KubeObject, type ObjectId } from '../../manifest/manifest';
import type { ManifestSet } from '../../manifest/set';
import type { Cluster } from '../client/cluster';
import type { Resources } from '../client/resources';
import { textAt } from '../fields';
import type { ApplySet } from './apply-set';
import { isGoing, prunable, type Prunable, type PruneRules } from './prunable';
import { removeObjects, type Removed, type RemoveOptions } from './remove';
import { unusedDefinitions } from './unused';

/** What is pruned, and what decided it. */
export interface PrunePlan extends Prunable {
  readonly rules: PruneRules;
}

/** What the objects of an application are compared with. */
export interface PruneInquiry {
  /** The application's objects as they are: `members()`. */
  readonly members: readonly KubeObject[];
  /** The objects that it has now, each in its namespace. */
  readonly set: ManifestSet;
  readonly manager: string;
  readonly mayLose: (id: ObjectId) => boolean;
  readonly signal?: AbortSignal | undefined;
}

/**
 * What becomes of the objects that an application no longer has. Only reads.
 *
 * @throws SeaworthyError CLUSTER_OTHER_APP where it has none of those that there are: it would all be deleted
 */
export async function planPrune(
  cluster: Cluster,
  resources: Resources,
  applySet: Pick<ApplySet, 'record'>,
  { members, set, manager, mayLose, signal }: PruneInquiry,
): Promise<PrunePlan> {
  const current = new Set([...set].map(({ id }) => identityKey(id)));
  const absent = members.filter((object) => !current.has(identityKey(identify(object))));
  const unused = await unusedDefinitions(cluster, resources, absent, signal);
  const rules: PruneRules = { manager, mayLose, home: applySet.record.namespace, unused };
  const found = prunable(absent, set, rules);
  const isOther = absent.length === members.length && found.gone.length + found.guarded.length > 0;
  if (isOther) throw otherApp(applySet.record, found.gone.length + found.guarded.length);
  return { ...found, rules };
}

/** Deletes what a plan says, each object only if it is still a member that may go. */
export function prune(
  cluster: Cluster,
  resources: Resources,
  applySet: Pick<ApplySet, 'id'>,
  set: ManifestSet,
  { gone, rules }: PrunePlan,
  options: Omit<RemoveOptions, 'stillGoes'>,
  into?: Removed,
): Promise<Removed> {
  return removeObjects(
    cluster,
    resources,
    gone,
    { ...options, stillGoes: mayGo(applySet, set, rules) },
    into,
  );
}

/** Whether an object that has changed since it was read is still a member that may be deleted. */
export function mayGo(
  { id }: Pick<ApplySet, 'id'>,
  set: ManifestSet,
  rules: PruneRules,
): (object: KubeObject) => boolean {
  return (object) => {
    const isMember = textAt(object, 'metadata', 'labels', APPLYSET.partOf) === id;
    return isMember && (isGoing(object) || prunable([object], set, rules).gone.length > 0);
  };
}

function otherApp(record: ObjectId, count: number): SeaworthyError {
  const objects = count === 1 ? 'object, which is not' : 'objects, none of which is';
  return new SeaworthyError({
    code: 'CLUSTER_OTHER_APP',
    place: formatId(record),
    message: `the application of this name has ${count} ${objects} among those to apply: all would be deleted`,
    hint: 'If it is another application, choose another name: --name. If it is this one, apply once with --no-prune, or delete it first: seaworthy delete.',
  });
}
