import type { RuleFacts } from '../../check/facts';
import type { Finding, Severity } from '../../check/finding';
import type { Manifest } from '../../manifest/manifest';
import type { Paint } from '../paint';

/** The objects for one cluster, and what was found in them. */
export interface Part {
  /** Name of the app, where it has one. */
  readonly app?: string;
  /** Name of the environment, where there is one. */
  readonly environment?: string;
  readonly manifests: readonly Manifest[];
  readonly findings: readonly Finding[];
}

/** What a check came to. */
export interface CheckReport {
  /** Version of Seaworthy. */
  readonly version: string;
  readonly parts: readonly Part[];
  /** What is known of the rules that can find something. */
  readonly rules: readonly RuleFacts[];
  /** Findings of this severity, and of those above, fail the check. */
  readonly failOn: Severity;
  /** The file that a finding is shown at when it has no place of its own, for formats that want one. */
  readonly fallback: string;
}

/** What a printer may ask for. */
export interface Looks {
  readonly paint: Paint;
  /** The lines of a file that a finding names; nothing when it cannot be read. */
  readonly lines: (file: string) => readonly string[] | undefined;
}

/** Makes a text of a report: pure, and ending in a line break. */
export type Printer = (report: CheckReport, looks: Looks) => string;
