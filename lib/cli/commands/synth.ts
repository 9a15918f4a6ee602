import { resolve } from 'node:path';
import type { AppOptions, Context } from '../context';
import { checkEnvironment } from '../environment';
import { load } from '../load';
import { openProject, refuseAsOutput, runProject, type Project } from '../project';
import { foreignLines, staleLines, summaryLine } from '../summary';

export interface SynthOptions extends AppOptions {
  readonly output?: string;
  readonly stdout?: boolean;
  readonly environment?: string;
  readonly watch?: boolean;
  readonly check?: boolean;
}

/** `seaworthy synth`: runs the app and writes what it synthesizes, prints it, or compares it with what is there. */
export async function synth(options: SynthOptions, context: Context): Promise<number> {
  if (options.watch === true) return load.watch().watch(options, context);
  const project = openProject(options, context);
  if (options.check === true) return check(project, options, context);
  await synthOnce(project, options, context);
  return 0;
}

/**
 * `seaworthy synth --check`: writes nothing.
 *
 * @returns 1 where the output is not what the app synthesizes, else 0
 */
async function check(project: Project, options: SynthOptions, context: Context): Promise<number> {
  const { io, terminal } = context;
  const { output, environment } = placeOf(project, options, context);
  const results = await runProject(project, context, io.signal);
  checkEnvironment(results, environment);
  const written = load
    .output()
    .writeRun(results, project, { cwd: io.cwd, output, environment, dryRun: true });
  const stale = staleLines(written, io.cwd);
  for (const line of stale) terminal.say(terminal.err.red(line));
  terminal.say(
    stale.length === 0
      ? 'the output is what the app synthesizes'
      : 'Run seaworthy synth, and commit the output.',
  );
  return stale.length === 0 ? 0 : 1;
}

/** The absolute folder that the user asked for, if any, and the environment; refuses a folder that is no output. */
function placeOf(project: Project, { output, environment }: SynthOptions, { io }: Context) {
  const place = output === undefined ? undefined : resolve(io.cwd, output);
  refuseAsOutput(place ?? project.output, project, io.cwd);
  return { output: place, environment };
}

/**
 * One run.
 *
 * @returns the output folders, absolute
 * @throws SeaworthyError, the earlier output untouched
 */
export async function synthOnce(
  project: Project,
  options: SynthOptions,
  context: Context,
  signal = context.io.signal,
): Promise<string[]> {
  const { io, terminal } = context;
  const start = performance.now();
  const { output, environment } = placeOf(project, options, context);
  const running = runProject(project, context, signal);
  // While the app runs there is time to load what its result will need.
  const { printRun, writeRun } = load.output();
  const results = await running;
  checkEnvironment(results, environment);
  if (options.stdout === true) {
    await terminal.printAll(printRun(results, environment));
    terminal.say(summaryLine(results, { environment, written: [], from: io.cwd, seconds: seconds(start) }));
    return [];
  }
  if (seconds(start) > 1) terminal.show(`writing ${output ?? project.output} …`);
  const written = writeRun(results, project, { cwd: io.cwd, output, environment });
  for (const line of foreignLines(written, io.cwd)) terminal.say(terminal.err.yellow(line));
  terminal.say(summaryLine(results, { environment, written, from: io.cwd, seconds: seconds(start) }));
  return written.map(({ folder }) => folder);
}

function seconds(start: number): number {
  return (performance.now() - start) / 1000;
}
