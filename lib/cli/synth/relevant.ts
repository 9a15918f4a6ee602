import { dirname, sep } from 'node:path';

/** Milliseconds after a run in which we may still hear of what it wrote. */
const SETTLING = 300;

/** Runs in a row that a file may change in; no user does so, and the app may write it each time. */
const MOST = 2;

/** Tells the changes that are worth a run from what the app writes itself, by what its runs load and read. */
export class Relevant {
  /** What the last run loaded and read; nothing where it cannot say so, as an app in Python. */
  private loaded: ReadonlySet<string> | undefined;
  private hasFailed = false;
  private isRunning = false;
  private ended = 0;
  /** Files that changed during this run, without having ended it. */
  private readonly pending = new Set<string>();
  /** How many times each file changed during runs, since it last did between them. */
  private readonly during = new Map<string, number>();
  private readonly inputs: ReadonlySet<string>;

  /** @param inputs files and folders that are worth a run in any case */
  constructor(inputs: ReadonlySet<string>) {
    this.inputs = inputs;
  }

  /** A run begins. */
  begin(): void {
    this.isRunning = true;
    this.pending.clear();
  }

  /**
   * A run has ended; `loaded` is missing if it was ended early.
   *
   * @returns whether what it used has changed meanwhile
   */
  end(loaded: readonly string[] | undefined, hasFailed: boolean): boolean {
    this.isRunning = false;
    this.ended = performance.now();
    this.hasFailed = hasFailed;
    if (loaded !== undefined) this.loaded = loaded.length === 0 ? undefined : new Set(loaded);
    return [...this.pending].some((path) => this.isUsed(path) && !this.isOwn(path));
  }

  /** Whether the change of a file is worth a run. During one, it ends that. */
  isWorthRun(path: string, event: string): boolean {
    const isBetween = !this.isRunning && performance.now() - this.ended > SETTLING;
    if (isBetween) this.during.delete(path);
    else this.during.set(path, (this.during.get(path) ?? 0) + 1);
    if (this.isOwn(path)) return false;
    if (this.isUsed(path)) return true;
    // Of an app that failed, a new file may be the module that it lacked.
    if (isBetween) return this.loaded === undefined || (this.hasFailed && event === 'add');
    this.pending.add(path);
    return this.loaded === undefined && event === 'change' && this.during.get(path) === 1;
  }

  private isUsed(path: string): boolean {
    const { loaded, inputs } = this;
    if (loaded?.has(path) === true || loaded?.has(`${dirname(path)}/`) === true) return true;
    return [...inputs].some((input) => path === input || path.startsWith(input + sep));
  }

  private isOwn(path: string): boolean {
    return (this.during.get(path) ?? 0) > MOST;
  }
}
