import type { ManifestSet } from '../../manifest/set';
import type { PlanReport } from '../../report/plan/report';
import type { UpgradePart } from '../../report/upgrade/report';
import type { Checked } from '../check/print';
import type { FitSet } from '../fit/against-output';

/** What the parts of the page are made of, of an app or of files. */
export interface Input {
  readonly checked: Checked;
  /** The profiles of the clusters, by environment. */
  readonly profiles: ManifestSet['clusters'];
  /** @default there is nothing to compare with */
  readonly plan?: PlanReport;
  readonly sets: readonly FitSet[];
  /** @default no release is asked for */
  readonly upgrade?: readonly UpgradePart[];
}
