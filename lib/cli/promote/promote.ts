import { basename, join } from 'node:path';
import { SeaworthyError } from '../../errors';
import { release } from '../../kube/schema';
import { writeFile } from '../../output/write-file';
import { withPins } from '../../pins/edit';
import type { PinRead } from '../../pins/pins';
import { readPins } from '../../pins/read';
import { DEFAULT_METHOD } from '../../plan/apply-methods';
import type { PlanReport } from '../../report/plan/report';
import { PROMOTE_FORMATS } from '../../report/promote/formats';
import type { PinMove, PromoteReport } from '../../report/promote/report';
import { printReports } from '../files/reports';
import { namedFrom } from '../files/sources';
import { namedFromHere, territoriesOf } from '../files/territories';
import { refuseTwoReports } from '../options/reports';
import { factsOf, sideOf } from '../plan/of-app';
import { planParts } from '../plan/parts';
import { reportOf } from '../plan/print';
import { DEFAULT_FAILURES, failuresOf } from '../plan/verdict';
import { openProject, type Project } from '../project/project';
import { runProject } from '../run/app';
import { readsByFile, textOfPins } from '../run/pins';
import type { Result } from '../run/results';
import { confirmed, isAttended } from '../apply/confirm';
import type { Context } from '../terminal/context';
import { commitPins, refuseUncommitted } from './commit';
import type { PromoteFlags } from './flags';
import { movesBetween } from './moves';
import { wayBetween, type Way } from './order';

/**
 * `seaworthy promote`: moves the pins of one environment to another, in the pins file.
 *
 * @returns 1 if the plan fails (`--fail-on`) or nobody agrees, else 0; with `--detailed-exitcode` 3 if pins move
 * @throws SeaworthyError USAGE, PINS_INVALID, GIT_FAILED and what the app throws with the new pins: the file as it was
 */
export async function promote(
  [from = '', to = '']: readonly string[],
  flags: PromoteFlags,
  context: Context,
): Promise<number> {
  refuseTwoReports(flags.output);
  refuseUnattended(flags, context);
  if (flags.kubernetes !== undefined) release(flags.kubernetes);
  const { terminal, io } = context;
  const project = openProject(flags, context);
  const before = await runProject(project, context);
  const way = wayBetween([from, to], before, project, flags.backwards === true);
  const { file, reads } = fileOf(before, project);
  if (flags.commit === true) refuseUncommitted(file, io.env);
  const text = textOfPins(file);
  const sections = readPins(text, basename(file));
  const moves = movesBetween(way, sections, reads, flags.only ?? []);
  const about = { ...way, ...moves, file: namedFrom(io.cwd, file) };
  if (way.skipped.length > 0)
    terminal.say(`passed over on the way to ${to}: ${way.skipped.join(', ')}`, terminal.err.dim);
  if (moves.moved.length === 0) {
    await print(about, flags, context);
    return 0;
  }
  const promoted = withPins(text, to, valuesOf(moves.moved));
  const after = await runProject(project, context, { pins: promoted });
  const plan = planOf(way, [before, after], project, flags, context);
  const report: PromoteReport = { ...about, plan };
  await print(report, flags, context);
  if (plan.refused.length > 0) {
    terminal.say(`${about.file} is as it was. To promote nevertheless, use --fail-on none.`);
    return 1;
  }
  if (flags.dryRun !== true && !(await write({ file, text, promoted }, report, flags, context))) return 1;
  return flags.detailedExitcode === true ? 3 : 0;
}

/** Refuses to begin what could not be confirmed. */
function refuseUnattended({ yes, dryRun }: PromoteFlags, context: Context): void {
  if (yes === true || dryRun === true || isAttended(context)) return;
  throw new SeaworthyError({
    code: 'USAGE',
    path: '--yes',
    message: 'nobody can confirm the promotion: there is no terminal',
    hint: 'Use --yes, or --dry-run to see the plan alone.',
  });
}

/** The one file that the apps read their pins from. */
function fileOf(
  results: readonly Result[],
  { root }: Project,
): { readonly file: string; readonly reads: readonly PinRead[] } {
  const [first, ...others] = readsByFile(results);
  if (first !== undefined && others.length === 0) return { file: first[0], reads: first[1] };
  if (first === undefined)
    throw new SeaworthyError({
      code: 'PINS_INVALID',
      place: join(root, 'pins.yaml'),
      message: 'no app reads a pin from a file',
      hint: "Read one: pin(this, 'api.image', 'ghcr.io/acme/api:1.4.2'). See docs/guide/promotion.md.",
    });
  throw new SeaworthyError({
    code: 'PINS_INVALID',
    place: first[0],
    message: `the apps read several pins files: ${[first, ...others].map(([file]) => basename(file)).join(', ')}`,
    hint: 'Give all Apps of the project one file, with a prefix for the names of each.',
  });
}

/** What the new pins mean where they arrive. */
function planOf(
  { from, to }: Way,
  [before, after]: readonly [readonly Result[], readonly Result[]],
  project: Project,
  flags: PromoteFlags,
  { io }: Context,
): PlanReport {
  const territoriesIn = (results: readonly Result[]): ReturnType<typeof territoriesOf> =>
    namedFromHere(territoriesOf(results, project), project.root, io.cwd).filter(
      ({ environment }) => environment === to,
    );
  const [old, now] = [territoriesIn(before), territoriesIn(after)];
  const comparison = {
    before: sideOf(to, old),
    after: sideOf(`${to} with the pins of ${from}`, now),
    clusters: factsOf(now),
  };
  const { apply = DEFAULT_METHOD, kubernetes, full = false } = flags;
  const parts = planParts(comparison, 'change', { apply, ...(kubernetes !== undefined && { kubernetes }) });
  const refused = failuresOf(parts, flags.failOn ?? DEFAULT_FAILURES);
  return reportOf({ comparison, parts, mode: 'change', apply, refused }, full, true);
}

async function print(report: PromoteReport, flags: PromoteFlags, context: Context): Promise<void> {
  const { output = [{ format: PROMOTE_FORMATS[0] }] } = flags;
  await printReports(output, ({ print: printed }, paint) => printed(report, paint), context);
}

interface Edit {
  readonly file: string;
  readonly text: string;
  readonly promoted: string;
}

/** @returns whether the file was written */
async function write(
  { file, text, promoted }: Edit,
  report: PromoteReport,
  { yes, commit }: PromoteFlags,
  context: Context,
): Promise<boolean> {
  const { terminal, io } = context;
  if (yes !== true && !(await confirmed(`Write ${report.file}?`, context))) {
    terminal.say(`${report.file} is as it was`);
    return false;
  }
  if (textOfPins(file) !== text)
    throw new SeaworthyError({
      code: 'PINS_INVALID',
      place: file,
      message: 'the file was changed in the meantime',
      hint: 'Promote again: the plan is that of the file as it was.',
    });
  writeFile(file, promoted);
  if (commit === true) commitPins(file, report, io.env);
  const done = commit === true ? 'committed' : 'written';
  terminal.say(`${report.file} ${done}. Next: seaworthy synth.`);
  return true;
}

function valuesOf(moved: readonly PinMove[]): Map<string, PinMove['after']> {
  return new Map(moved.map(({ name, after }) => [name, after]));
}
