import type { Project } from '../project/project';
import { runProject } from '../run/app';
import { checkEnvironment } from '../run/environment';
import type { Context } from '../terminal/context';
import type { SynthFlags } from './flags';
import { staleLocks } from './locks';
import { runWithOtherValues } from './other-values';
import { writeRun } from './output';
import { staleLines } from './summary';
import { targetOf } from './target';

/**
 * `seaworthy synth --check`: compares the output with what the app synthesizes, and writes nothing.
 *
 * @returns 1 if they differ, else 0
 */
export async function compare(project: Project, flags: SynthFlags, context: Context): Promise<number> {
  const { io, terminal } = context;
  const target = targetOf(project, flags, context);
  const results = await runProject(project, context);
  checkEnvironment(results, target.environment);
  const others = await runWithOtherValues(results, target.targets, project, context);
  const written = await writeRun(results, project, { ...target, others, cwd: io.cwd, dryRun: true });
  const stale = [...staleLocks(results, io.cwd), ...staleLines(written, io.cwd)];
  for (const line of stale) terminal.say(line, terminal.err.red);
  terminal.say(
    stale.length === 0 ? 'The output is up to date.' : 'Run seaworthy synth, and commit the output.',
  );
  return stale.length === 0 ? 0 : 1;
}
