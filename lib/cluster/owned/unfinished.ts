import { SeaworthyError } from '../../errors';
import { identify, identityKey, type KubeObject, type ObjectId } from '../../manifest/manifest';
import type { Cluster } from '../client/cluster';
import { Resources } from '../client/resources';
import { timeAt } from '../fields';
import { history, previousRevision, readRevision } from '../revisions/history';
import type { Revision } from '../revisions/revision';
import { applicationsIn } from './applications';
import { openApplySet } from './apply-set';
import { heldBy } from './held';
import { isGoing, isOfOthers } from './prunable';
import type { AppName } from './record';
import type { HeldObject } from './remove';

/**
 * What a run that did not come to its end has left of an application: one that was interrupted, or that still goes on,
 * which a cluster does not tell apart.
 */
export interface Unfinished {
  /** The newest revision, if no run that applied it has ended. */
  readonly revision?: number;
  /** Objects that are there, and were created since that revision was begun. */
  readonly created: readonly ObjectId[];
  /** Objects that are there, and that the revision no longer has. */
  readonly undeleted: readonly ObjectId[];
  /** Objects that are being deleted and still there, and what holds them. */
  readonly going: readonly HeldObject[];
}

/** An application of which something is not finished. */
export interface UnfinishedApp extends Unfinished {
  readonly application: AppName;
}

/** What `unfinished` is told of a cluster. */
interface Reading {
  /** The objects of the application, at least their metadata. @default they are read */
  readonly members?: readonly KubeObject[];
  /** Who applies the application. */
  readonly manager: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * What a run that did not end has left of an application; undefined if there is nothing, and where the user may not read what
 * tells it. Only reads: metadata, and the objects of a revision whose run did not end.
 *
 * @throws SeaworthyError CLUSTER_FAILED
 */
export function unfinished(
  cluster: Cluster,
  app: AppName,
  reading: Reading,
): Promise<Unfinished | undefined> {
  return unlessForbidden(leftOf(cluster, app, reading));
}

async function leftOf(
  cluster: Cluster,
  app: AppName,
  { members, manager, signal }: Reading,
): Promise<Unfinished | undefined> {
  const [revisions, there] = await Promise.all([
    history(cluster, app, signal),
    members ?? membersOf(cluster, app, signal),
  ]);
  const [newest] = revisions;
  const own = there.filter((object) => !isOfOthers(object, manager));
  const going = own.filter(isGoing).map((object) => ({ id: identify(object), reason: heldBy(object) }));
  if (newest?.state !== 'pending')
    return going.length === 0 ? undefined : { created: [], undeleted: [], going };
  const [wanted, before] = await Promise.all(
    [newest, previousRevision(revisions)].map((revision) => idsOf(cluster, app, revision, signal)),
  );
  const begun = Date.parse(newest.at);
  const open = own.filter((object) => !isGoing(object));
  // Times have whole seconds: of those of the same second, the revision before tells which were there.
  const created = open.filter(
    (object) =>
      (timeAt(object, 'metadata', 'creationTimestamp') ?? 0) >= begun && before?.has(keyOf(object)) !== true,
  );
  const others = open.filter((object) => !created.includes(object));
  const undeleted = others.filter((object) => wanted?.has(keyOf(object)) === false);
  return {
    revision: newest.revision,
    created: created.map(identify),
    undeleted: undeleted.map(identify),
    going,
  };
}

function keyOf(object: KubeObject): string {
  return identityKey(identify(object));
}

/**
 * The applications of namespaces of which something is not finished; an undefined namespace stands for all. None where the
 * user may not read what tells it, as with a role that only shows what runs.
 *
 * @throws SeaworthyError CLUSTER_FAILED
 */
export async function unfinishedApps(
  cluster: Cluster,
  namespaces: readonly (string | undefined)[],
  { manager, signal }: Omit<Reading, 'members'>,
): Promise<readonly UnfinishedApp[]> {
  const found = namespaces.map(async (namespace) => {
    const apps = (await unlessForbidden(applicationsIn(cluster, namespace, signal))) ?? [];
    const left = apps.map(async (application): Promise<UnfinishedApp[]> => {
      const told = await unfinished(cluster, application, { manager, signal });
      return told === undefined ? [] : [{ application, ...told }];
    });
    return (await Promise.all(left)).flat();
  });
  return (await Promise.all(found)).flat();
}

async function unlessForbidden<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof SeaworthyError && error.code === 'CLUSTER_FORBIDDEN') return undefined;
    throw error;
  }
}

async function membersOf(
  cluster: Cluster,
  app: AppName,
  signal: AbortSignal | undefined,
): Promise<readonly KubeObject[]> {
  const applySet = await openApplySet(cluster, { ...app, resources: new Resources(cluster), signal });
  return applySet.members(true);
}

/** The identities of a revision's objects; undefined for none, and for one that is damaged, or gone by now. */
async function idsOf(
  cluster: Cluster,
  app: AppName,
  { revision }: Partial<Revision> = {},
  signal: AbortSignal | undefined,
): Promise<ReadonlySet<string> | undefined> {
  if (revision === undefined) return undefined;
  try {
    const set = await readRevision(cluster, app, revision, signal);
    return new Set(set.manifests.map(({ id }) => identityKey(id)));
  } catch (error) {
    if (error instanceof SeaworthyError && error.code !== 'CLUSTER_FORBIDDEN') return undefined;
    throw error;
  }
}
