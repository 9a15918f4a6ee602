import { rmSync } from 'node:fs';
import type { ImageLock } from '../../manifest/image-lock';
import type { Substitute } from '../../manifest/chart-value';
import { PROJECT_VARIABLE } from '../child/protocol';
import { readImageLock } from '../../output/image-lock-file';
import type { Project } from '../project/project';
import type { Context } from '../terminal/context';
import type { Terminal } from '../terminal/terminal';
import { uninterrupted } from '../terminal/uninterrupted';
import { expectObjects, sharedBytes, type Ahead } from './ahead';
import { begin } from './begin';
import { runChild, type ChildOptions, type Ending } from './child';
import { launch } from './command';
import { circularError, endingError, silentError, thrownError, type Run } from './failure';
import { pinnedResult } from './pinned';
import type { KnownManifests } from './known-manifests';
import { checkPins } from './pins';
import {
  readFailure,
  readFiles,
  readLoaded,
  readRequired,
  readResult,
  readResults,
  resultFiles,
  type Result,
} from './results';
import type { Standby } from './standby';
import { withFull } from './temporary';

/**
 * Runs the project's app, whose images have the digests of the lock beside cdk8s.yaml; see `runApp` for what else can go wrong.
 *
 * @throws SeaworthyError INPUT_UNREADABLE for a lock that cannot be read
 */
export async function runProject(
  { command, root, timeout, environments }: Project,
  { io, terminal }: Context,
  { signal = io.signal, onLoaded, known, standby, substitute, pins, ahead }: RunChoices = {},
): Promise<Result[]> {
  const lock = readImageLock(root);
  const all = await uninterrupted(io, async () => {
    const results = await runApp({
      command,
      root,
      timeout,
      env: io.env,
      lock,
      ahead,
      terminal,
      signal,
      onLoaded,
      known,
      standby,
      substitute,
      ...(pins !== undefined && { pins }),
    });
    checkPins(results, { ...(environments && { environments }), ...(pins !== undefined && { text: pins }) });
    return results;
  });
  return all.map((result) => pinnedResult(result, lock));
}

/** A run that somebody watches. */
export interface Watched {
  /** Ends the run. @default the interruption of the user */
  readonly signal?: AbortSignal | undefined;
  /** Takes the paths that the app loaded and read, also if it failed; a folder ends in a slash. */
  readonly onLoaded?: ((paths: readonly string[]) => void) | undefined;
  /** The manifests of the run before. @default none */
  readonly known?: KnownManifests | undefined;
  /** Has the process of the next run ready. @default each is started when it is needed */
  readonly standby?: Standby | undefined;
  /** What the app is to take for a value; its output is not shown then. @default nothing */
  readonly substitute?: Substitute | undefined;
  /** Reads the results as well. @default nobody does */
  readonly ahead?: Ahead | undefined;
}

/** What a run may be told. */
export interface RunChoices extends Watched {
  /** What apps read instead of their pins file. */
  readonly pins?: string;
}

interface RunOptions extends Run, RunChoices {
  readonly env: NodeJS.ProcessEnv;
  readonly lock: ImageLock;
  readonly terminal: Terminal;
}

/**
 * Runs the app and collects what its Apps synthesize, in order. Only the app itself writes files.
 *
 * @throws SeaworthyError APP_NOT_FOUND, APP_FAILED, APP_TIMEOUT, APP_SILENT, or the problems that the app itself
 * found; the reason of the signal if that ended the run
 */
async function runApp(options: RunOptions): Promise<Result[]> {
  if (options.env[PROJECT_VARIABLE] === options.root) throw circularError(options);
  const program = launch(options.command, options.root);
  const isPlain = options.substitute === undefined && options.pins === undefined;
  const standby = isPlain ? options.standby : undefined;
  const begun = standby?.take(program, options) ?? begin(program, options);
  const { folder, results, manifests } = begun;
  try {
    const progress = showProgress(options);
    const stopExpecting = options.ahead && expectObjects(results, options.ahead);
    const ending = await runChild(begun.waiting, {
      timeout: options.timeout * 1000,
      signal: options.signal,
      onOutput: options.substitute === undefined ? forwarding(options.terminal) : () => undefined,
    }).finally(() => {
      clearInterval(progress);
      stopExpecting?.();
    });
    options.signal?.throwIfAborted();
    options.onLoaded?.(readLoaded(results));
    standby?.prepare(program, options, readRequired(results));
    return await collect(ending, options, { results, manifests });
  } catch (error) {
    throw options.signal?.aborted === true ? error : withFull(error, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the app handed over, or the error that it ended with. */
async function collect(
  ending: Ending,
  options: RunOptions,
  { results, manifests }: { readonly results: string; readonly manifests: string },
): Promise<Result[]> {
  const failure = ending.code === 0 || ending.timedOut ? undefined : readFailure(results);
  if (failure !== undefined) throw thrownError(failure, options);
  const error = endingError(ending, options, resultFiles(results).length);
  if (error !== undefined) throw error;
  const found = [...(await readHandedOver(results, options)), readFiles(manifests)].filter(
    (result) => result !== undefined,
  );
  if (found.length === 0) throw silentError(options);
  return found;
}

async function readHandedOver(folder: string, { ahead, lock, known }: RunOptions): Promise<Result[]> {
  const apps = ahead && sharedBytes(folder, resultFiles(folder), ahead);
  if (apps === undefined) return readResults(folder, known);
  await ahead?.take({ apps, pinned: [...lock.entries] });
  return apps.map((bytes) => readResult(bytes));
}

/** Sends the output of the app to stderr, with a heading for its stdout: ours is for data. */
function forwarding(terminal: Terminal): ChildOptions['onOutput'] {
  let said = false;
  return (bytes, stream) => {
    if (stream === 'stdout' && !said) terminal.say('Output of the app:', terminal.err.dim);
    said ||= stream === 'stdout';
    terminal.forward(bytes);
  };
}

/** Counts the seconds of a run that takes longer than one. */
function showProgress({ command, terminal }: RunOptions): NodeJS.Timeout {
  let seconds = 0;
  return setInterval(() => terminal.show(`running ${command} … ${++seconds} s`), 1000);
}
