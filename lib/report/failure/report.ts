import type { Problem } from '../../errors';
import type { Source } from '../../manifest/source';

/** Why a command ended before it had anything to report. */
export interface FailureReport {
  /** Version of Seaworthy. */
  readonly version: string;
  readonly command: 'check' | 'plan';
  readonly problems: readonly FailureProblem[];
  /** The file that a problem without a place is shown at, in formats that need one. */
  readonly fallback: string;
}

/** A problem without secrets; one of ours, a bug, has the code `INTERNAL`. */
export interface FailureProblem extends Omit<Problem, 'code' | 'source'> {
  readonly code: Problem['code'] | 'INTERNAL';
  readonly source?: Source | undefined;
}

/** Makes a text of a failure: pure, and ending in a line break. */
export type FailurePrinter = (report: FailureReport) => string;

/** What a problem is about: its place and its field. */
export function aboutOf({ place, path }: FailureProblem): string {
  return [place, path].filter((part) => part !== undefined && part !== '').join(' ');
}
