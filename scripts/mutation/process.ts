import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Some tests of a file: all of them, or those at these places in the order of the file. */
export interface Suite {
  readonly file: string;
  readonly tests?: readonly number[];
}

export interface Plan {
  /** The mutant that is awake; none to find out which mutants the tests reach. */
  readonly mutant?: number;
  readonly suites: readonly Suite[];
}

/** Seconds of the processor, after which a run is taken for one that never ends. */
export interface Limit {
  readonly seconds: number;
}

/** Runs test processes against the compiled files. */
export class TestProcesses {
  readonly #root: string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'seaworthy-mutation-'));
  readonly #places = join(this.#folder, 'places.json');
  #count = 0;

  constructor(root: string, places: Readonly<Record<string, string>>) {
    this.#root = root;
    writeFileSync(this.#places, JSON.stringify(places));
  }

  /** What a run reports of itself, and the seconds it took; `undefined` when it was ended or fell over. */
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the harness answers each plan in its own shape
  async run<T>(
    plan: Plan,
    { seconds }: Limit,
  ): Promise<{ readonly report: T | undefined; readonly seconds: number }> {
    const file = join(this.#folder, `${(this.#count += 1)}.json`);
    writeFileSync(file, JSON.stringify({ ...plan, root: this.#root, places: this.#places }));
    const begin = process.hrtime.bigint();
    // The limit is on time of the processor: a busy machine turns no mutant into one that never ends.
    const shell = `ulimit -t ${Math.ceil(seconds)}; exec "$@"`;
    const harness = [process.execPath, join(__dirname, 'harness.js'), file];
    const child = spawn('sh', ['-c', shell, 'sh', ...harness], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), seconds * 10_000);
    const report = await new Promise<T | undefined>((done) => {
      let message: T | undefined;
      child.on('message', (sent) => (message = sent as T));
      child.on('close', () => done(message));
      child.on('error', () => done(undefined));
    });
    clearTimeout(timer);
    rmSync(file);
    return { report, seconds: Number(process.hrtime.bigint() - begin) / 1e9 };
  }

  end(): void {
    rmSync(this.#folder, { recursive: true });
  }
}

/** Does `work` for each item, so many at a time, and returns the results in the order of the items. */
export async function inParallel<T, R>(
  items: readonly T[],
  lanes: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let at = next++; at < items.length; at = next++) results[at] = await work(items[at] as T);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}
