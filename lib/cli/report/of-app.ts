import { SeaworthyError } from '../../errors';
import { DEFAULT_METHOD } from '../../plan/apply-methods';
import type { PlanReport } from '../../report/plan/report';
import { checkApp } from '../check/app';
import { fileReader } from '../files/sources';
import { setsOfResults } from '../fit/fit';
import { appAgainstOutput } from '../plan/of-app';
import { planParts } from '../plan/parts';
import { reportOf } from '../plan/print';
import type { Comparison } from '../plan/side';
import { DEFAULT_FAILURES, failuresOf } from '../plan/verdict';
import { findProject, openProject, orNameFiles } from '../project/project';
import { runProject } from '../run/app';
import type { Result } from '../run/results';
import type { Context } from '../terminal/context';
import { upgradedResults } from '../upgrade/upgrade';
import type { ReportFlags } from './flags';
import type { Input } from './input';

const FILES = 'To report on files, name them or their folder: seaworthy report deploy/.';

/** Runs the app once, and makes of that all there is an input for. */
export async function ofApp(flags: ReportFlags, context: Context): Promise<Input> {
  const project = orNameFiles(FILES, () => openProject(flags, context, 'synth'));
  const { root } = project;
  // Nodes are for the fit, which is a part of its own.
  const { nodes: _nodes, pods: _pods, ...checking } = flags;
  const { environment, from, to } = flags;
  const running = runProject(project, context);
  const { results, parts, settings } = await checkApp(running, project, environment, checking, context);
  const fallback = findProject(flags, context.io.cwd).file ?? root;
  const comparison = await withOutput(flags, context, results);
  const upgrading = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  return {
    checked: { parts, settings, folder: root, fallback, lines: fileReader(root) },
    profiles: new Map(results.flatMap(({ clusters }) => Object.entries(clusters))),
    ...(comparison !== undefined && { plan: planOf(comparison, flags) }),
    sets: setsOfResults(results, environment),
    ...(to !== undefined && { upgrade: upgradedResults(results, upgrading, environment) }),
  };
}

/** The app with its output at a revision or on disk; nothing where there is none on disk. */
async function withOutput(
  flags: ReportFlags,
  context: Context,
  results: readonly Result[],
): Promise<Comparison | undefined> {
  const { app, timeout, environment, base } = flags;
  const options = {
    ...(app !== undefined && { app }),
    ...(timeout !== undefined && { timeout }),
    ...(environment !== undefined && { environment }),
    ...(base !== undefined && { base }),
  };
  try {
    return await appAgainstOutput(options, context, results);
  } catch (error) {
    if (!(error instanceof SeaworthyError) || error.code !== 'NO_OUTPUT' || base !== undefined) throw error;
    context.terminal.say('There is no output yet: the page has no plan.', context.terminal.err.dim);
    return undefined;
  }
}

/** The plan of a comparison, which fails for what `seaworthy plan` fails for by default. */
export function planOf(comparison: Comparison, { kubernetes }: ReportFlags): PlanReport {
  const parts = planParts(comparison, 'change', kubernetes === undefined ? {} : { kubernetes });
  const refused = failuresOf(parts, DEFAULT_FAILURES);
  return reportOf({ comparison, parts, mode: 'change', apply: DEFAULT_METHOD, refused }, false, false);
}
