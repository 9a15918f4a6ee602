import { availableParallelism } from 'node:os';
import { SeaworthyError, type Problem } from '../../errors';
import { probesOf } from '../../gitops/helm/probes';
import { TARGETS } from '../../gitops/registry';
import type { TargetChoice } from '../../gitops/target';
import type { ChartValue, ValueScalar } from '../../manifest/chart-value';
import type { Project } from '../project/project';
import { runProject } from '../run/app';
import type { Result } from '../run/results';
import type { Context } from '../terminal/context';

/** What the app synthesizes where one value is another. */
export interface OtherRun {
  readonly value: ChartValue;
  readonly probe: ValueScalar;
  /** By what it synthesizes with the initial values; or why there is nothing. */
  readonly results: ReadonlyMap<Result, Result> | Problem;
}

/** Runs of the app at the same time. */
const MOST_AT_ONCE = 4;

/**
 * Runs the app with other values, one at a time, where a target lets users set them: at least twice for each number and
 * string, and once for each flag.
 */
export async function runWithOtherValues(
  results: readonly Result[],
  targets: readonly TargetChoice[],
  project: Project,
  context: Context,
): Promise<readonly OtherRun[]> {
  if (!targets.some(({ name }) => TARGETS.some((each) => each.name === name && each.hasValues === true)))
    return [];
  const values = new Map(
    results.flatMap(({ values: own = [] }) =>
      own.map((each): [string, ChartValue] => [JSON.stringify([each.path, each.initial]), each]),
    ),
  );
  const pending = [...values.values()].flatMap((value) => probesOf(value).map((probe) => ({ value, probe })));
  const runs: OtherRun[] = [];
  const size = Math.max(1, Math.min(MOST_AT_ONCE, availableParallelism()));
  for (let start = 0; start < pending.length; start += size) {
    const batch = pending.slice(start, start + size);
    runs.push(...(await Promise.all(batch.map((each) => run(each, results, project, context)))));
  }
  return runs;
}

async function run(
  { value, probe }: Pick<OtherRun, 'value' | 'probe'>,
  initial: readonly Result[],
  project: Project,
  context: Context,
): Promise<OtherRun> {
  const substitute = { path: value.path, initial: value.initial, value: probe };
  try {
    const results = await runProject(project, context, { substitute });
    const pairs = results.flatMap((other, index): [Result, Result][] => {
      const same = initial[index];
      return same === undefined ? [] : [[same, other]];
    });
    if (results.length === initial.length) return { value, probe, results: new Map(pairs) };
    const message = `it synthesizes ${results.length} apps instead of ${initial.length}`;
    return { value, probe, results: { code: 'APP_FAILED', message } };
  } catch (error) {
    if (!(error instanceof SeaworthyError)) throw error;
    return { value, probe, results: error.problems[0] };
  }
}
