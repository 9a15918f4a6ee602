import { join, resolve, sep } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { KnownAdmission } from '../../check/known-admission';
import { IMAGE_LOCK } from '../../manifest/image-lock';
import { findProject, openProject } from '../project/project';
import { KnownManifests } from '../run/known-manifests';
import { Standby } from '../run/standby';
import type { Context } from '../terminal/context';
import { reportError } from '../terminal/error';
import { explained } from '../terminal/system-error';
import type { SynthFlags } from './flags';
import { synthOnce, type Again } from './once';
import { Relevant } from './relevant';
import { Files, isGenerated } from './watcher';

/**
 * Milliseconds without a change before the next run: editors save several files at once, and some of them twice. A later
 * change ends that run. If it is through by then, as that of a small app may be, what it shows and writes is a state in between.
 */
const QUIET = 30;

/**
 * `seaworthy synth --watch`: a run now and after every change of what the app loads or reads, of its configuration and of
 * the inputs of the checks, until the user stops it.
 */
export async function watch(options: SynthFlags, context: Context): Promise<number> {
  const { io, terminal } = context;
  const { root } = findProject(options, io.cwd);
  const outputs = new Set(options.output === undefined ? [] : [resolve(io.cwd, options.output)]);
  const interrupt = io.signal ?? new AbortController().signal;
  const release = io.holdSignals?.();
  const changes = new Changes();
  const inputs = new Set([join(root, 'cdk8s.yaml'), join(root, IMAGE_LOCK)]);
  const relevant = new Relevant(inputs);
  const standby = new Standby();
  const memory = { known: new KnownManifests(), admission: new KnownAdmission() };
  const isIgnored = (path: string): boolean => isGenerated(path, outputs);
  const files = await Files.below(root, isIgnored, (path, event) => {
    if (relevant.isWorthRun(path, event)) changes.happen();
  });
  terminal.say(`Watching ${root}. Press Ctrl-C to stop.`, terminal.err.dim);
  try {
    while (!interrupt.aborted) {
      const next = AbortSignal.any([changes.next(), interrupt]);
      relevant.begin();
      const { loaded, hasFailed } = await attempt(options, context, {
        outputs,
        inputs,
        next,
        standby,
        memory,
      });
      if (relevant.end(loaded, hasFailed)) continue;
      files.follow(outside(root, [...(loaded ?? []), ...inputs]));
      await aborted(next);
      while (!interrupt.aborted && (await changesWithin(changes, QUIET)));
    }
  } finally {
    standby.close();
    await files.close();
    release?.();
  }
  return 0;
}

/** The files of `paths` that are not below `root`, such as those of a workspace package; packages of others do not change. */
function outside(root: string, paths: readonly string[]): Set<string> {
  return new Set(
    paths.filter(
      (path) =>
        !path.endsWith('/') &&
        !path.startsWith(root + sep) &&
        !/[\\/]node_modules[\\/]/.test(path) &&
        !/^\/(?:proc|sys|dev)\//.test(path),
    ),
  );
}

interface Attempt {
  /** What the app loaded and read; nothing if the run was ended early. */
  readonly loaded?: readonly string[];
  readonly hasFailed: boolean;
}

/** What a run depends on beside the options. */
interface Circumstances {
  readonly outputs: Set<string>;
  readonly inputs: Set<string>;
  readonly next: AbortSignal;
  readonly standby: Standby;
  /** What the runs before found out. Rules of plugins could change objects, so that nothing is kept with them. */
  readonly memory: Pick<Again, 'known' | 'admission'>;
}

/** One run, which the next change ends early. Errors are printed; the next change may fix them. */
async function attempt(
  options: SynthFlags,
  context: Context,
  { outputs, inputs, next, standby, memory }: Circumstances,
): Promise<Attempt> {
  let loaded: readonly string[] | undefined;
  try {
    const project = openProject(options, context, 'synth');
    outputs.add(project.output);
    const { assume = [], crds = [], plugins = [] } = project.check ?? {};
    for (const path of [...assume, ...crds, ...plugins]) inputs.add(resolve(project.root, path));
    const onLoaded = (paths: readonly string[]): void => void (loaded = paths);
    const again = { signal: next, onLoaded, standby, ...(plugins.length === 0 && memory) };
    const { folders, refused } = await synthOnce(project, options, context, again);
    for (const folder of folders) outputs.add(folder);
    return { ...(loaded && { loaded }), hasFailed: refused };
  } catch (error) {
    if (!next.aborted) await reportError(explained(error), context.terminal);
    return { ...(loaded && { loaded }), hasFailed: true };
  }
}

/** Signals the first change since it was last asked. */
class Changes {
  private controller = new AbortController();

  next(): AbortSignal {
    this.controller = new AbortController();
    return this.controller.signal;
  }

  happen(): void {
    this.controller.abort();
  }
}

async function changesWithin(changes: Changes, milliseconds: number): Promise<boolean> {
  const next = changes.next();
  await delay(milliseconds);
  return next.aborted;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
