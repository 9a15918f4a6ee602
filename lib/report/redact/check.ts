import type { CheckReport } from '../check/report';
import { Redactor } from './findings';

/** A copy of a report whose findings repeat no secret of any object in it. */
export function redactCheck(report: CheckReport, redactor = redactorOf(report)): CheckReport {
  const { parts } = report;
  if (redactor === undefined) return report;
  return {
    ...report,
    parts: parts.map((part) => ({
      ...part,
      findings: part.findings.map((finding) => redactor.finding(finding)),
    })),
  };
}

/** Nothing if there is nothing to hide: without findings, a report repeats no value. */
export function redactorOf({ parts }: CheckReport): Redactor | undefined {
  if (parts.every(({ findings }) => findings.length === 0)) return undefined;
  const broken = parts.flatMap((part) => (part.broken ?? []).map(({ manifest }) => manifest));
  return new Redactor([...parts.flatMap(({ manifests }) => manifests), ...broken]);
}
