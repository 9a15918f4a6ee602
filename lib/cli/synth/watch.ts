import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findProject, openProject } from '../project/project';
import type { Context } from '../terminal/context';
import { reportError } from '../terminal/error';
import { explained } from '../terminal/system-error';
import type { SynthFlags } from './flags';
import { synthOnce } from './once';
import { startWatching } from './watcher';

/** Milliseconds without a change before the next run: editors save several files at once, and some of them twice. */
const QUIET = 100;

/** `seaworthy synth --watch`: a run now and after every change, until the user stops it. */
export async function watch(options: SynthFlags, context: Context): Promise<number> {
  const { io, terminal } = context;
  const { root } = findProject(options, io.cwd);
  const outputs = new Set(options.output === undefined ? [] : [resolve(io.cwd, options.output)]);
  const interrupt = io.signal ?? new AbortController().signal;
  const release = io.holdSignals?.();
  const changes = new Changes();
  const watcher = await startWatching(root, outputs, () => changes.happen());
  terminal.say(`Watching ${root}. Press Ctrl-C to stop.`, terminal.err.dim);
  try {
    while (!interrupt.aborted) {
      const next = AbortSignal.any([changes.next(), interrupt]);
      await attempt(options, context, outputs, next);
      await aborted(next);
      while (!interrupt.aborted && (await changesWithin(changes, QUIET)));
    }
  } finally {
    await watcher.close();
    release?.();
  }
  return 0;
}

/** One run, which the next change ends early. Errors are printed; the next change may fix them. */
async function attempt(
  options: SynthFlags,
  context: Context,
  outputs: Set<string>,
  next: AbortSignal,
): Promise<void> {
  try {
    const project = openProject(options, context);
    outputs.add(project.output);
    const { folders } = await synthOnce(project, options, context, next);
    for (const folder of folders) outputs.add(folder);
  } catch (error) {
    if (!next.aborted) await reportError(explained(error), context.terminal);
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
