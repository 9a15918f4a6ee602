import { resolve } from 'node:path';
import { SeaworthyError } from '../../errors';
import { release } from '../../kube/schema';
import { DEFAULT_METHOD } from '../../plan/apply-methods';
import { refuseTwoReports } from '../options/reports';
import { isChange } from '../../report/plan/effects';
import { ManifestSet } from '../../manifest/set';
import { withoutSnapshots, type Seen } from '../cluster/assumed';
import { allManifests, readManifests, refuseFaulty } from '../files/manifests';
import type { Context } from '../terminal/context';
import { reportError } from '../terminal/error';
import { refuseEmpty } from './empty';
import type { PlanFlags } from './flags';
import { appAgainstOutput, betweenEnvironments } from './of-app';
import { twoPaths, twoRevisions } from './of-files';
import { planParts } from './parts';
import { printPlan, type Planned } from './print';
import type { Comparison } from './side';
import { refuseForCluster, refuseMixtures, refuseWithoutCluster } from './usage';
import type { PlanPart, PlanReport } from '../../report/plan/report';
import { DEFAULT_FAILURES, failuresOf } from './verdict';

/**
 * `seaworthy plan`: shows what happens when one side is applied over the other.
 *
 * @returns 2 if a document is broken, after the plan of the others; 1 if the plan fails (`--fail-on`), else 0; with `--detailed-exitcode` 3 if something changes
 */
export async function plan(paths: readonly string[], options: PlanFlags, context: Context): Promise<number> {
  refuseTwoReports(options.output);
  if (options.live === true) refuseForCluster(paths, options);
  else {
    refuseWithoutCluster(options);
    refuseMixtures(paths, options);
  }
  if (options.kubernetes !== undefined) release(options.kubernetes);
  const mode = options.between === undefined ? 'change' : 'difference';
  const { comparison, parts, live } = await planned(paths, mode, options, context);
  const asked = mode === 'change' ? (options.failOn ?? DEFAULT_FAILURES) : [];
  const refused = options.bare === true ? [] : failuresOf(parts, asked);
  const shown = options.bare === true ? parts.map(withoutConsequences) : parts;
  await printPlan(
    {
      comparison,
      parts: shown,
      mode,
      apply: options.apply ?? DEFAULT_METHOD,
      refused,
      ...(live !== undefined && { live }),
    },
    options,
    context,
  );
  if (live?.removed === 'unknown')
    context.terminal.say(
      'Not told: objects of the cluster that the manifests no longer have, since nothing there records what was applied.',
      context.terminal.err.dim,
    );
  const [problem, ...more] = comparison.problems ?? [];
  if (problem !== undefined) {
    // The rest is planned, and what is broken is told where it cannot be overlooked: last.
    await reportError(new SeaworthyError(problem, ...more), context.terminal);
    return 2;
  }
  if (refused.length > 0) return 1;
  const isChanged = parts.some(({ changes }) =>
    changes.some((change) => isChange(change) || change.drift !== undefined),
  );
  return options.detailedExitcode === true && isChanged ? 3 : 0;
}

/** What is compared, and what becomes of it. */
async function planned(
  paths: readonly string[],
  mode: PlanReport['mode'],
  options: PlanFlags,
  context: Context,
): Promise<Pick<Planned, 'comparison' | 'parts' | 'live'>> {
  if (options.live === true) return (await import('./live')).planOverCluster(paths, options, context);
  const comparison = await compare(paths, options, context);
  if (mode === 'change') refuseEmpty(comparison, options);
  const { seen, around } = await aroundOf(options, context);
  const kubernetes = options.kubernetes ?? seen?.kubernetes;
  const known = { ...(around && { around }), ...(kubernetes !== undefined && { kubernetes }) };
  return { comparison, parts: planParts(comparison, mode, { ...options, ...known }) };
}

/** What --assume names: objects, or a cluster that was read before. */
async function aroundOf(
  { assume = [] }: PlanFlags,
  { io }: Context,
): Promise<{ readonly seen?: Seen; readonly around?: ManifestSet }> {
  if (assume.length === 0) return {};
  const paths = assume.map((path) => resolve(io.cwd, path));
  const read = refuseFaulty(await readManifests(paths, { cwd: io.cwd, env: io.env }));
  const { others, seen } = withoutSnapshots(allManifests(read));
  return seen === undefined ? { around: ManifestSet.from(others) } : { seen, around: seen.objects };
}

function withoutConsequences(part: PlanPart): PlanPart {
  return { ...part, changes: part.changes.map((change) => ({ ...change, consequences: [] })) };
}

function compare(
  [before, after]: readonly string[],
  options: PlanFlags,
  context: Context,
): Promise<Comparison> | Comparison {
  const { base, head, between } = options;
  const [one, other] = between ?? [];
  if (one !== undefined && other !== undefined) return betweenEnvironments([one, other], options, context);
  if (before !== undefined && after !== undefined) return twoPaths([before, after], options, context);
  if (base !== undefined && head !== undefined) return twoRevisions([base, head], options, context);
  return appAgainstOutput(options, context);
}
