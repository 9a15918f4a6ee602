import type { Clock } from '../../lib/operator/run/clock';

/** A clock that stands still until a test moves it. */
export class FakeClock implements Clock {
  #now: number;
  /** By how much somebody has set it. */
  #set = 0;
  #timers: { readonly at: number; readonly call: () => void }[] = [];

  constructor(now = Date.parse('2026-01-01T00:00:00Z')) {
    this.#now = now;
  }

  now(): number {
    return this.#now + this.#set;
  }

  elapsed(): number {
    return this.#now;
  }

  /** Somebody sets it by so many milliseconds: no time has gone by. */
  setBy(milliseconds: number): void {
    this.#set += milliseconds;
  }

  after(milliseconds: number, call: () => void): () => void {
    const timer = { at: this.#now + milliseconds, call };
    this.#timers.push(timer);
    return () => (this.#timers = this.#timers.filter((each) => each !== timer));
  }

  /** Moves it on while nothing else can run: timers that are due are late. */
  holdUp(milliseconds: number): void {
    this.#now += milliseconds;
  }

  /** Moves it on, timer by timer, and lets what they began go on. */
  async forward(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    await settle();
    for (;;) {
      const [next] = this.#timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (next === undefined) break;
      this.#timers = this.#timers.filter((each) => each !== next);
      this.#now = Math.max(this.#now, next.at);
      next.call();
      await settle();
    }
    this.#now = end;
  }
}

/** Lets promises that can go on go on. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  await new Promise((next) => setImmediate(next));
}
