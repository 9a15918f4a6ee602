import type { Severity } from '../../check/finding';
import type { Preset } from '../../check/settings';
import type { CheckFormat } from '../../report/check/formats';
import type { NodeFlags } from '../files/nodes';
import type { ClusterFlags } from '../options/cluster';
import type { Output } from '../options/reports';
import type { AppOptions } from '../project/project';

/** The options of the command line that say which rules run, and against which cluster. */
export interface SettingFlags extends NodeFlags {
  readonly kubernetes?: string;
  readonly preset?: Preset;
  readonly assume?: readonly string[];
  readonly crds?: readonly string[];
  readonly strict?: boolean;
  readonly rule?: readonly RuleFlag[];
  /** Modules with rules of the user's own. */
  readonly plugin?: readonly string[];
  readonly failOn?: Severity;
  /** Whether the rules about room on nodes run. @default false */
  readonly fit?: boolean;
}

/** `--rule policy/image-tag=off`. */
export interface RuleFlag {
  readonly name: string;
  readonly severity: Severity | 'off';
}

/** The options that say whether what a cluster has counts. */
export interface LiveFlags extends ClusterFlags {
  /** @default false */
  readonly live?: boolean;
}

/** The options of `seaworthy check`. */
export interface CheckFlags extends AppOptions, SettingFlags, LiveFlags {
  readonly environment?: string;
  readonly output?: readonly Output<CheckFormat>[];
  readonly severity?: Severity;
  /** Whether each skipped file is named. */
  readonly verbose?: boolean;
  /** Whether kubectl builds kustomizations. @default true */
  readonly kustomize?: boolean;
  /** Whether the verdict of an earlier run is used, and this one kept. @default unless the variable CI is set */
  readonly cache?: boolean;
}
