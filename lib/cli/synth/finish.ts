import type { HelpingRun } from '../check/app';
import { checkBeforeWriting, type Gate } from '../check/gate';
import type { Project } from '../project/project';
import { checkEnvironment, refuseSeveralEnvironments } from '../run/environment';
import type { Result } from '../run/results';
import type { Context } from '../terminal/context';
import { uninterrupted } from '../terminal/uninterrupted';
import type { SynthFlags } from './flags';
import { withoutTarget } from './gitops';
import { writeLocks } from './locks';
import { runWithOtherValues } from './other-values';
import { printRun, writeRun, type Written } from './output';
import { foreignLines, summaryLine } from './summary';
import type { Target } from './target';

/** What one run came to. */
export interface Synthesized {
  /** The output folders that were written, absolute. */
  readonly folders: readonly string[];
  /** Whether nothing was written or printed, because the manifests have errors. */
  readonly refused: boolean;
}

/** A run that has begun. */
export interface Begun {
  readonly project: Project;
  readonly target: Target;
  readonly flags: SynthFlags;
  /** When it began, in milliseconds of `performance.now`. */
  readonly start: number;
  /** What may take a part in its check. */
  readonly helping: HelpingRun;
}

/** Checks what the app synthesizes, then writes or prints it. */
export async function finish(
  running: Promise<readonly Result[]>,
  { project, target, flags, start, helping }: Begun,
  context: Context,
): Promise<Synthesized> {
  const { io, terminal } = context;
  const { output, environment, targets } = target;
  if (flags.stdout === true && environment === undefined) refuseSeveralEnvironments(await running);
  const check = flags.check === false ? unchecked : checkBeforeWriting;
  const { results, refused, remark } = await check(running, project, environment, context, helping);
  if (refused) return { folders: [], refused };
  const say = (written: readonly Written[]): void => {
    const summary = { environment, written, from: io.cwd, seconds: seconds(start) };
    terminal.say(`${summaryLine(results, summary)}${remark}`);
  };
  if (flags.stdout === true) {
    await terminal.printAll(printRun(results, environment));
    say([]);
    return { folders: [], refused };
  }
  if (seconds(start) > 1) terminal.show(`writing ${output ?? project.output} …`);
  // With other values, the app finds what it has sealed.
  const sealed = await uninterrupted(io, () => writeLocks(results, io.cwd));
  const others = await runWithOtherValues(results, targets, project, context);
  const written = await uninterrupted(io, () =>
    writeRun(results, project, { cwd: io.cwd, output, environment, targets, others }),
  );
  for (const line of sealed) terminal.say(line);
  if (targets.length > 0 && environment === undefined) {
    for (const name of withoutTarget(results, targets))
      terminal.say(`${name}: no target writes this environment`, terminal.err.yellow);
  }
  for (const line of foreignLines(written, io.cwd)) terminal.say(line, terminal.err.yellow);
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
