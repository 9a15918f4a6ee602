import type { CheckFormat } from '../../report/check/formats';
import { isAtLeast } from '../../report/check/severities';
import type { Part } from '../../report/check/report';
import { paintOf } from '../files/reports';
import type { Output } from '../options/reports';
import type { Context } from '../terminal/context';
import type { CheckFlags } from './flags';
import { render, type Checked } from './print';

/** What a check came to. */
export interface Verdict {
  /** The text of each report that is asked for, in that order, without secrets. */
  readonly texts: readonly string[];
  /** 2 if a document is broken, 1 if a finding is as severe as `--fail-on`, else 0. */
  readonly code: number;
}

/** What is reported of a check. */
export function verdictOf(
  checked: Checked,
  outputs: readonly Output<CheckFormat>[],
  { severity = 'info' }: Pick<CheckFlags, 'severity'>,
  { io, terminal }: Context,
): Verdict {
  const shown = {
    ...checked,
    parts: checked.parts.map((part) => ({
      ...part,
      findings: part.findings.filter((finding) => isAtLeast(finding.severity, severity)),
    })),
  };
  const texts = outputs.map((output) => render(output.format, shown, io.cwd, paintOf(output, terminal)));
  return { texts, code: codeOf(checked) };
}

function codeOf({ parts, settings: { failOn } }: Checked): number {
  if (parts.some(isBroken)) return 2;
  const fails = parts.some(({ findings }) => findings.some((finding) => isAtLeast(finding.severity, failOn)));
  return fails ? 1 : 0;
}

/** Whether a document of a part is broken, unless the settings say that it does not matter. */
function isBroken({ broken = [] }: Part): boolean {
  return broken.some(({ findings }) => findings.some(({ severity }) => severity === 'error'));
}
