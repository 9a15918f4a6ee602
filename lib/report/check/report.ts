import type { BrokenDocument } from '../../check/broken';
import type { RuleFacts } from '../../check/facts-of-rule';
import type { Finding, Severity } from '../../check/finding';
import type { Manifest } from '../../manifest/manifest';
import type { Source } from '../../manifest/source';
import type { Paint } from '../paint';

/** The objects for one cluster, and what was found in them. */
export interface Part {
  /** Name of the app, if it has one. */
  readonly app?: string;
  /** Name of the environment, if there is one. */
  readonly environment?: string;
  /** Whether that is the name of a folder or a file, which is judged by itself. @default false */
  readonly isFolder?: boolean;
  readonly manifests: readonly Manifest[];
  readonly findings: readonly Finding[];
  /**
   * Documents that are meant to be objects and are broken. Nothing is shown of their files, since nobody knows what is in
   * them. @default none
   */
  readonly broken?: readonly BrokenDocument[];
}

/** The result of a check. */
export interface CheckReport {
  /** Version of Seaworthy. */
  readonly version: string;
  readonly parts: readonly Part[];
  /** The rules that can find something. */
  readonly rules: readonly RuleFacts[];
  /** Findings of this severity, and of those above, fail the check. */
  readonly failOn: Severity;
  /** The file that a finding without a place is shown at, in formats that need one. */
  readonly fallback: string;
  /** The files that were not read as manifests, and why. @default none was looked for */
  readonly skipped?: readonly { readonly file: string; readonly reason: string }[];
}

/** What a printer gets besides the report, which has no secrets in it. */
export interface Looks {
  readonly paint: Paint;
  /** The line of a source and `around` lines on both sides, without secrets; nothing if it cannot be shown. */
  readonly frame: (source: Source, around: number) => string | undefined;
}

/** Makes a text of a report without secrets: a pure function, whose result ends in a line break. */
export type Printer = (report: CheckReport, looks: Looks) => string;

/** What a format needs besides the report. */
export interface Means {
  readonly paint: Paint;
  /** The lines of a file that a finding names; nothing if it cannot be read. */
  readonly lines: (file: string) => readonly string[] | undefined;
}
