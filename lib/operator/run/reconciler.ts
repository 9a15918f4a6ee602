import { readLive } from '../../cluster/live/read';
import type { Cluster } from '../../cluster/client/cluster';
import { ReadOnce } from '../../cluster/client/read-once';
import { isSettledAtOnce } from '../../cluster/wait/settled';
import type { AppName } from '../../cluster/owned/record';
import type { KubeObject } from '../../manifest/manifest';
import type { ManifestSet } from '../../manifest/set';
import type { CustomResource, Outcome } from '../types';
import { applicationOf, resourceName } from './application';
import { applyObjects } from './applying';
import { pause } from './clock';
import { finalize } from './finalize';
import { Judge, type Decided } from './judge';
import { Memory, type Remembered } from './memory';
import { progressOf, surroundingsOf } from './progress';
import type { Reconciled, ReconcilerOptions } from './reconciled';
import { Renderer } from './renderer';
import { FINALIZER, OPERATED_BY, RENDER_TIMEOUT } from './resource-client';
import { scaleOf } from './scale';
import { isContested, StatusWriter } from './status-writer';

/** Milliseconds in which what was just written may not be known yet: nothing is applied again. */
const SETTLING = 3_000;

/** Milliseconds after which it is told that objects are being applied for the first time. */
const LONG = 2_000;

/** Milliseconds after which it is told why objects are not ready yet. */
const SLOW = 20_000;

/** What is known of a resource whose objects are applied. */
interface Known {
  readonly remembered: Remembered;
  readonly reads: Cluster;
  /** Whether nothing was ever applied for it. */
  readonly isFirst: boolean;
}

/** Brings the objects of the resources of one definition to what these say. */
export class Reconciler {
  readonly #options: ReconcilerOptions;
  readonly #status: StatusWriter;
  readonly #judge: Judge;
  readonly #renderer: Renderer;
  readonly memory = new Memory();

  constructor(options: ReconcilerOptions) {
    this.#options = options;
    this.#status = new StatusWriter(options);
    this.#judge = new Judge(options);
    this.#renderer = new Renderer(options);
  }

