import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Reported } from '../../../check/admit-set';
import { unpacked, type Packed } from '../../../check/packed';
import type { Piece } from '../../../check/pieces';
import { Claims, orderOfFirst } from './claims';
import type { Job, Message } from './job';

/** What a thread found, by the number of the piece. */
export type Answer = readonly (readonly [piece: number, found: readonly Packed[]])[];

/** Where the build has the code of a thread. */
const CODE = join(__dirname, '..', '..', '..', 'cli-check-threads-worker.js');

/**
 * Threads that check the same objects as this one, each some pieces. Nothing depends on them: what one does not answer, because
 * it ran out of memory or could not be started, is done here.
 */
export class Crew {
  readonly #threads: readonly Thread[];

  private constructor(threads: readonly Thread[]) {
    this.#threads = threads;
  }

  /**
   * Starts threads, which read the objects while this one does.
   *
   * @param threads how many there are with this one
   * @returns `undefined` where there is no other, or none can be started
   */
  static start(job: Job, threads: number, code = CODE): Crew | undefined {
    const crew = Crew.recruit(threads, code);
    return crew?.brief(job) === true ? crew : undefined;
  }

  /** The same, but for the job: they load the rules meanwhile. */
  static recruit(threads: number, code = CODE): Crew | undefined {
    if (threads < 2 || !existsSync(code)) return undefined;
    try {
      return new Crew(Array.from({ length: threads - 1 }, () => new Thread(code)));
    } catch {
      // The system has no more threads.
      return undefined;
    }
  }

  /** Has the threads read what is to be checked. @returns whether they can; if not, they are ended */
  brief(job: Job): boolean {
    try {
      for (const thread of this.#threads) thread.brief(job);
      return true;
    } catch {
      // Of what cannot be passed on.
      this.end();
      return false;
    }
  }

  /**
   * What each piece finds.
   *
   * @param claims what is taken already. @default nothing
   * @throws whatever the first piece throws that does
   */
  async run(
    pieces: readonly Piece[],
    claims = Claims.of(pieces.length),
  ): Promise<readonly (readonly Reported[])[]> {
    for (const thread of this.#threads) thread.begin(claims);
    const found = new Map<number, readonly Reported[]>();
    let failure: { readonly piece: number; readonly error: unknown } | undefined;
    for (const piece of orderOfFirst(pieces)) {
      if (!claims.take(piece)) continue;
      try {
        found.set(piece, pieces[piece]?.run() ?? []);
      } catch (error) {
        failure = { piece, error };
        claims.close();
      }
    }
    for (const { answer } of this.#threads)
      for (const [number, packed] of await answer) {
        const piece = pieces[number];
        if (piece !== undefined) found.set(number, unpacked(piece, packed));
      }
    // Those before a failure may fail, too, and then theirs is the one that counts.
    return pieces.map((piece, number) => {
      if (failure?.piece === number) throw failure.error;
      return found.get(number) ?? piece.run();
    });
  }

  /** Ends the threads, whatever they do. */
  end(): void {
    for (const thread of this.#threads) thread.end();
  }
}

class Thread {
  /** Nothing where it ended before it answered. */
  readonly answer: Promise<Answer>;
  readonly #worker: Worker;

  constructor(code: string) {
    const worker = new Worker(code, { execArgv: [] });
    this.#worker = worker;
    this.answer = new Promise((resolve) => {
      worker.once('message', resolve);
      worker.once('messageerror', () => resolve([]));
      worker.once('error', () => resolve([]));
      worker.once('exit', () => resolve([]));
    });
  }

  brief(job: Job): void {
    this.#say({ job });
  }

  begin({ shared }: Claims): void {
    this.#say({ shared });
  }

  #say(message: Message): void {
    this.#worker.postMessage(message);
  }

  end(): void {
    void this.#worker.terminate();
  }
}
