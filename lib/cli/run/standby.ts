import { rmSync, statSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { ignoreFailure } from '../../output/swap';
import { begin, childEnvironment, type Begun, type BeginOptions } from './begin';
import { dismiss, isWaiting } from './child';
import type { Launch } from './command';

/** The packages that a process loads before it is needed: they do nothing but define, and an app loads them in any case. */
const LIBRARY =
  /[\\/]node_modules[\\/](?:constructs|cdk8s|cdk8s-plus-\d+|jiti|seaworthy[\\/]build)[\\/](?!cli[\\/])/;

/** Our own modules, which all lie in one folder, where an app finds them elsewhere than in its node_modules. */
const OWN = join(__dirname, '..', '..') + sep;

/** Options by which Node runs files of the user's before the app. */
const RUNS_OTHERS = /(?:^|\s)["']?(?:-r|--require|--import|--(?:experimental-)?loader|--env-file)/;

/** A process that is ready for the next run. */
interface Ready {
  readonly begun: Begun;
  /** The program and its environment; for another, it is of no use. */
  readonly purpose: string;
  /** When it had not yet read anything, by the clock of the file system. */
  readonly since: number;
  /** What it has read, or would find elsewhere, had it changed. */
  readonly paths: ReadonlySet<string>;
}

/**
 * Has the process of the next run ready: Node is started, and the libraries that the last run has loaded are. Nothing of the
 * user has run in it, and it serves for one run, so that no state passes from one to another.
 */
export class Standby {
  #ready: Ready | undefined;

  /** Makes a process ready for a run like the one that has loaded the modules of `required`, where that can be. */
  prepare(program: Launch, options: BeginOptions, required: readonly string[]): void {
    this.close();
    if (program.program !== process.execPath || program.shell || runsOthers(program, options)) return;
    const libraries = required.filter((path) => isLibrary(path));
    if (libraries.length === 0) return;
    ignoreFailure(() => {
      const begun = begin(program, options, libraries);
      const since = statSync(begun.folder).ctimeMs;
      const paths = new Set([
        ...required.filter(isInstalled).flatMap(withFolders),
        ...searched(options.root),
      ]);
      this.#ready = { begun, purpose: purposeOf(program, options), since, paths };
    });
  }

  /** The process that is ready, if it is for this run, and nothing that it has loaded is another by now. */
  take(program: Launch, options: BeginOptions): Begun | undefined {
    const ready = this.#ready;
    this.#ready = undefined;
    if (ready === undefined) return undefined;
    const { begun, purpose, since, paths } = ready;
    const isFit =
      purpose === purposeOf(program, options) &&
      isWaiting(begun.waiting) &&
      [...paths].every((path) => isOlder(path, since));
    if (isFit) return begun;
    end(begun);
    return undefined;
  }

  /** Ends the process that is ready. */
  close(): void {
    const begun = this.#ready?.begun;
    this.#ready = undefined;
    if (begun !== undefined) end(begun);
  }
}

function end({ waiting, folder }: Begun): void {
  dismiss(waiting);
  rmSync(folder, { recursive: true, force: true });
}

function isLibrary(path: string): boolean {
  return LIBRARY.test(path) || (path.startsWith(OWN) && !path.slice(OWN.length).includes(sep));
}

/** Whether a module is of a package, and not of the project. */
function isInstalled(path: string): boolean {
  return /[\\/]node_modules[\\/]/.test(path) || path.startsWith(OWN);
}

function runsOthers({ args }: Launch, { env }: BeginOptions): boolean {
  return args[0]?.startsWith('-') === true || RUNS_OTHERS.test(env['NODE_OPTIONS'] ?? '');
}

/** All that the process gets, but for the folder of the run. */
function purposeOf({ program, args }: Launch, options: BeginOptions): string {
  return JSON.stringify([program, args, options.root, childEnvironment(options, '', '')]);
}

/** A module, and its folders up to the first `node_modules`. */
function withFolders(path: string): string[] {
  const folder = dirname(path);
  const isLast = folder === path || !/[\\/]node_modules([\\/]|$)/.test(folder);
  return isLast ? [path] : [path, ...withFolders(folder)];
}

/** Where the packages of a project are looked for. */
function searched(root: string): string[] {
  const above = dirname(root);
  return [join(root, 'node_modules'), ...(above === root ? [] : searched(above))];
}

/** Whether a file or folder is as it was before a time; what was not there at that time and is not either. */
function isOlder(path: string, time: number): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined ? path.endsWith('node_modules') : stats.ctimeMs < time;
}
