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
  { parts, settings, folder, fallback, lines, skipped }: Checked,
  cwd: string,
  paint: Paint,
): string {
  const from = namesFilesFromRepository === true ? repositoryOf(folder) : cwd;
  const name = (path: string): string =>
    namesFilesFromRepository === true ? namedBelow(from, path) : namedFrom(from, path);
  const report: CheckReport = {
    version: ownPackage().version,
    parts: rebase(parts, folder, name),
    rules: settings.facts,
    failOn: settings.failOn,
    fallback: name(fallback),
    ...(skipped && { skipped: skipped.map((each) => ({ file: each.shown, reason: describeReason(each) })) }),
  };
  return print(report, { paint, lines: from === folder ? lines : (file) => lines(resolve(from, file)) });
}
