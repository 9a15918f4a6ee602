import type { Ahead, HandedOver } from '../../run/ahead';
import type { Io } from '../../terminal/terminal';
import type { Settings } from '../settings';
import { threadsFor } from './count';
import type { Crew } from './crew';
import { judgeOf, type Judge } from './job';

/** Characters that an object and its origin take, about. */
const OBJECT = 1000;

/**
 * The threads for the check of what an app synthesizes. They load the rules while it renders, and read what it hands over when the
 * first thread does. What becomes of them decides nothing but how long that takes.
 */
export class AppThreads implements Ahead {
  readonly #io: Pick<Io, 'cwd' | 'env'>;
  readonly #environment: string | undefined;
  #judge: Judge | undefined;
  #handedOver: HandedOver | undefined;
  #crew: Crew | undefined;
  #recruiting: Promise<Crew | undefined> | undefined;
  #isBriefed = false;
  #hasEnded = false;

  /**
   * @param environment the one to check. @default all
   * @throws SeaworthyError USAGE for a number of threads that is none
   */
  constructor(io: Pick<Io, 'cwd' | 'env'>, environment: string | undefined) {
    this.#io = io;
    this.#environment = environment;
    this.#threadsFor(0);
  }

  begin(objects: number): void {
    const threads = this.#threadsFor(objects * OBJECT);
    if (threads > 1) void this.#recruit(threads);
  }

  wants(bytes: number): boolean {
    return this.#threadsFor(bytes) > 1;
  }

  async take(handedOver: HandedOver): Promise<void> {
    this.#handedOver = handedOver;
    await this.#brief();
  }

  /** Takes the settings, once they are read. */
  async judgeBy(reading: Promise<Settings>): Promise<void> {
    // Whoever reads them reports what is wrong.
    const settings = await reading.catch(() => undefined);
    this.#judge = settings && judgeOf(settings, this.#io.cwd);
    await this.#brief();
  }

  /** Those that have read all. */
  get crew(): Crew | undefined {
    return this.#isBriefed ? this.#crew : undefined;
  }

  /** Ends the threads, whatever they do. */
  end(): void {
    this.#hasEnded = true;
    this.#crew?.end();
  }

  #threadsFor(size: number): number {
    return threadsFor(size, this.#io.env);
  }

  async #brief(): Promise<void> {
    if (this.#judge === undefined || this.#handedOver === undefined || this.#isBriefed) return;
    const { apps } = this.#handedOver;
    const threads = this.#threadsFor(apps.reduce((sum, { byteLength }) => sum + byteLength, 0));
    const crew = this.#crew ?? (await this.#recruit(threads));
    const job = { ...this.#judge, ...this.#handedOver, environment: this.#environment };
    this.#isBriefed = crew?.brief(job) === true;
  }

  #recruit(threads: number): Promise<Crew | undefined> {
    this.#recruiting ??= import('./crew').then(({ Crew }) => {
      this.#crew = Crew.recruit(threads);
      if (this.#hasEnded) this.#crew?.end();
      return this.#crew;
    });
    return this.#recruiting;
  }
}
