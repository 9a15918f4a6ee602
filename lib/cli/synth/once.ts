import type { KnownAdmission } from '../../check/known-admission';
import { AppThreads } from '../check/threads/app-threads';
import type { Project } from '../project/project';
import { runProject, type Watched } from '../run/app';
import type { Context } from '../terminal/context';
import { withProgress } from '../terminal/progress';
import type * as Finish from './finish';
import type { SynthFlags } from './flags';
import { targetOf } from './target';

/** A run that somebody watches, after others. */
export interface Again extends Watched {
  /** What the checks before found out. @default nothing */
  readonly admission?: KnownAdmission | undefined;
}

/**
 * One run: manifests with errors are refused, and the errors shown; the others are written or printed.
 *
 * @throws SeaworthyError, the earlier output untouched
 */
export async function synthOnce(
  project: Project,
  flags: SynthFlags,
  context: Context,
  again: Again = {},
): Promise<Finish.Synthesized> {
  return withProgress(context, {}, () => run(project, flags, context, again));
}

async function run(
  project: Project,
  flags: SynthFlags,
  context: Context,
  { admission, ...watched }: Again,
): Promise<Finish.Synthesized> {
  const start = performance.now();
  const target = targetOf(project, flags, context);
  // What is known of the runs before leaves little to do for others.
  const isAlone = flags.check === false || admission !== undefined;
  const threads = isAlone ? undefined : new AppThreads(context.io, target.environment);
  const running = runProject(project, context, { ...watched, ahead: threads });
  // Its failure is reported where it is awaited, once the rules are loaded.
  running.catch(() => undefined);
  try {
    // While the app runs there is time to load the rules.
    const { finish } = await import('./finish');
    const helping = { known: admission, threads };
    return await finish(running, { project, target, flags, start, helping }, context);
  } finally {
    threads?.end();
  }
}
