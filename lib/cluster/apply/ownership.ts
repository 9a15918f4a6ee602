import { SeaworthyError } from '../../errors';
import { formatId, identify, identityKey, type KubeObject, type ObjectId } from '../../manifest/manifest';
import type { ManifestSet } from '../../manifest/set';
import type { Cluster } from '../client/cluster';
import type { Resources } from '../client/resources';
import { openApplySet, type ApplySet } from '../owned/apply-set';
import { unfinished, type Unfinished } from '../owned/unfinished';
import { isGoing } from '../owned/prunable';
import { memberConflicts, namesOfSets } from '../owned/other-sets';
import { planPrune, prune, type PrunePlan } from '../owned/prune';
import type { AppName } from '../owned/record';
import type { Removed } from '../owned/remove';
import { appliedLast } from '../revisions/applied';
import { prepareRevision, recordRevision, type OpenRevision } from '../revisions/record';
import { refuseMisspelledNames } from './named';
import { MANAGER, type FieldConflict } from './types';

/** Milliseconds for objects to be gone. */
const GONE = 300_000;

/** What an application is, and whether what it no longer has is deleted. */
export interface Application extends AppName {
  readonly environment: string | undefined;
  readonly prunes: boolean;
  readonly mayLose: (id: ObjectId) => boolean;
  /** What `mayLose` goes by: names of objects. */
  readonly lost: readonly string[];
  /** Where the objects come from. */
  readonly origin: string | undefined;
  /** Whether it should have no revisions, so that they are not looked for unless it has a record. */
  readonly isFirst: boolean;
  readonly signal: AbortSignal | undefined;
}

/** What runs before this one came to. */
interface Before {
  readonly left: Unfinished | undefined;
  readonly recorded: ReadonlyMap<string, KubeObject> | undefined;
}

/** The objects of an application in a cluster: which it has had, and which it has now. */
export class Ownership {
  readonly #cluster: Cluster;
  readonly #resources: Resources;
  readonly #application: Application;
  readonly #applySet: ApplySet;
  /** What the application has had: objects until they are compared, and then what they are called. */
  #members: readonly KubeObject[];
  #memberIds: readonly ObjectId[];
  /** What a run before this one has left, if it did not come to its end. */
  readonly unfinished: Unfinished | undefined;
  #recorded: Before['recorded'];
  #plan: PrunePlan | undefined;
  #set: ManifestSet | undefined;
  #hasBegun = false;
  #revision: OpenRevision | undefined;

  private constructor(
    cluster: Cluster,
    resources: Resources,
    application: Application,
    applySet: ApplySet,
    members: readonly KubeObject[],
    { left, recorded }: Before,
  ) {
    this.unfinished = left;
    this.#recorded = recorded;
    this.#cluster = cluster;
    this.#resources = resources;
    this.#application = application;
    this.#applySet = applySet;
    this.#members = members;
    this.#memberIds = members.map(identify);
  }

  /** Reads what the application has, if what it no longer has is deleted. @throws SeaworthyError as `openApplySet` and `members` do */
  static async open(cluster: Cluster, resources: Resources, application: Application): Promise<Ownership> {
    const applySet = await openApplySet(cluster, { ...application, resources });
    const { prunes, signal } = application;
    const [members, recorded] = await Promise.all([
      prunes ? applySet.members() : [],
      applySet.exists ? appliedLast(cluster, application, signal) : undefined,
    ]);
    // A run that has come to its end has left nothing, other than what is still being deleted.
    const isOpen = prunes && applySet.exists && (recorded === undefined || members.some(isGoing));
    const left = isOpen
      ? await unfinished(cluster, application, { members, manager: MANAGER, signal })
      : undefined;
    return new Ownership(cluster, resources, application, applySet, members, { left, recorded });
  }

  get id(): string {
    return this.#applySet.id;
  }

  /** What was applied last, by `identityKey`, if that is known; only once, since thousands of objects are much to hold. */
  releaseRecorded(): Before['recorded'] {
    const recorded = this.#recorded;
    this.#recorded = undefined;
    return recorded;
  }

  /** A copy of an object with the label of the application. */
  label(object: KubeObject): KubeObject {
    return this.#applySet.label(object);
  }

