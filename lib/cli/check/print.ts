import { resolve } from 'node:path';
import type { CheckFormat } from '../../report/check/formats';
import type { CheckReport, Part } from '../../report/check/report';
import type { Paint } from '../../report/paint';
import { describeReason, type Skipped } from '../files/reasons';
import { namedBelow, namedFrom, rebase, repositoryOf, type Reader } from '../files/sources';
import { ownPackage } from '../project/own-package';
import type { Settings } from './settings';

/** What reports are made of. */
export interface Checked {
  readonly parts: readonly Part[];
  readonly settings: Settings;
  /** Absolute folder that the sources of findings are relative to. */
  readonly folder: string;
  /** Absolute path of the file that stands for findings without a place of their own. */
  readonly fallback: string;
  readonly lines: Reader;
  /** Files that were not read as manifests. @default none was looked for */
  readonly skipped?: readonly Skipped[];
}

/** One report, its files named from where `format` needs them to be. */
export function render(
  { print, namesFilesFromRepository }: CheckFormat,
  checked: Checked,
  cwd: string,
  paint: Paint,
): string {
  const { folder, lines } = checked;
  const from = namesFilesFromRepository === true ? repositoryOf(folder) : cwd;
  const name = (path: string): string =>
    namesFilesFromRepository === true ? namedBelow(from, path) : namedFrom(from, path);
  const shown = from === folder ? lines : (file: string) => lines(resolve(from, file));
  return print(reportOf(checked, name), { paint, lines: shown });
}

/**
 * What the printers take.
 *
 * @param name names a file, by its absolute path
 */
export function reportOf(
  { parts, settings, folder, fallback, skipped }: Checked,
  name: (path: string) => string,
): CheckReport {
  return {
    version: ownPackage().version,
    parts: rebase(parts, folder, name),
    rules: settings.facts,
    failOn: settings.failOn,
    fallback: name(fallback),
    ...(skipped && { skipped: skipped.map((each) => ({ file: each.shown, reason: describeReason(each) })) }),
  };
}
