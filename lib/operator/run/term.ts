import { SeaworthyError } from '../../errors';
import type { Clock } from './clock';
import type { Controller } from './controller';
import type { Instruments } from './instruments';
import type { RetryLimits } from './limits';
import type { Logger } from './log';
import { WorkQueue } from './queue';

/** What a process works with while it leads. */
export interface TermOptions {
  readonly controllers: readonly Controller[];
  readonly clock: Clock;
  readonly instruments: Instruments;
  readonly logger: Logger;
  readonly concurrency: number;
  readonly retries: RetryLimits;
  /** Milliseconds in which each resource is compared with what the API server has. */
  readonly resync: number;
  /** Milliseconds that resources in work have to come to an end. */
  readonly grace: number;
}

/** Parts that a resync is spread over: not all resources at once. */
const SLICES = 60;

/** Milliseconds that a worker may take for a resource before something must be wrong. */
const STUCK = 10 * 60_000;

/** The time in which a process leads: it works on what changes, and from time to time on everything. */
export class Term {
  readonly #options: TermOptions;
  readonly #queue: WorkQueue;
  /** Keys of resources of which nothing that is remembered counts. */
  readonly #full = new Set<string>();
  /** Since when workers are at a resource, by its key; by the clock that nobody sets. */
  readonly #inWork = new Map<string, number>();
  readonly #ended = new AbortController();
  #callOffResync: () => void = () => undefined;

  constructor(options: TermOptions) {
    this.#options = options;
    const { clock, retries, instruments } = options;
    this.#queue = new WorkQueue(clock, retries, {
      onDepth: (depth) => (instruments.depth = depth),
      onTaken: (waited) => instruments.waited.observe({}, waited / 1000),
    });
  }

  /** Something about a resource has changed. */
  add(key: string): void {
    this.#queue.add(key);
  }

  /** Something about its objects has changed: more of that is likely to come at once. */
  addSoon(key: string): void {
    this.#queue.addAfter(key, GATHERED);
  }

  /** Why the process should be restarted. */
  unhealthy(): string | undefined {
    const now = this.#options.clock.elapsed();
    const [stuck] = [...this.#inWork].filter(([, since]) => now - since > STUCK);
    return stuck && `a worker has been at ${stuck[0]} for more than ${STUCK / 60_000} minutes`;
  }

  /**
   * Works until `signal` ends it; then what is in work has a little time to come to an end.
   *
   * @param lost ends all at once: others may lead by now
   */
  async run(signal: AbortSignal, lost: AbortSignal): Promise<void> {
    const { controllers, concurrency, grace, clock } = this.#options;
    for (const controller of controllers)
      for (const key of controller.keys()) this.#queue.addInBackground(key);
    this.#resync(0);
    const workers = Promise.all(Array.from({ length: concurrency }, () => this.#work()));
    whenAborted(lost, () => {
      this.#queue.end();
      this.#ended.abort();
    });
    const ended = new Promise<void>((resolve) => whenAborted(AbortSignal.any([signal, lost]), resolve));
    await Promise.race([workers, ended]);
    this.#callOffResync();
    this.#queue.end();
    this.#options.instruments.depth = 0;
    const callOff = clock.after(grace, () => this.#ended.abort());
    await workers;
    callOff();
    this.#ended.abort();
  }

  /** Adds a part of all resources, and the next part in a while. */
  #resync(slice: number): void {
    const { clock, resync, controllers } = this.#options;
    this.#callOffResync = clock.after(resync / SLICES, () => {
      for (const controller of controllers) {
        if (slice === 0) controller.reconciler.memory.clear(controller.keys());
        for (const key of controller.keys()) {
          if (sliceOf(key) !== slice) continue;
          this.#full.add(key);
          this.#queue.addInBackground(key);
        }
      }
      this.#resync((slice + 1) % SLICES);
    });
  }

  async #work(): Promise<void> {
    for (let key = await this.#queue.take(); key !== undefined; key = await this.#queue.take()) {
      this.#inWork.set(key, this.#options.clock.elapsed());
      await this.#reconcile(key);
      this.#inWork.delete(key);
      this.#queue.done(key);
    }
  }

  async #reconcile(key: string): Promise<void> {
    const { controllers, clock, instruments, logger } = this.#options;
    const controller = controllers.find((each) => each.has(key));
    const resource = controller?.resource(key);
    if (controller === undefined || resource === undefined) return this.#forget(key, controller);
    const { kind } = controller.definition;
    const about = { kind, resource: key.slice(key.indexOf(' ') + 1) };
    const isFull = this.#full.delete(key);
    const began = clock.elapsed();
    const seconds = (): number => (clock.elapsed() - began) / 1000;
    try {
      const signal = this.#ended.signal;
      const done = await controller.reconciler.reconcile(key, resource, isFull, signal);
      const { result, again, isFailure = false, message } = done;
      instruments.ended(key, kind, result, seconds(), clock.now());
      const level = result === 'stalled' || isFailure ? 'warn' : 'debug';
      logger.log(level, 'reconciled', { ...about, result, message, seconds: seconds() });
      if (isFailure) this.#queue.addFailed(key);
      else this.#queue.forget(key);
      if (again !== undefined && !isFailure) this.#queue.addAfter(key, again);
    } catch (error) {
      if (this.#ended.signal.aborted) return;
      instruments.ended(key, kind, 'failed', seconds(), clock.now());
      const again = this.#queue.addFailed(key);
      logger.log('error', 'reconcile failed', { ...about, error: inWords(error), again: again / 1000 });
    }
  }

  #forget(key: string, controller: Controller | undefined): void {
    controller?.reconciler.memory.forget(key);
    this.#options.instruments.failing.delete(key);
    this.#queue.forget(key);
    this.#full.delete(key);
  }
}

function whenAborted(signal: AbortSignal, call: () => void): void {
  if (signal.aborted) call();
  else signal.addEventListener('abort', () => call(), { once: true });
}

/** Milliseconds in which changes of the objects of a resource are gathered. */
const GATHERED = 200;

/** In which part of a resync a resource comes. */
function sliceOf(key: string): number {
  let sum = 0;
  for (let index = 0; index < key.length; index++) sum = (sum * 31 + key.charCodeAt(index)) >>> 0;
  return sum % SLICES;
}

function inWords(error: unknown): string {
  if (error instanceof SeaworthyError) return error.problems[0].message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
