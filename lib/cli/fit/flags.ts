import type { Expander } from '../../fit/pools/expander';
import type { FIT_FORMATS } from '../../report/fit/formats';
import type { Output } from '../options/reports';
import type { AppOptions } from '../project/project';

/** The options of `seaworthy fit`. */
export interface FitFlags extends AppOptions {
  readonly environment?: string;
  readonly output?: readonly Output<(typeof FIT_FORMATS)[number]>[];
  readonly nodes?: string;
  readonly pods?: string;
  readonly at?: 'current' | 'max';
  readonly order?: 'set' | 'priority';
  readonly without?: readonly string[];
  readonly drain?: readonly string[];
  readonly during?: 'rollout';
  /** A file or folder with what runs before a rollout. */
  readonly before?: string;
  /** A revision whose output runs before a rollout. */
  readonly base?: string;
  readonly headroom?: boolean;
  readonly expander?: Expander;
  readonly kubernetes?: string;
  readonly kustomize?: boolean;
}
