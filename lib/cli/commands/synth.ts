import { resolve } from 'node:path';
import { SeaworthyError } from '../../errors';
import type { Gate } from '../check/gate';
import type { AppOptions, Context } from '../context';
import { checkEnvironment } from '../environment';
import { load } from '../load';
import type { Written } from '../output';
import type { Result } from '../run/results';
import { openProject, refuseAsOutput, runProject, type Project } from '../project';
import { foreignLines, staleLines, summaryLine } from '../summary';

export interface SynthOptions extends AppOptions {
  readonly output?: string;
  readonly stdout?: boolean;
  readonly environment?: string;
  readonly watch?: boolean;
  /** `--check`: compare only. `--no-check`: write whatever is wrong with the manifests. */
  readonly check?: boolean;
}

/** `seaworthy synth`: runs the app and writes what it synthesizes, prints it, or compares it with what is there. */
export async function synth(options: SynthOptions, context: Context): Promise<number> {
  if (options.check === true) refuseWithCheck(options);
  if (options.watch === true) return load.watch().watch(options, context);
  const project = openProject(options, context);
  if (options.check === true) return compare(project, options, context);
  const { refused } = await synthOnce(project, options, context);
  return refused ? 1 : 0;
}

/** The parser takes `--no-check` for the same option, which goes with both. */
function refuseWithCheck({ stdout, watch }: SynthOptions): void {
  const other = stdout === true ? '--stdout' : watch === true ? '--watch' : undefined;
  if (other === undefined) return;
  throw new SeaworthyError({
    code: 'USAGE',
    path: '--check',
    message: `it cannot be used with ${other}`,
    hint: 'It writes nothing, and compares what is there.',
  });
}

/**
 * `seaworthy synth --check`: writes nothing.
 *
 * @returns 1 where the output is not what the app synthesizes, else 0
 */
async function compare(project: Project, options: SynthOptions, context: Context): Promise<number> {
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

/** What came of one run. */
export interface Synthesized {
  /** The output folders that were written, absolute. */
  readonly folders: readonly string[];
  /** Whether nothing was written or printed, because of errors in the manifests. */
  readonly refused: boolean;
}

/**
 * One run. Manifests with errors are refused, and the errors shown.
 *
 * @throws SeaworthyError, the earlier output untouched
 */
export async function synthOnce(
  project: Project,
  options: SynthOptions,
  context: Context,
  signal = context.io.signal,
): Promise<Synthesized> {
  const { io, terminal } = context;
  const start = performance.now();
  const { output, environment } = placeOf(project, options, context);
  const running = runProject(project, context, signal);
  // While the app runs there is time to load what its result will need.
  const { printRun, writeRun } = load.output();
  const check = options.check === false ? unchecked : load.gate().checkBeforeWriting;
  const { results, refused, remark } = await check(running, project, environment, context);
  if (refused) return { folders: [], refused };
  const say = (written: readonly Written[]): void => {
    const summary = { environment, written, from: io.cwd, seconds: seconds(start) };
    terminal.say(`${summaryLine(results, summary)}${remark}`);
  };
  if (options.stdout === true) {
    await terminal.printAll(printRun(results, environment));
    say([]);
    return { folders: [], refused };
  }
  if (seconds(start) > 1) terminal.show(`writing ${output ?? project.output} …`);
  const written = writeRun(results, project, { cwd: io.cwd, output, environment });
  for (const line of foreignLines(written, io.cwd)) terminal.say(terminal.err.yellow(line));
  say(written);
  return { folders: written.map(({ folder }) => folder), refused };
}

async function unchecked(
  running: Promise<readonly Result[]>,
  _project: Project,
  environment: string | undefined,
): Promise<Gate> {
  const results = await running;
  checkEnvironment(results, environment);
  return { results, refused: false, remark: '' };
}

function seconds(start: number): number {
  return (performance.now() - start) / 1000;
}
