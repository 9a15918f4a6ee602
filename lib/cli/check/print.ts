import { resolve } from 'node:path';
import { createColors } from 'picocolors';
import type { Severity } from '../../check/finding';
import { PRINTERS, type CheckFormat } from '../../report/check/formats';
import type { CheckReport, Part } from '../../report/check/report';
import { isAtLeast } from '../../report/check/severities';
import type { Paint } from '../../report/paint';
import type { Context } from '../context';
import { ownPackage } from '../package';
import { writeReport, type Output } from '../reports';
import type { Settings } from './settings';
import { namedFrom, rebase, repositoryOf, type Reader } from './sources';

/** What reports are made of. */
export interface Checked {
  readonly parts: readonly Part[];
  readonly settings: Settings;
  /** Absolute folder that the sources of findings are relative to. */
  readonly folder: string;
  /** Absolute path of the file that stands for all that has no place of its own. */
  readonly fallback: string;
  readonly lines: Reader;
}

/** Formats that name files from the top of the repository, since that is how GitHub shows them. */
const FOR_REPOSITORIES: readonly CheckFormat[] = ['sarif', 'github'];

/**
 * Prints the reports that are asked for, and writes those that have a file.
 *
 * @param least findings of this severity and above are shown
 * @throws SeaworthyError OUTPUT_UNWRITABLE
 */
export async function printReports(
  checked: Checked,
  outputs: readonly Output<CheckFormat>[],
  least: Severity,
  { io, terminal }: Context,
): Promise<void> {
  const shown = {
    ...checked,
    parts: checked.parts.map((part) => ({
      ...part,
      findings: part.findings.filter(({ severity }) => isAtLeast(severity, least)),
    })),
  };
  for (const { format, file } of outputs) {
    if (file === undefined) await terminal.print(render(format, shown, io.cwd, terminal.out));
    else writeReport(resolve(io.cwd, file), render(format, shown, io.cwd, createColors(false)));
  }
}

/** One report, its files named from where `format` needs them to be. */
export function render(
  format: CheckFormat,
  { parts, settings, folder, fallback, lines }: Checked,
  cwd: string,
  paint: Paint,
): string {
  const from = FOR_REPOSITORIES.includes(format) ? repositoryOf(folder) : cwd;
  const report: CheckReport = {
    version: ownPackage().version,
    parts: rebase(parts, folder, from),
    rules: settings.facts,
    failOn: settings.failOn,
    fallback: namedFrom(from, fallback),
  };
  return PRINTERS[format](report, {
    paint,
    lines: from === folder ? lines : (file) => lines(resolve(from, file)),
  });
}
