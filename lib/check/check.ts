import type { ManifestSet } from '../manifest/set';
import { Checking, type CheckedCluster } from './checking';
import type { Finding } from './finding';
import type { KnownAdmission } from './known-admission';
import type { CheckOptions } from './options';

/**
 * Checks the objects of `set`: whether an API server would accept them, whether they fit together, and whether they
 * follow good practice. Each environment is checked separately, for the release of its cluster.
 *
 * @returns former names of rules in `options`, then the findings by environment, in the order of the set, then by field and
 * rule, without duplicates
 * @throws SeaworthyError UNKNOWN_KUBERNETES for an unknown release; UNKNOWN_RULE for a severity of an unknown rule;
 * RULE_FAILED for a custom rule that throws; NOT_AN_OBJECT for what is no set; RENDER_FAILED for options that cannot be read
 */
export function check(set: ManifestSet, options: CheckOptions = {}): Finding[] {
  const checking = new Checking(set, options);
  return checking.findings(checking.pieces.map(({ run }) => run()));
}

/**
 * The findings of `check`, cluster by cluster. A suppression counts as used if any of them uses it.
 *
 * @param known what earlier checks found out. @default nothing
 */
export function checkClusters(
  set: ManifestSet,
  options: CheckOptions = {},
  known?: KnownAdmission,
): CheckedCluster[] {
  const checking = new Checking(set, options, known);
  return checking.clusters(checking.pieces.map(({ run }) => run()));
}
