import type { UpgradeChangeKind, UpgradedObject, UpgradeVerdict } from '../../upgrade/result';
import { counted } from '../counts';
import type { UpgradePart } from './report';

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

/** Whether a part has nothing to look at, and stands beside others. */
export function isQuiet({ objects, skew }: UpgradePart, parts: readonly UpgradePart[]): boolean {
  if (parts.length === 1 || skew.length > 0) return false;
  return objects.every((object) => !isNotable(object) && object.already.length === 0);
}

/** The parts with nothing to look at, in a sentence; nothing where there are none. */
export function quietParts(parts: readonly UpgradePart[]): string | undefined {
  const quiet = parts.filter((part) => isQuiet(part, parts));
  if (quiet.length === 0) return undefined;
  const objects = quiet.reduce((sum, part) => sum + part.objects.length, 0);
  const rest = quiet.length === parts.length ? '' : 'other ';
  return `${counted(quiet.length, `${rest}part`)} with ${counted(objects, 'object')}: every release takes them as they are, as far as is known.`;
}
