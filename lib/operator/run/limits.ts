import type { Clock } from './clock';

/** How soon what failed is tried again. */
export interface RetryLimits {
  /** Milliseconds after the first failure; each further one doubles them. @default 500 */
  readonly first?: number;
  /** Milliseconds that no pause is longer than. @default 300_000 */
  readonly longest?: number;
  /** Retries a second, of all keys together, once `burst` are used up. @default 10 */
  readonly perSecond?: number;
  /** Retries at once. @default 100 */
  readonly burst?: number;
}

/**
 * Milliseconds until a key that failed is tried again: exponential for each key, and a token bucket for all together.
 *
 * @source k8s.io/client-go util/workqueue/default_rate_limiters.go DefaultTypedControllerRateLimiter 1.36
 */
export class Retries {
  readonly #clock: Clock;
  readonly #limits: Required<RetryLimits>;
  readonly #failures = new Map<string, number>();
  /** Tokens in the bucket at `#filled`; below zero, they are promised to those that wait. */
  #tokens: number;
  #filled: number;

  constructor(
    clock: Clock,
    { first = 500, longest = 300_000, perSecond = 10, burst = 100 }: RetryLimits = {},
  ) {
    this.#clock = clock;
    this.#limits = { first, longest, perSecond, burst };
    this.#tokens = burst;
    this.#filled = clock.elapsed();
  }

  /** The pause before the next try of a key that has failed once more. */
  pauseAfterFailure(key: string): number {
    const { first, longest } = this.#limits;
    const failures = this.#failures.get(key) ?? 0;
    this.#failures.set(key, failures + 1);
    return Math.max(Math.min(longest, first * 2 ** failures), this.#reserve());
  }

  /** How often a key has failed in a row. */
  failuresOf(key: string): number {
    return this.#failures.get(key) ?? 0;
  }

  /** A key has succeeded, or is gone. */
  forget(key: string): void {
    this.#failures.delete(key);
  }

  #reserve(): number {
    const { perSecond, burst } = this.#limits;
    const now = this.#clock.elapsed();
    this.#tokens = Math.min(burst, this.#tokens + ((now - this.#filled) / 1000) * perSecond);
    this.#filled = now;
    this.#tokens -= 1;
    return this.#tokens >= 0 ? 0 : (-this.#tokens / perSecond) * 1000;
  }
}
