import type { Answer } from './answer';
import type { KnownAnswers } from './cluster';
import type { Request } from './connection';

/**
 * What a first step has read of single objects, for a second step that reads the same: each answer is given once, so that
 * whoever asks again, since it waits for a change, asks the server.
 */
export class ReadOnce implements KnownAnswers {
  readonly #answers = new Map<string, Answer>();
  #isClosed = false;

  /** The first step is over: what is read from now on is not kept. */
  close(): void {
    this.#isClosed = true;
  }

  async answer(request: Request, ask: (request: Request) => Promise<Answer>): Promise<Answer> {
    const { method, path, query } = request;
    if (method !== 'GET' || query !== undefined) return ask(request);
    const known = this.#answers.get(path);
    this.#answers.delete(path);
    if (known !== undefined) return known;
    const answer = await ask(request);
    if (!this.#isClosed) this.#answers.set(path, answer);
    return answer;
  }
}
