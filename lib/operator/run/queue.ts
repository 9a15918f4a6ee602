import type { Clock } from './clock';
import { Retries, type RetryLimits } from './limits';

/** What a queue tells of itself. */
export interface QueueWatcher {
  /** Keys that are ready and that nobody works on. */
  readonly onDepth?: (depth: number) => void;
  /** Milliseconds that a key was ready before a worker took it. */
  readonly onTaken?: (waited: number) => void;
}

/** Of so many keys that are taken, one is of those in the background, if there is one. */
const SHARE = 4;

/**
 * Keys to work on. A key is in it once, however often it is added; one that is added while it is worked on comes again
 * afterwards, so that no two workers have the same key. Keys in the background wait for the others, and still get a share:
 * ten thousand that have to be looked at hold up nobody who changes one, and a few that change all the time do not hold
 * them up for ever.
 *
 * @source k8s.io/client-go util/workqueue/queue.go Typed 1.36
 */
export class WorkQueue {
  readonly #clock: Clock;
  readonly #retries: Retries;
  readonly #watcher: QueueWatcher;
  /** Keys that are ready, in the order in which they came, and since when. */
  readonly #ready = new Map<string, number>();
  /** The same of those in the background. */
  readonly #background = new Map<string, number>();
  /** Keys that were taken since the last one of the background. */
  #taken = 0;
  readonly #inWork = new Set<string>();
  /** Keys that were added while they were worked on. */
  readonly #again = new Set<string>();
  readonly #later = new Map<string, { readonly at: number; readonly callOff: () => void }>();
  readonly #takers: ((key: string | undefined) => void)[] = [];
  #isEnded = false;

  constructor(clock: Clock, limits: RetryLimits = {}, watcher: QueueWatcher = {}) {
    this.#clock = clock;
    this.#retries = new Retries(clock, limits);
    this.#watcher = watcher;
  }

  /** Keys that are ready and that nobody works on. */
  get depth(): number {
    return this.#ready.size + this.#background.size;
  }

  /** Whether nothing is ready, worked on, or comes later. */
  get isIdle(): boolean {
    return this.depth + this.#inWork.size + this.#later.size === 0;
  }

  failuresOf(key: string): number {
    return this.#retries.failuresOf(key);
  }

  add(key: string): void {
    if (this.#isEnded) return;
    this.#callOff(key);
    if (this.#inWork.has(key)) this.#again.add(key);
    else if (!this.#ready.has(key)) this.#push(key, this.#ready);
  }

  /** Adds a key that nobody waits for. */
  addInBackground(key: string): void {
    if (this.#isEnded) return;
    if (this.#inWork.has(key)) this.#again.add(key);
    else if (!this.#ready.has(key) && !this.#background.has(key)) this.#push(key, this.#background);
  }

  /** Adds a key after so many milliseconds, unless it is due earlier. */
  addAfter(key: string, milliseconds: number): void {
    if (this.#isEnded) return;
    if (milliseconds <= 0) return this.add(key);
    const at = this.#clock.elapsed() + milliseconds;
    const known = this.#later.get(key);
    if (this.#ready.has(key) || (known !== undefined && known.at <= at)) return;
    this.#callOff(key);
    const callOff = this.#clock.after(milliseconds, () => {
      this.#later.delete(key);
      this.add(key);
    });
    this.#later.set(key, { at, callOff });
  }

  /** Adds a key that failed, after a pause that grows. @returns milliseconds of that pause */
  addFailed(key: string): number {
    const milliseconds = this.#retries.pauseAfterFailure(key);
    this.addAfter(key, milliseconds);
    return milliseconds;
  }

  /** A key has succeeded: its next failure is its first. */
  forget(key: string): void {
    this.#retries.forget(key);
  }

  /** The next key, once there is one; undefined when the queue has ended. Call `done` with it. */
  take(): Promise<string | undefined> {
    if (this.#isEnded) return Promise.resolve(undefined);
    const isTurn = this.#taken >= SHARE - 1;
    const [first, second] = isTurn ? [this.#background, this.#ready] : [this.#ready, this.#background];
    const [next] = first.size > 0 ? first : second;
    if (next === undefined) return new Promise((resolve) => this.#takers.push(resolve));
    const [key, since] = next;
    this.#taken = this.#background.delete(key) ? 0 : this.#taken + 1;
    this.#ready.delete(key);
    this.#inWork.add(key);
    this.#watcher.onDepth?.(this.depth);
    this.#watcher.onTaken?.(this.#clock.elapsed() - since);
    return Promise.resolve(key);
  }

  done(key: string): void {
    this.#inWork.delete(key);
    if (this.#again.delete(key)) this.add(key);
  }

  /** Nothing is taken any more; what is worked on is not touched. */
  end(): void {
    this.#isEnded = true;
    for (const { callOff } of this.#later.values()) callOff();
    this.#later.clear();
    this.#ready.clear();
    this.#background.clear();
    this.#again.clear();
    for (const taker of this.#takers.splice(0)) taker(undefined);
  }

  #push(key: string, waiting: Map<string, number>): void {
    const taker = this.#takers.shift();
    if (taker === undefined) {
      // Since when it waits counts from when it came first.
      waiting.set(key, this.#background.get(key) ?? this.#clock.elapsed());
      if (waiting === this.#ready) this.#background.delete(key);
      this.#watcher.onDepth?.(this.depth);
      return;
    }
    this.#inWork.add(key);
    this.#watcher.onTaken?.(0);
    taker(key);
  }

  #callOff(key: string): void {
    this.#later.get(key)?.callOff();
    this.#later.delete(key);
  }
}
