import type { Failure } from '../../plan/consequences/kinds';
import { PLAN_FORMATS, PLAN_JSON } from '../../report/plan/formats';
import type { LiveSide, PlanPart, PlanReport } from '../../report/plan/report';
import { printReports } from '../files/reports';
import { ownPackage } from '../project/own-package';
import type { Context } from '../terminal/context';
import type { PlanFlags } from './flags';
import { hashOf } from './hash';
import type { Comparison } from './side';

/** A plan, to be printed. */
export interface Planned {
  readonly comparison: Comparison;
  readonly parts: readonly PlanPart[];
  readonly mode: PlanReport['mode'];
  readonly apply: PlanReport['apply'];
  readonly refused: readonly Failure[];
  readonly live?: LiveSide;
}

/**
 * Prints the reports that are asked for, and writes those that have a file.
 *
 * @throws SeaworthyError OUTPUT_UNWRITABLE
 */
export async function printPlan(
  planned: Planned,
  { output = [{ format: PLAN_FORMATS[0] }], out, full = false }: PlanFlags,
  context: Context,
): Promise<void> {
  const outputs = out === undefined ? output : [...output, { format: PLAN_JSON, file: out }];
  const isHashed = outputs.some(({ format }) => format === PLAN_JSON);
  const report = reportOf(planned, full, isHashed);
  await printReports(outputs, ({ print }, paint) => print(report, paint), context);
}

/** What a plan came to, as the printers take it. */
export function reportOf(
  { comparison, parts, mode, apply, refused, live }: Planned,
  full: boolean,
  isHashed: boolean,
): PlanReport {
  const [before, after] = [comparison.before, comparison.after].map((side) => ({
    name: side.name,
    ...(isHashed && { hash: hashOf(side) }),
  })) as [PlanReport['before'], PlanReport['after']];
  const { problems = [] } = comparison;
  return {
    version: ownPackage().version,
    before,
    after,
    problems,
    parts,
    mode,
    apply,
    refused,
    full,
    ...(live !== undefined && { live }),
  };
}
