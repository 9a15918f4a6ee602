import { pause, type Clock } from './clock';

/** What a Lease says. */
export interface LeaseRecord {
  /** Who leads; empty where the last leader has given it up. */
  readonly holder: string;
  /** Milliseconds for which the lease holds after `renewed`. */
  readonly duration: number;
  /** Milliseconds since 1970, by the clock of the holder. */
  readonly acquired: number;
  readonly renewed: number;
  /** How often the holder has changed. */
  readonly transitions: number;
  /** The version of the Lease that says so. */
  readonly version: string;
}

/** Where the Lease is. */
export interface LeaseStore {
  /** Undefined where there is none. Rejects if the server does not answer. */
  get(signal: AbortSignal): Promise<LeaseRecord | undefined>;
  /** Writes it in place of `version`, empty for none; undefined if somebody else was faster. */
  put(record: LeaseRecord, signal: AbortSignal): Promise<LeaseRecord | undefined>;
}

/** Times of an election, in milliseconds. */
export interface ElectionTimes {
  /** For so long others wait after the leader was last heard of. @default 15_000 */
  readonly leaseDuration?: number;
  /** For so long the leader tries to renew before it gives up; shorter than `leaseDuration`. @default 10_000 */
  readonly renewDeadline?: number;
  /** Between two tries. @default 2_000 */
  readonly retryPeriod?: number;
}

/** Who stands in an election. */
export interface Candidate extends ElectionTimes {
  /** Unlike that of any other process. */
  readonly identity: string;
  readonly clock: Clock;
  /** Called when a try fails, and why. */
  readonly onTrouble?: (message: string) => void;
}

/**
 * Leader election by a Lease, one process among several of the same operator. A leader that is cut off gives up before
 * others take over; clocks of different machines are never compared.
 *
 * @source k8s.io/client-go tools/leaderelection/leaderelection.go LeaderElector.tryAcquireOrRenew, LeaderElector.renew 1.36
 */
export class Election {
  readonly #store: LeaseStore;
  readonly #candidate: Candidate;
  readonly #times: Required<ElectionTimes>;
  /** The Lease as it was seen last, and when it was first seen so, by the own clock. */
  #seen: { readonly record: LeaseRecord; readonly at: number } | undefined;

  constructor(store: LeaseStore, candidate: Candidate) {
    this.#store = store;
    this.#candidate = candidate;
    const { leaseDuration = 15_000, renewDeadline = 10_000, retryPeriod = 2_000 } = candidate;
    this.#times = { leaseDuration, renewDeadline, retryPeriod };
  }

  /** Who leads, as far as is known; empty for nobody. */
  get leader(): string {
    return this.#seen?.record.holder ?? '';
  }

  /** Waits until this process leads. @returns false if `signal` ends it before */
  async acquire(signal: AbortSignal): Promise<boolean> {
    const { clock } = this.#candidate;
    while (!signal.aborted) {
      if (await this.#try(signal)) return true;
      await pause(clock, this.#times.retryPeriod, signal);
    }
    return false;
  }

  /** Renews the lease until that fails for too long, somebody else has it, or `signal` ends it. */
  async hold(signal: AbortSignal): Promise<void> {
    const { clock } = this.#candidate;
    for (let renewed = clock.now(); ;) {
      await pause(clock, this.#times.retryPeriod, signal);
      if (signal.aborted) return;
      const began = clock.now();
      const left = renewed + this.#times.renewDeadline - began;
      if (left <= 0) return;
      if (await this.#within(left, signal, (ended) => this.#try(ended))) renewed = began;
      // Somebody else has it, by the word of the server.
      else if (this.leader !== this.#candidate.identity) return;
    }
  }

  /** Gives the lease up, so that another one need not wait for it to run out. */
  async release(): Promise<void> {
    const { clock, identity } = this.#candidate;
    const never = new AbortController().signal;
    await this.#within(this.#times.renewDeadline, never, async (ended) => {
      const record = await this.#store.get(ended);
      if (record?.holder !== identity) return;
      const now = clock.now();
      await this.#store.put({ ...record, holder: '', duration: 1_000, acquired: now, renewed: now }, ended);
    });
  }

  async #try(signal: AbortSignal): Promise<boolean> {
    const { clock, identity, onTrouble } = this.#candidate;
    try {
      const now = clock.now();
      const record = await this.#store.get(signal);
      if (record !== undefined && record.version !== this.#seen?.record.version)
        this.#seen = { record, at: clock.now() };
      if (record !== undefined && this.#isHeldByOther(record)) return false;
      const isOurs = record?.holder === identity;
      const written = await this.#store.put(
        {
          holder: identity,
          duration: this.#times.leaseDuration,
          acquired: isOurs ? record.acquired : now,
          renewed: now,
          transitions: (record?.transitions ?? 0) + (isOurs || record === undefined ? 0 : 1),
          version: record?.version ?? '',
        },
        signal,
      );
      if (written === undefined) return false;
      this.#seen = { record: written, at: clock.now() };
      return true;
    } catch (error) {
      if (!signal.aborted) onTrouble?.(error instanceof Error ? error.message : String(error));
      return false;
    }
  }

  #isHeldByOther({ holder, duration }: LeaseRecord): boolean {
    const { clock, identity } = this.#candidate;
    if (holder === '' || holder === identity) return false;
    return clock.now() < (this.#seen?.at ?? 0) + duration;
  }

  /** Ends what takes longer. */
  async #within<T>(
    milliseconds: number,
    signal: AbortSignal,
    work: (ended: AbortSignal) => Promise<T>,
  ): Promise<T | undefined> {
    const end = new AbortController();
    const callOff = this.#candidate.clock.after(milliseconds, () => end.abort());
    const late = new Promise<undefined>((resolve) =>
      end.signal.addEventListener('abort', () => resolve(undefined), { once: true }),
    );
    try {
      const both = AbortSignal.any([end.signal, signal]);
      return await Promise.race([work(both).catch(() => undefined), late]);
    } finally {
      callOff();
    }
  }
}