  /** The number under which the objects are kept in the cluster, once they are. */
  get revision(): number | undefined {
    return this.#revision?.revision;
  }

  /** Decides what is deleted once `set` is applied. Only reads. @throws SeaworthyError as `planPrune` does */
  async compare(set: ManifestSet): Promise<Pick<PrunePlan, 'gone' | 'guarded' | 'kept'>> {
    this.#set = set;
    const { prunes, mayLose, lost, signal } = this.#application;
    if (!prunes) return { gone: [], guarded: [], kept: [] };
    refuseMisspelledNames(lost, 'allowDataLoss', [...[...set].map(({ id }) => id), ...this.#memberIds]);
    const inquiry = { members: this.#members, set, manager: MANAGER, mayLose, signal };
    this.#plan = await planPrune(this.#cluster, this.#resources, this.#applySet, inquiry);
    // Thousands of them are much to hold while all others are read.
    this.#members = [];
    return this.#plan;
  }

  /**
   * Before objects are written: the record covers them, and they are kept as a revision.
   *
   * @param set the objects without the label of the application
   * @returns false while the namespace of the record does not exist, which may come with the first objects
   */
  async begin(set: ManifestSet, changes: Readonly<Record<string, number>>): Promise<boolean> {
    if (this.#hasBegun) return true;
    const { origin, signal } = this.#application;
    const options = { changes, origin, signal };
    const isFirst = this.#application.isFirst && !this.#applySet.exists;
    const preparation = prepareRevision(this.#cluster, this.#application, set, options, isFirst);
    const ids = [...set].map(({ id }) => id);
    if (!(await this.#applySet.begin([...ids, ...this.#memberIds]))) return false;
    this.#revision = await recordRevision(this.#cluster, this.#application, set, options, preparation);
    this.#hasBegun = true;
    return true;
  }

  /** The namespace of the record. */
  get home(): ObjectId {
    return { apiVersion: 'v1', kind: 'Namespace', name: this.#application.namespace };
  }

  /** What to do where the namespace of the record does not come at all. @throws SeaworthyError CLUSTER_FAILED */
  refuseHomeless(): never {
    throw new SeaworthyError({
      code: 'CLUSTER_FAILED',
      place: formatId(this.#applySet.record),
      message: `the namespace ${this.#application.namespace}, where the application is recorded, does not exist`,
      hint: 'Create it first, apply it as one of the objects, or name another: --namespace.',
    });
  }

  /** Deletes what the application no longer has. */
  async prune(removed: Removed, onGone: (id: ObjectId) => void): Promise<void> {
    if (this.#plan === undefined || this.#set === undefined) return;
    const { signal } = this.#application;
    const options = { timeout: GONE, onGone, signal };
    await prune(this.#cluster, this.#resources, this.#applySet, this.#set, this.#plan, options, removed);
  }

  /** Says in the cluster that what was there before was brought back. */
  async endRolledBack(): Promise<void> {
    await this.#revision?.end('rolled-back');
  }

  /** Says in the cluster how it ended. Where all went well, the record then covers what is left, and nothing else. */
  async end(isApplied: boolean, gone: readonly ObjectId[]): Promise<void> {
    if (!this.#hasBegun) return;
    await this.#revision?.end(isApplied ? 'applied' : 'failed');
    // What is not looked at is not forgotten: the record goes on covering it.
    if (!isApplied || !this.#application.prunes) return;
    const deleted = new Set(gone.map(identityKey));
    const left = this.#memberIds.filter((id) => !deleted.has(identityKey(id)));
    await this.#applySet.end([...(this.#set ?? [])].map(({ id }) => id).concat(left));
  }
}

/** Objects that belong to other applications, as conflicts: no server sees one, since the same manager applies them all. */
export async function foreignMembers(
  cluster: Cluster,
  live: readonly KubeObject[],
  own: string,
  signal: AbortSignal | undefined,
): Promise<readonly FieldConflict[]> {
  const conflicts = memberConflicts(live, own);
  if (conflicts.length === 0) return [];
  return memberConflicts(live, own, await namesOfSets(cluster, conflicts, live, signal));
}
