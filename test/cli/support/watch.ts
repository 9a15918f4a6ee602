import { setTimeout as delay } from 'node:timers/promises';
import { seaworthy, type Answer } from './cli';

/** A `seaworthy synth --watch` that runs until `end`. */
export class Watch {
  said = '';
  private readonly interrupt = new AbortController();
  private readonly running: Promise<Answer>;

  constructor(cwd: string, ...argv: readonly string[]) {
    const onStderr = (text: string) => (this.said = text);
    this.running = seaworthy(cwd, ['synth', '--watch', ...argv], { signal: this.interrupt.signal, onStderr });
  }

  /** Waits until `pattern` was said `times` times. */
  async until(pattern: RegExp, times = 1): Promise<void> {
    for (let waited = 0; this.count(pattern) < times; waited += 20) {
      if (waited > 15_000) throw new Error(`${pattern} was not said ${times} times:\n${this.said}`);
      await delay(20);
    }
  }

  count(pattern: RegExp): number {
    return this.said.match(new RegExp(pattern, 'g'))?.length ?? 0;
  }

  async end(): Promise<number> {
    this.interrupt.abort('SIGINT');
    return (await this.running).code;
  }
}

/** What a run says that wrote the output. */
export const RUN = /object.* → dist/;