  /** The application that the objects of a resource are. */
  applicationOf(resource: CustomResource): AppName {
    return applicationOf(this.#options.definition, resource, this.#options.home);
  }

  /**
   * Reconciles a resource.
   *
   * @param key that of the resource, for what is remembered of it
   * @param isFull whether nothing that is remembered counts: everything is read again
   * @throws whatever keeps it from being done now; it is tried again
   */
  async reconcile(
    key: string,
    resource: CustomResource,
    isFull: boolean,
    signal: AbortSignal,
  ): Promise<Reconciled> {
    const { definition, trace } = this.#options;
    const { namespace = '', name = '', generation = 0 } = resource.metadata;
    const fields = { kind: definition.kind, namespace, name, generation };
    return trace(`reconcile ${definition.kind}`, fields, () =>
      this.#reconcile(key, resource, isFull, signal),
    );
  }

  async #reconcile(
    key: string,
    resource: CustomResource,
    isFull: boolean,
    signal: AbortSignal,
  ): Promise<Reconciled> {
    const { operator } = this.#options;
    const { finalizers = [], annotations, deletionTimestamp } = resource.metadata;
    const by = annotations?.[OPERATED_BY];
    if (by !== undefined && by !== operator) return this.#status.contested(resource, by, signal);
    if (deletionTimestamp !== undefined) {
      const application = this.applicationOf(resource);
      return this.#status.orRefused(resource, 'DeletionRefused', signal, () =>
        finalize(resource, application, this.#options, this.#status, signal),
      );
    }
    const claimed =
      finalizers.includes(FINALIZER) && by !== undefined ? resource : await this.#claimed(resource, signal);
    if (claimed === undefined)
      return { result: 'failed', again: 1_000, message: 'the resource is gone, or has just been changed' };
    return this.#status.orRefused(claimed, 'ReadRefused', signal, () =>
      this.#bring(key, claimed, isFull, signal),
    );
  }

  async #claimed(resource: CustomResource, signal: AbortSignal): Promise<CustomResource | undefined> {
    const { client, operator, onStored } = this.#options;
    const written = await client.claim(resource, operator, signal);
    if (written.refusal === undefined) {
      onStored(written.object);
      if (isContested(resource)) await client.settle(resource, signal);
      return written.object;
    }
    if (written.refusal.code === 404 || written.refusal.code === 409) return undefined;
    throw new Error(`cannot set the finalizer: ${written.refusal.message}`);
  }

  async #bring(
    key: string,
    resource: CustomResource,
    isFull: boolean,
    signal: AbortSignal,
  ): Promise<Reconciled> {
    const remembered = this.memory.of(key, resource);
    const rendered = this.memory.rendered(key, resource, () => this.#renderer.render(resource));
    const { problem, set } = rendered;
    if (problem !== undefined || set === undefined) {
      const { reason, message } = problem ?? { reason: 'NothingRendered', message: 'it renders no objects' };
      const isStuck = reason === 'RenderTimeout' && !this.#renderer.isMarked(resource);
      if (isStuck) await this.#markStuck(resource);
      try {
        return await this.#status.write(resource, { state: 'stalled', reason, message }, signal);
      } finally {
        if (isStuck) this.#options.onStuck(resource, message);
      }
    }
    if (resource.metadata.annotations?.[RENDER_TIMEOUT] !== undefined)
      await this.#options.client.mark(resource, undefined, signal);
    const once = new ReadOnce();
    const reads = this.#options.cluster.sharing(once);
    const { live, isRecorded, decision } = await this.#judge.judge(resource, rendered, set, {
      remembered,
      reads,
      isFull,
      signal,
    });
    const objects = set.size;
    if (decision.action === 'hold')
      return this.#status.write(
        resource,
        { state: 'stalled', reason: decision.reason, message: decision.message, objects },
        signal,
      );
    const isUnfinished = resource.status?.observedGeneration !== resource.metadata.generation;
    const renderKey = remembered.rendered?.key ?? '';
    const isApplied = remembered.applied?.key === renderKey;
    // By its record, what belongs to the resource is found when it goes.
    const isLost = !isRecorded && decision.reason === 'UpToDate';
    if (decision.action === 'apply' || isLost || (isUnfinished && !isApplied)) {
      const wait = isApplied ? SETTLING - (this.#options.clock.elapsed() - (remembered.applied?.at ?? 0)) : 0;
      // What was just written is on its way to us.
      if (wait > 0 && !isFull) return { result: 'progressing', again: wait };
      once.close();
      const isFirst = resource.status === undefined && live.length === 0;
      return this.#apply(resource, set, decision, { remembered, reads, isFirst }, signal);
    }
    return this.#progress(resource, set, live, decision, remembered, signal);
  }

  /** Tells processes after this one that a construct does not come to its end; also where the lease is lost by that. */
  async #markStuck(resource: CustomResource): Promise<void> {
    const { signal } = new AbortController();
    const { refusal } = await this.#options.client.mark(resource, this.#renderer.markOf(resource), signal);
    if (refusal !== undefined && refusal.code !== 404 && refusal.code !== 409)
      throw new Error(`cannot mark the resource: ${refusal.message}`);
  }

  async #apply(
    resource: CustomResource,
    set: ManifestSet,
    decision: Decided,
    { remembered, reads, isFirst }: Known,
    signal: AbortSignal,
  ): Promise<Reconciled> {
    const { cluster, clock, onWrite, definition } = this.#options;
    const objects = set.size;
    const { generation = 0 } = resource.metadata;
    const { allowDataLoss, recreate, takeOwnership } = decision;
    const isDone = new AbortController();
    // What cannot be written now is said by the status that follows, or tried again with all the rest.
    const told = this.#tellThatItApplies(resource, objects, isDone.signal, signal).catch(() => undefined);
    const applied = await applyObjects(reads, {
      set,
      application: this.applicationOf(resource),
      origin: `${definition.kind} ${resourceName(resource.metadata)}, generation ${generation}`,
      isFirst,
      allowDataLoss,
      recreate,
      takeOwnership,
      signal,
      onWrite: () => onWrite('object'),
    }).finally(() => isDone.abort());
    await told;
    delete remembered.decided;
    if (applied.isInterrupted) return { result: 'progressing' };
    if (applied.summary !== '') {
      const isDrift = decision.reason === 'DriftCorrected';
      const note = isDrift ? `${decision.message}; ${applied.summary}` : applied.summary;
      const reason = isDrift ? 'DriftCorrected' : 'Applied';
      await this.#status.tell(resource, { type: 'Normal', reason, action: 'Apply', note }, signal);
    }
    if (applied.problem !== undefined) {
      const reconciled = await this.#status.write(resource, { ...applied.problem, objects }, signal);
      return { ...reconciled, isFailure: true };
    }
    const renderKey = remembered.rendered?.key ?? '';
    const isAgain = remembered.applied?.key === renderKey;
    remembered.applied = { key: renderKey, at: clock.elapsed(), set };
    const isReady = [...set].every(({ id }) => isSettledAtOnce(id));
    if (!applied.hasWritten && !isReady) {
      const ids = [...set].map(({ id }) => id);
      const live = await readLive(cluster, ids, signal);
      return this.#progress(resource, set, [...live.objects.values()], decision, remembered, signal);
    }
    if (isReady) {
      const message = `${objects} objects are as they should be`;
      return this.#status.write(resource, { state: 'ready', reason: 'Ready', message, objects }, signal);
    }
    remembered.progressing ??= clock.elapsed();
    const message = 'its objects are applied, and not ready yet';
    // Many are ready by the time that they are heard of: that is then the first thing to say.
    if (!isAgain) return { result: 'progressing', again: SETTLING, message: `Applied: ${message}` };
    const outcome: Outcome = { state: 'progressing', reason: 'Applied', message, objects };
    return { ...(await this.#status.write(resource, outcome, signal)), again: SETTLING };
  }

  /** Of a resource that has no status yet, and whose objects take long. */
  async #tellThatItApplies(
    resource: CustomResource,
    objects: number,
    isDone: AbortSignal,
    signal: AbortSignal,
  ): Promise<void> {
    if (resource.status !== undefined) return;
    await pause(this.#options.clock, LONG, AbortSignal.any([isDone, signal]));
    if (isDone.aborted || signal.aborted) return;
    const message = `applies ${objects} objects`;
    await this.#status.write(
      resource,
      { state: 'progressing', reason: 'Applying', message, objects },
      signal,
    );
  }

  /** How far the objects are, which are as they should be. */
  async #progress(
    resource: CustomResource,
    set: ManifestSet,
    live: readonly KubeObject[],
    decision: Decided,
    remembered: Remembered,
    signal: AbortSignal,
  ): Promise<Reconciled> {
    const { clock, cluster, definition } = this.#options;
    const counts = { objects: set.size, ...(definition.scale !== undefined && scaleOf(live)) };
    let { state, message } = progressOf(set, live, [], clock.now());
    if (state === 'ready') {
      remembered.progressing = undefined;
      const isDrifted = decision.reason === 'DriftReported';
      const reason = isDrifted ? decision.reason : 'Ready';
      const told = isDrifted ? decision.message : `${set.size} objects are as they should be`;
      return this.#status.write(resource, { state, reason, message: told, ...counts }, signal);
    }
    remembered.progressing ??= clock.elapsed();
    const isSlow = clock.elapsed() - remembered.progressing >= SLOW;
    if (state === 'failed' || isSlow) {
      const around = await surroundingsOf(cluster, set, signal);
      ({ state, message } = progressOf(set, live, around, clock.now()));
    }
    const outcome: Outcome =
      state === 'failed'
        ? { state: 'stalled', reason: 'ObjectFailed', message, ...counts }
        : { state: 'progressing', reason: 'WaitingForObjects', message, ...counts };
    return { ...(await this.#status.write(resource, outcome, signal)), again: SLOW };
  }
}
