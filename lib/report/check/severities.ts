import { SEVERITIES, type Finding, type Severity } from '../../check/finding';
import { counted, listed } from '../counts';
import type { Part } from './report';

/** Whether `severity` is at least `least`. */
export function isAtLeast(severity: Severity, least: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(least);
}

export function count(findings: readonly Finding[], severity: Severity): number {
  return findings.filter((finding) => finding.severity === severity).length;
}

/** `2 errors, 1 warning and 3 infos`, without severities that have none; empty for no findings. */
export function countsInWords(findings: readonly Finding[]): string {
  const counts = SEVERITIES.map((severity) => ({ severity, found: count(findings, severity) }));
  return listed(
    counts.filter(({ found }) => found > 0).map(({ severity, found }) => counted(found, severity)),
  );
}

export function objectsIn(parts: readonly Part[]): number {
  return parts.reduce((sum, { manifests }) => sum + manifests.length, 0);
}
