import type { UpgradeChangeKind, UpgradedObject, UpgradeVerdict } from '../../upgrade/result';

/** The heading of each kind of change. */
export const TITLES: Readonly<Record<UpgradeChangeKind, string>> = {
  removed: 'no longer served',
  off: 'not served by default',
  future: 'not served yet',
  refused: 'refused',
  dropped: 'dropped in silence',
  behaves: 'works otherwise',
  keeps: 'begins to work',
  defaulted: 'defaulted otherwise',
  warned: 'warned of',
  accepted: 'accepted from here on',
};

/** The cell of a release in the matrix. */
export const CELLS: Readonly<Record<UpgradeVerdict, string>> = {
  ok: 'ok',
  warned: 'warned',
  dropped: 'dropped',
  refused: 'refused',
  removed: 'removed',
  off: 'off',
  future: 'not yet',
  unknown: '?',
};

/** Whether an upgrade is about an object: something changes for it, or a release does not take it as it is, or nobody knows. */
export function isNotable({ verdicts, changes }: UpgradedObject): boolean {
  return changes.length > 0 || [...verdicts.values()].some((each) => LACKING.has(each));
}

const LACKING: ReadonlySet<UpgradeVerdict> = new Set([
  'dropped',
  'refused',
  'removed',
  'off',
  'future',
  'unknown',
]);
