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
  /** For so long others wait after the leader was last heard of; a Lease has whole seconds. @default 3_000 */
  readonly leaseDuration?: number;
  /** For so long the leader tries to renew before it gives up; shorter than `leaseDuration`. @default 2_000 */
  readonly renewDeadline?: number;
  /** Between two tries. @default 1_000 */
  readonly retryPeriod?: number;
}

/** How much longer a lease gets, in milliseconds, for a process that is held up by its own work. */
const MOST_SLACK = 12_000;

/** In this part of a period each renewal takes that back. */
const FORGOTTEN = 1 / 50;

/** A leader whose try has failed tries again in this part of the period. */
const SOONER = 1 / 4;

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
 * others take over; clocks of different machines are never compared. A leader whose own work keeps it from renewing in time
 * asks for a longer lease for some minutes, so that two processes do not take heavy work from each other for ever.
 *
 * @source k8s.io/client-go tools/leaderelection/leaderelection.go LeaderElector.tryAcquireOrRenew, LeaderElector.renew 1.36
 */
export class Election {
  readonly #store: LeaseStore;
  readonly #candidate: Candidate;
  readonly #times: Required<ElectionTimes>;
  /** The Lease as it was seen last, and when it was first seen so, by the own clock. */
  #seen: { readonly record: LeaseRecord; readonly at: number } | undefined;
  /** What is added to the lease, and what others know of it. */
  #slack = 0;
  #granted = 0;

  constructor(store: LeaseStore, candidate: Candidate) {
    this.#store = store;
    this.#candidate = candidate;
    const { leaseDuration = 3_000, renewDeadline = 2_000, retryPeriod = 1_000 } = candidate;
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
      const { renewDeadline } = this.#times;
      if (await this.#within(renewDeadline, signal, (ended) => this.#try(ended))) return true;
      await pause(clock, this.#untilNextTry(), signal);
    }
    return false;
  }

  /** Renews the lease until that fails for too long, somebody else has it, or `signal` ends it. */
  async hold(signal: AbortSignal): Promise<void> {
    const { clock, identity } = this.#candidate;
    const { renewDeadline, retryPeriod } = this.#times;
    let renewed = clock.elapsed();
    for (let isRenewed = true; ;) {
      const left = (): number => renewed + renewDeadline + this.#granted - clock.elapsed();
      const due = isRenewed ? retryPeriod : Math.min(retryPeriod * SOONER, left());
      const late = await this.#late(due, signal);
      if (signal.aborted) return;
      if (left() <= 0 && !isRenewed) return;
      const needed = left() > 0 ? 0 : Math.min(MOST_SLACK, 2 * late);
      this.#slack = Math.max(needed, this.#slack - retryPeriod * FORGOTTEN, 0);
      const began = clock.elapsed();
      // After work that took longer than the lease, the server says whether somebody has taken it.
      const patience = left() > 0 ? left() : retryPeriod;
      isRenewed = (await this.#within(patience, signal, (ended) => this.#try(ended))) === true;
      if (isRenewed) renewed = began;
      // Somebody else has it, by the word of the server.
      else if (this.leader !== identity) return;
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

  /** Milliseconds until a try can succeed that has not now, or the leader may have given up. */
  #untilNextTry(): number {
    const { retryPeriod } = this.#times;
    if (this.#seen === undefined || !this.#isHeldByOther(this.#seen.record)) return retryPeriod;
    return Math.min(
      retryPeriod,
      this.#seen.at + this.#seen.record.duration - this.#candidate.clock.elapsed(),
    );
  }

  /** Waits. @returns milliseconds by which it has taken longer: the process was busy with its own work */
  async #late(milliseconds: number, signal: AbortSignal): Promise<number> {
    const { clock } = this.#candidate;
    const due = clock.elapsed() + milliseconds;
    await pause(clock, milliseconds, signal);
    return clock.elapsed() - due;
  }

  async #try(signal: AbortSignal): Promise<boolean> {
    const { identity, onTrouble } = this.#candidate;
    try {
      const seen = this.#seen?.record;
      // Nobody has written it since, if the server takes the next version: it need not be read before.
      if (seen?.holder === identity && (await this.#write(seen, signal))) return true;
      const record = await this.#store.get(signal);
      if (record !== undefined && record.version !== this.#seen?.record.version) this.#saw(record);
      if (record !== undefined && this.#isHeldByOther(record)) return false;
      return await this.#write(record, signal);
    } catch (error) {
      if (!signal.aborted) onTrouble?.(error instanceof Error ? error.message : String(error));
      return false;
    }
  }

  /** Writes that this process leads, in place of what the Lease says. @returns false if somebody else was faster */
  async #write(record: LeaseRecord | undefined, signal: AbortSignal): Promise<boolean> {
    const { clock, identity } = this.#candidate;
    const now = clock.now();
    const isOurs = record?.holder === identity;
    const slack = this.#slack;
    const written = await this.#store.put(
      {
        holder: identity,
        duration: this.#times.leaseDuration + slack,
        acquired: isOurs ? record.acquired : now,
        renewed: now,
        transitions: (record?.transitions ?? 0) + (isOurs || record === undefined ? 0 : 1),
        version: record?.version ?? '',
      },
      signal,
    );
    if (written === undefined) return false;
    this.#saw(written);
    this.#granted = slack;
    return true;
  }

  #saw(record: LeaseRecord): void {
    this.#seen = { record, at: this.#candidate.clock.elapsed() };
  }

  #isHeldByOther({ holder, duration }: LeaseRecord): boolean {
    const { clock, identity } = this.#candidate;
    if (holder === '' || holder === identity) return false;
    return clock.elapsed() < (this.#seen?.at ?? 0) + duration;
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
