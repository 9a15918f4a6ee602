import { resolve } from 'node:path';
import { createColors } from 'picocolors';
import { PLAN_PRINTERS } from '../../report/plan/formats';
import type { PlanPart, PlanReport } from '../../report/plan/report';
import type { Context } from '../context';
import { ownPackage } from '../package';
import { writeReport } from '../reports';
import { hashOf } from './hash';
import type { PlanFlags } from './options';
import type { Comparison } from './side';
import type { Failure } from './verdict';

/** What was found, to be printed. */
export interface Planned {
  readonly comparison: Comparison;
  readonly parts: readonly PlanPart[];
  readonly mode: PlanReport['mode'];
  readonly refused: readonly Failure[];
}

/**
 * Prints the reports that are asked for, and writes those that have a file.
 *
 * @throws SeaworthyError OUTPUT_UNWRITABLE
 */
export async function printPlan(
  planned: Planned,
  { output = [{ format: 'text' }], out, full = false }: PlanFlags,
  { io, terminal }: Context,
): Promise<void> {
  const files = out === undefined ? output : [...output, { format: 'json' as const, file: out }];
  const isHashed = files.some(({ format }) => format === 'json');
  const report = reportOf(planned, full, isHashed);
  const plain = createColors(false);
  for (const { format, file } of files) {
    const print = PLAN_PRINTERS[format];
    if (file === undefined) await terminal.print(print(report, terminal.out));
    else writeReport(resolve(io.cwd, file), print(report, plain));
  }
}

function reportOf(
  { comparison, parts, mode, refused }: Planned,
  full: boolean,
  isHashed: boolean,
): PlanReport {
  const [before, after] = [comparison.before, comparison.after].map((side) => ({
    name: side.name,
    ...(isHashed && { hash: hashOf(side) }),
  })) as [PlanReport['before'], PlanReport['after']];
  return { version: ownPackage().version, before, after, parts, mode, refused, full };
}
