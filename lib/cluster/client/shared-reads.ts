import type { Answer } from './answer';
import type { Request } from './connection';

/** Answers that are good for all who ask within some time: the server is asked once for them. */
export class SharedReads {
  readonly #isShared: (request: Request) => boolean;
  readonly #milliseconds: number;
  readonly #now: () => number;
  readonly #kept = new Map<string, { readonly at: number; readonly answer: Promise<Answer> }>();

  /**
   * @param isShared which requests have such answers; none that writes may be one
   * @param milliseconds how long an answer is good
   */
  constructor(isShared: (request: Request) => boolean, milliseconds: number, now: () => number) {
    this.#isShared = isShared;
    this.#milliseconds = milliseconds;
    this.#now = now;
  }

  /** The answer to a request: that which somebody else got, or is waiting for; else that of `ask`. */
  async answer(request: Request, ask: (request: Request) => Promise<Answer>): Promise<Answer> {
    if (!this.#isShared(request)) return ask(request);
    const { signal, ...shared } = request;
    signal?.throwIfAborted();
    const key = JSON.stringify(shared);
    const now = this.#now();
    for (const [old, { at }] of this.#kept) if (now - at >= this.#milliseconds) this.#kept.delete(old);
    const kept = this.#kept.get(key)?.answer;
    if (kept !== undefined) return kept;
    // The signal of the first to ask ends nothing for the others.
    const answer = ask(shared);
    this.#kept.set(key, { at: now, answer });
    const isGood = await answer.then(({ refusal }) => refusal === undefined).catch(() => false);
    if (!isGood && this.#kept.get(key)?.answer === answer) this.#kept.delete(key);
    return answer;
  }
}
