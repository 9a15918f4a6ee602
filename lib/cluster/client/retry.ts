import { setTimeout as sleep } from 'node:timers/promises';

/** How long a request is tried again before its failure counts. */
export interface Patience {
  /** Milliseconds from the first try, for a server that is not there or overloaded. */
  readonly within: number;
}

/** Answers that say nothing about the request itself: try again. A server that shuts down gives 503, a proxy 502 or 504. */
const PASSING: ReadonlySet<number> = new Set([429, 500, 502, 503, 504]);

/** Milliseconds of the longest pause, other than one that the server asks for. */
const LONGEST_PAUSE = 5_000;

/** What one try came to: an answer, or the error of the connection. */
export interface Tried<T> {
  readonly answer?: { readonly code: number; readonly retryAfter?: number | undefined; readonly value: T };
  readonly error?: unknown;
}

/**
 * Tries until there is an answer about the request, or patience ends; the last try is what counts. The server's
 * Retry-After is respected, other pauses double and are spread at random, so that requests do not come at once again.
 *
 * @param again whether what failed may be tried again, beside what passes by itself
 */
export async function persistently<T>(
  attempt: () => Promise<Tried<T>>,
  { within }: Patience,
  again: (tried: Tried<T>) => boolean,
  signal?: AbortSignal,
): Promise<Tried<T>> {
  const begin = Date.now();
  for (let tries = 0; ; tries++) {
    const tried = await attempt();
    signal?.throwIfAborted();
    if (!isPassing(tried) || !again(tried)) return tried;
    const pause = pauseAfter(tried, tries);
    if (Date.now() + pause - begin > within) return tried;
    await sleep(pause, undefined, signal === undefined ? {} : { signal });
  }
}

function isPassing({ answer, error }: Tried<unknown>): boolean {
  return answer === undefined ? error !== undefined : PASSING.has(answer.code);
}

function pauseAfter({ answer }: Tried<unknown>, tries: number): number {
  if (answer?.retryAfter !== undefined) return answer.retryAfter * 1000;
  const longest = Math.min(LONGEST_PAUSE, 100 * 2 ** tries);
  return longest / 2 + Math.random() * (longest / 2);
}
