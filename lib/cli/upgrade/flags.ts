import type { UPGRADE_FORMATS } from '../../report/upgrade/formats';
import type { Output } from '../options/reports';
import type { AppOptions } from '../project/project';

/** The options of `seaworthy upgrade`. */
export interface UpgradeFlags extends AppOptions {
  readonly environment?: string;
  readonly output?: readonly Output<(typeof UPGRADE_FORMATS)[number]>[];
  readonly from?: string;
  readonly to?: string;
  readonly all?: boolean;
  readonly nodes?: string;
  readonly assume?: readonly string[];
  readonly kustomize?: boolean;
}
