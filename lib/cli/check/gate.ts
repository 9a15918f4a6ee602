import { CHECK_FORMATS } from '../../report/check/formats';
import { merge } from '../../report/check/merge';
import type { Part } from '../../report/check/report';
import { countsInWords } from '../../report/check/severities';
import { fileReader } from '../files/sources';
import type { Project } from '../project/project';
import type { Result } from '../run/results';
import type { Context } from '../terminal/context';
import { checkApp, type HelpingRun } from './app';
import { render } from './print';

/** What an app synthesized, and whether it can be written. */
export interface Gate {
  readonly results: readonly Result[];
  readonly refused: boolean;
  /** The summary's remark about warnings: `; 3 warnings: seaworthy check`, or nothing. */
  readonly remark: string;
}

/** Checks what the app of a project synthesizes, and shows the errors, which prevent it from being written. */
export async function checkBeforeWriting(
  running: Promise<readonly Result[]>,
  project: Project,
  environment: string | undefined,
  context: Context,
  helping?: HelpingRun,
): Promise<Gate> {
  const { root } = project;
  const { terminal, io } = context;
  const { results, parts, settings } = await checkApp(running, project, environment, {}, context, helping);
  const errors = only(parts, 'error');
  if (errors.every(({ findings }) => findings.length === 0))
    return { results, refused: false, remark: remarkOf(only(parts, 'warning')) };
  const checked = { parts: errors, settings, folder: root, fallback: root, lines: fileReader(root) };
  terminal.report(render(CHECK_FORMATS[0], checked, io.cwd, terminal.err).trimEnd());
  terminal.say(
    'Nothing was written. Run seaworthy check for all findings, or use --no-check to write anyway.',
  );
  return { results, refused: true, remark: '' };
}

function only(parts: readonly Part[], severity: 'error' | 'warning'): Part[] {
  return parts.map((part) => ({
    ...part,
    findings: part.findings.filter((finding) => finding.severity === severity),
  }));
}

function remarkOf(parts: readonly Part[]): string {
  const findings = merge(parts).map(({ finding }) => finding);
  return findings.length === 0 ? '' : `; ${countsInWords(findings)}: seaworthy check`;
}
