import type { Cluster } from '../../cluster/client/cluster';
import { readLive } from '../../cluster/live/read';
import { Resources } from '../../cluster/client/resources';
import { appliedLast } from '../../cluster/revisions/applied';
import { openApplySet } from '../../cluster/owned/apply-set';
import type { AppName } from '../../cluster/owned/record';
import { identify, identityKey, type KubeObject } from '../../manifest/manifest';
import { ManifestSet } from '../../manifest/set';
import type { CustomResource, DecideContext, Rendered } from '../types';
import { applicationOf, setIdOf } from './application';
import { liveKey, type Remembered } from './memory';
import type { ReconcilerOptions } from './reconciled';

type Options = Pick<
  ReconcilerOptions,
  'cluster' | 'owned' | 'logic' | 'definition' | 'context' | 'kubernetes' | 'home'
>;

/** What is known of a resource, and how far that counts. */
export interface Knowledge {
  readonly remembered: Remembered;
  /** What objects are read through that nobody follows: what is decided is carried out through it as well. */
  readonly reads: Cluster;
  /** Whether everything is read from the server, whatever is known. */
  readonly isFull: boolean;
  readonly signal: AbortSignal;
}

/** What there is, and what is done about it. */
export interface Judged {
  readonly live: readonly KubeObject[];
  /** Whether the record of what belongs to the resource is there, or was not looked for. */
  readonly isRecorded: boolean;
  readonly decision: Decided;
}

/** A decision without the plan that it was made by, which is as large as the objects. */
export type Decided = NonNullable<Remembered['decided']>['value'];

/** Looks at what there is of a resource, and decides what is done about it. Only reads. */
export class Judge {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  async judge(
    resource: CustomResource,
    rendered: Rendered,
    set: ManifestSet,
    knowledge: Knowledge,
  ): Promise<Judged> {
    const { definition, home } = this.#options;
    const application = applicationOf(definition, resource, home);
    const { live, isRecorded } = await this.#live(application, set, knowledge);
    const decision = await this.#decided(resource, rendered, application, live, knowledge);
    return { live, isRecorded, decision };
  }

  /** The objects as the server has them: by what is followed, else read. */
  async #live(
    application: AppName,
    set: ManifestSet,
    { isFull, reads, signal }: Knowledge,
  ): Promise<Omit<Judged, 'decision'>> {
    const { cluster, owned } = this.#options;
    const ids = [...set].map(({ id }) => id);
    await owned.follow(ids);
    const resources = new Resources(cluster);
    const isRead = isFull || ids.some((id) => !owned.isFollowed(id));
    const applySet = isRead ? await openApplySet(cluster, { ...application, resources, signal }) : undefined;
    const isRecorded = applySet?.exists ?? true;
    // What is followed may be more than a record says that was lost.
    const members = isRecorded && applySet ? await applySet.members() : owned.of(setIdOf(application));
    const known = new Set(members.map((object) => identityKey(identify(object))));
    // An object that is not one of the set's may be there all the same.
    const others = ids.filter((id) => !known.has(identityKey(id)));
    if (others.length === 0) return { live: members, isRecorded };
    const read = await readLive(reads, others, signal, resources);
    return { live: [...members, ...read.objects.values()], isRecorded };
  }

  async #decided(
    resource: CustomResource,
    rendered: Rendered,
    application: AppName,
    live: readonly KubeObject[],
    { remembered, signal }: Knowledge,
  ): Promise<Decided> {
    const { cluster, logic, definition, context, kubernetes, home } = this.#options;
    const key = `${remembered.rendered?.key ?? ''} ${liveKey(live)}`;
    if (remembered.decided?.key === key) return remembered.decided.value;
    const known: DecideContext = { ...context, kubernetes, home, applySet: setIdOf(application) };
    const there = ManifestSet.of(live);
    let decision = logic.decide(definition, resource, rendered, there, known);
    if (decision.action !== 'none' && live.length > 0) {
      // What was applied last tells what somebody else changed from what the resource changes.
      const recorded = await recordedOf(application);
      if (recorded !== undefined)
        decision = logic.decide(definition, resource, rendered, there, { ...known, recorded });
    }
    const { changes: _, drift: _drift, ...value } = decision;
    remembered.decided = { key, value };
    return value;

    async function recordedOf(app: AppName): Promise<ReadonlyMap<string, KubeObject> | undefined> {
      const set = remembered.applied?.set;
      if (set === undefined) return appliedLast(cluster, app, signal);
      return new Map([...set].map(({ id, object }) => [identityKey(id), object]));
    }
  }
}
