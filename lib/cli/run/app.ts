import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Substitute } from '../../manifest/chart-value';
import {
  LOADED_VARIABLE,
  PARENT_VARIABLE,
  PINS_VARIABLE,
  PROJECT_VARIABLE,
  RESULTS_VARIABLE,
  SUBSTITUTE_VARIABLE,
} from '../child/protocol';
import { readImageLock } from '../../output/image-lock-file';
import type { Project } from '../project/project';
import type { Context } from '../terminal/context';
import type { Terminal } from '../terminal/terminal';
import { uninterrupted } from '../terminal/uninterrupted';
import { runChild, type ChildOptions, type Ending } from './child';
import { launch, searchPath } from './command';
import { circularError, endingError, silentError, thrownError, type Run } from './failure';
import { pinnedResult } from './pinned';
import type { KnownManifests } from './known-manifests';
import { checkPins } from './pins';
import { readFailure, readFiles, readLoaded, readResults, type Result } from './results';
import { makeTemporary, withFull } from './temporary';

/**
 * Runs the project's app, whose images have the digests of the lock beside cdk8s.yaml; see `runApp` for what else can go wrong.
 *
 * @throws SeaworthyError INPUT_UNREADABLE for a lock that cannot be read
 */
export async function runProject(
  { command, root, timeout, environments }: Project,
  { io, terminal }: Context,
  { signal = io.signal, onLoaded, known, substitute, pins }: RunChoices = {},
): Promise<Result[]> {
  const lock = readImageLock(root);
  const all = await uninterrupted(io, async () => {
    const results = await runApp({
      command,
      root,
      timeout,
      env: io.env,
      terminal,
      signal,
      onLoaded,
      known,
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
  /** What the app is to take for a value; its output is not shown then. @default nothing */
  readonly substitute?: Substitute | undefined;
}

/** What a run may be told. */
export interface RunChoices extends Watched {
  /** What apps read instead of their pins file. */
  readonly pins?: string;
}

interface RunOptions extends Run, RunChoices {
  readonly env: NodeJS.ProcessEnv;
  readonly terminal: Terminal;
}

const PRELOAD = join(__dirname, '..', 'child', 'preload.js');

/**
 * Runs the app and collects what its Apps synthesize, in order. Only the app itself writes files.
 *
 * @throws SeaworthyError APP_NOT_FOUND, APP_FAILED, APP_TIMEOUT, APP_SILENT, or the problems that the app itself
 * found; the reason of the signal if that ended the run
 */
async function runApp(options: RunOptions): Promise<Result[]> {
  if (options.env[PROJECT_VARIABLE] === options.root) throw circularError(options);
  const program = launch(options.command, options.root);
  const folder = makeTemporary(options.env);
  const results = join(folder, 'results');
  const manifests = join(folder, 'manifests');
  try {
    mkdirSync(results);
    mkdirSync(manifests);
    if (options.pins !== undefined) writeFileSync(pinsIn(folder), options.pins);
    const progress = showProgress(options);
    const ending = await runChild(program, {
      cwd: options.root,
      env: {
        ...childEnvironment(options, results, manifests),
        ...(options.pins !== undefined && { [PINS_VARIABLE]: pinsIn(folder) }),
      },
      folder,
      timeout: options.timeout * 1000,
      signal: options.signal,
      onOutput: options.substitute === undefined ? forwarding(options.terminal) : () => undefined,
    }).finally(() => clearInterval(progress));
    options.signal?.throwIfAborted();
    options.onLoaded?.(readLoaded(results));
    return collect(ending, options, { results, manifests });
  } catch (error) {
    throw options.signal?.aborted === true ? error : withFull(error, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function pinsIn(folder: string): string {
  return join(folder, 'pins.yaml');
}

/** What the app handed over, or the error that it ended with. */
function collect(
  ending: Ending,
  options: RunOptions,
  { results, manifests }: { readonly results: string; readonly manifests: string },
): Result[] {
  const failure = ending.code === 0 || ending.timedOut ? undefined : readFailure(results);
  if (failure !== undefined) throw thrownError(failure, options);
  const error = endingError(ending, options, countResults(results));
  if (error !== undefined) throw error;
  const found = [...readResults(results, options.known), readFiles(manifests)].filter(
    (result) => result !== undefined,
  );
  if (found.length === 0) throw silentError(options);
  return found;
}

/** The user's environment, and variables by which `App.synth` and cdk8s's App find us in any process. */
function childEnvironment(
  { env, root, onLoaded, substitute }: RunOptions,
  results: string,
  manifests: string,
): NodeJS.ProcessEnv {
  const path = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  const preload = `--require "${PRELOAD.replace(/["\\]/g, '\\$&')}"`;
  const nodeOptions = env['NODE_OPTIONS'];
  return {
    ...env,
    [path]: searchPath(root, env[path]),
    NODE_OPTIONS: nodeOptions === undefined || nodeOptions === '' ? preload : `${nodeOptions} ${preload}`,
    CDK8S_OUTDIR: manifests,
    // An App that does not find us, as under Python or Bun, records the construct of each object.
    CDK8S_RECORD_CONSTRUCT_METADATA: 'true',
    [PROJECT_VARIABLE]: root,
    [RESULTS_VARIABLE]: results,
    [PARENT_VARIABLE]: String(process.pid),
    ...(onLoaded !== undefined && { [LOADED_VARIABLE]: '1' }),
    ...(substitute !== undefined && { [SUBSTITUTE_VARIABLE]: JSON.stringify(substitute) }),
  };
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

function countResults(folder: string): number {
  return readdirSync(folder).filter((name) => name.endsWith('.ndjson')).length;
}
